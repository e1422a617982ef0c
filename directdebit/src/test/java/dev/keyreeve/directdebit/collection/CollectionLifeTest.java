package dev.keyreeve.directdebit.collection;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keyreeve.directdebit.TestDirectDebit;
import dev.keyreeve.directdebit.TestDirectDebit.Workspace;
import dev.keyreeve.directdebit.bacs.scheme.AddacsReason;
import dev.keyreeve.directdebit.bacs.scheme.AruddReason;
import dev.keyreeve.directdebit.bacs.scheme.DdicReason;
import dev.keyreeve.directdebit.bacs.scheme.SchemeEvent;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// Debits from the plan to the end, with the days driven by hand. Unless a test says otherwise,
/// calls are made at noon on Wednesday, 1 July 2026.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CollectionLifeTest {
  private static final LocalDate JULY_1 = LocalDate.of(2026, 7, 1);

  private final TestDirectDebit world = new TestDirectDebit();
  private int references;

  @AfterAll
  void stop() {
    world.close();
  }

  @BeforeEach
  void begin() {
    world.noonOf(JULY_1);
  }

  @Test
  void collectsRentFromThePlanToTheEnd() {
    var ours = world.workspace("Harbour Lettings");
    var mandate = active(ours, monthly(75_000, "1", "2026-08-01", ""));

    world.live(ours, JULY_1.plusDays(1), LocalDate.of(2026, 8, 5));

    var first = collections(ours, mandate).getFirst();
    assertThat(first.path("dueOn").asText()).isEqualTo("2026-08-01");
    assertThat(first.path("entryOn").asText()).as("1 August is a Saturday").isEqualTo("2026-08-03");
    assertThat(first.path("status").asText()).isEqualTo("settled");
    assertThat(first.path("outcomeFinal").asBoolean()).isTrue();
    var attempt = details(ours, first).at("/attempts/0");
    assertThat(attempt.path("code").asText()).isEqualTo("01");
    assertThat(attempt.path("inputOn").asText()).isEqualTo("2026-07-30");
    assertThat(attempt.path("status").asText()).isEqualTo("settled");
    assertThat(history(ours, first))
        .containsExactly(
            "collection.scheduled",
            "collection.notice_sent",
            "collection.submitted",
            "collection.collected",
            "collection.settled");
  }

  @Test
  void plansThirteenMonthsAheadAndMakesEachMonthOnce() {
    var ours = world.workspace("Harbour Lettings");
    var mandate = active(ours, monthly(75_000, "last", "2026-08-01", ", 'firstAmount': 90000"));

    var before = collections(ours, mandate);
    world.dawn(ours, LocalDate.of(2026, 8, 31));
    TestDirectDebit.atOnce(
        3,
        _ -> {
          world.dawn(ours, LocalDate.of(2026, 9, 30));
          return true;
        });

    assertThat(before).hasSize(12);
    assertThat(before.getFirst().path("amount").asLong()).isEqualTo(90_000);
    assertThat(before.get(6).path("dueOn").asText()).isEqualTo("2027-02-28");
    assertThat(before.get(6).path("period").asText()).isEqualTo("2027-02");
    var periods = new ArrayList<String>();
    collections(ours, mandate).forEach(each -> periods.add(each.path("period").asText()));
    assertThat(periods).hasSize(14).doesNotHaveDuplicates().contains("2027-09");
  }

  @Test
  void putsOffWhatThePayerCannotBeToldOfInTime() {
    var ours = world.workspace("Harbour Lettings");
    var mandate = active(ours, monthly(75_000, "3", "2026-07-02", ""));

    var planned = collections(ours, mandate).getFirst();
    world.dawn(ours, JULY_1.plusDays(1));
    var told = collections(ours, mandate).getFirst();

    assertThat(planned.path("blocked").asText()).isEqualTo("notice");
    assertThat(planned.path("entryOn").asText()).isEqualTo("2026-07-16");
    assertThat(told.has("blocked")).isFalse();
    assertThat(told.path("entryOn").asText()).isEqualTo("2026-07-16");
    assertThat(told.has("noticeSentAt")).isTrue();
  }

  @Test
  void countsNoticeAcrossChristmas() {
    world.noonOf(LocalDate.of(2026, 12, 14));
    var ours = world.workspace("Harbour Lettings");
    var mandate = active(ours, monthly(75_000, "20", "2026-12-20", ""));

    // Christmas Day is a Friday, Boxing Day is made up for on Monday, and New Year's Day a Friday.
    assertThat(collections(ours, mandate).getFirst().path("entryOn").asText())
        .isEqualTo("2026-12-31");
    assertThat(get(ours, mandate).path("nextPossibleDate").asText()).isEqualTo("2026-12-31");
  }

  @Test
  void retriesForWantOfFundsTwiceAndThenFails() {
    var ours = world.workspace("Harbour Lettings");
    var mandate = active(ours, monthly(75_000, "1", "2026-07-20", ", 'debits': 1"));
    var collection = collections(ours, mandate).getFirst();
    var returned = new SchemeEvent.DebitReturned(AruddReason.REFER_TO_PAYER);

    world.live(ours, JULY_1.plusDays(1), LocalDate.of(2026, 8, 3));
    assertThat(world.report(ours, LocalDate.of(2026, 8, 4), latest(ours, collection), returned))
        .isInstanceOf(Presentations.Applied.Moved.class);
    var retrying = details(ours, collection);
    world.live(ours, LocalDate.of(2026, 8, 4), LocalDate.of(2026, 8, 11));
    world.report(ours, LocalDate.of(2026, 8, 12), latest(ours, collection), returned);
    world.live(ours, LocalDate.of(2026, 8, 12), LocalDate.of(2026, 8, 19));
    world.report(ours, LocalDate.of(2026, 8, 20), latest(ours, collection), returned);

    assertThat(retrying.path("status").asText()).isEqualTo("retrying");
    assertThat(retrying.path("entryOn").asText()).isEqualTo("2026-08-11");
    assertThat(retrying.path("outcomeFinal").asBoolean()).isFalse();
    var failed = details(ours, collection);
    assertThat(failed.path("status").asText()).isEqualTo("failed");
    assertThat(failed.path("outcomeFinal").asBoolean()).isTrue();
    assertThat(failed.path("reason").asText()).isEqualTo("ARUDD-0");
    assertThat(failed.path("attempts"))
        .extracting(attempt -> attempt.path("code").asText())
        .containsExactly("01", "18", "18");
    assertThat(world.report(ours, LocalDate.of(2026, 8, 21), latest(ours, collection), returned))
        .as("the same report once more")
        .isInstanceOf(Presentations.Applied.Unchanged.class);
  }

  @Test
  void endsTheMandateAndWhatIsPlannedWhenTheInstructionIsGone() {
    var ours = world.workspace("Harbour Lettings");
    var mandate = active(ours, monthly(75_000, "1", "2026-07-20", ""));
    world.live(ours, JULY_1.plusDays(1), LocalDate.of(2026, 8, 3));
    var first = collections(ours, mandate).getFirst();

    world.report(
        ours,
        LocalDate.of(2026, 8, 4),
        latest(ours, first),
        new SchemeEvent.DebitReturned(AruddReason.CANCELLED_BY_PAYER));

    assertThat(get(ours, mandate).path("status").asText()).isEqualTo("cancelled");
    var all = collections(ours, mandate);
    assertThat(all.getFirst().path("status").asText()).isEqualTo("failed");
    assertThat(all.subList(1, all.size()))
        .isNotEmpty()
        .allMatch(each -> each.path("status").asText().equals("cancelled"));
    var events = ours.call("collections.events", "{'types': ['collection.cancelled']}").value();
    var cancelled = events.path("items").path(0);
    var mandateEvents = ours.call("mandates.events", "{'types': ['mandate.cancelled']}").value();
    assertThat(cancelled.path("parentEvent").asLong())
        .isEqualTo(mandateEvents.at("/items/0/seq").asLong());
    assertThat(cancelled.path("origin").asText()).isEqualTo("bank");
    assertThat(cancelled.path("cause").asText()).isEqualTo("cancelled_by_payer");
  }

  @Test
  void skipsWhatFallsDueWhileSuspendedAndGoesOnAfterwards() {
    var ours = world.workspace("Harbour Lettings");
    var mandate = active(ours, monthly(75_000, "1", "2026-07-20", ""));
    world.live(ours, JULY_1.plusDays(1), LocalDate.of(2026, 7, 20));
    world.noonOf(LocalDate.of(2026, 7, 20));

    var suspended =
        ours.call(
                "mandates.suspend",
                "{'id': '%s', 'reason': 'Repairs', 'until': '2026-08-10'}".formatted(mandate))
            .value();
    world.live(ours, LocalDate.of(2026, 7, 21), LocalDate.of(2026, 9, 1));

    assertThat(suspended.path("affectedCollections")).hasSize(1);
    assertThat(suspended.at("/affectedCollections/0/entryOn").asText()).isEqualTo("2026-08-03");
    assertThat(suspended.path("alreadySubmitted")).isEmpty();
    var all = collections(ours, mandate);
    assertThat(all.get(0).path("status").asText()).isEqualTo("skipped");
    assertThat(all.get(1).path("status").asText()).isEqualTo("collected");
  }

  @Test
  void shiftsWhatFallsDueWhileSuspendedIfThatIsHowTheWorkspaceCollects() {
    var ours = world.workspace("Harbour Lettings");
    collector(ours, "on_hold = 'shift'");
    var mandate = active(ours, monthly(75_000, "1", "2026-07-20", ", 'debits': 1"));
    world.live(ours, JULY_1.plusDays(1), LocalDate.of(2026, 7, 20));
    world.noonOf(LocalDate.of(2026, 7, 20));
    ours.call(
            "mandates.suspend",
            "{'id': '%s', 'reason': 'Repairs', 'until': '2026-08-10'}".formatted(mandate))
        .value();

    world.live(ours, LocalDate.of(2026, 7, 21), LocalDate.of(2026, 8, 27));

    var shifted = collections(ours, mandate).getFirst();
    assertThat(shifted.path("status").asText()).isEqualTo("settled");
    assertThat(shifted.path("dueOn").asText()).isEqualTo("2026-08-01");
    assertThat(shifted.path("entryOn").asText()).as("told anew").isEqualTo("2026-08-24");
  }

  @Test
  void saysWhatCanNoLongerBeStopped() {
    var ours = world.workspace("Harbour Lettings");
    var mandate = active(ours, monthly(75_000, "1", "2026-07-20", ""));
    world.live(ours, JULY_1.plusDays(1), LocalDate.of(2026, 7, 30));
    world.noonOf(LocalDate.of(2026, 7, 31));

    var cancelled = ours.call("mandates.cancel", "{'id': '%s'}".formatted(mandate)).value();
    var first = collections(ours, mandate).getFirst();
    world.live(ours, LocalDate.of(2026, 7, 31), LocalDate.of(2026, 8, 5));

    assertThat(cancelled.path("alreadySubmitted")).hasSize(1);
    assertThat(cancelled.at("/alreadySubmitted/0/id").asText())
        .isEqualTo(first.path("id").asText());
    assertThat(cancelled.path("affectedCollections").size()).isGreaterThan(10);
    assertThat(details(ours, first).path("status").asText()).isEqualTo("settled");
    assertThat(collections(ours, mandate).get(1).path("status").asText()).isEqualTo("cancelled");
  }

  @Test
  void putsOffWhatIsDueBeforeItsMandateIsInForce() {
    var ours = world.workspace("Harbour Lettings");
    collector(ours, "notice_days = 1");
    var mandate = created(ours, monthly(75_000, "15", "2026-07-02", ", 'debits': 1"));

    world.live(ours, JULY_1.plusDays(1), LocalDate.of(2026, 7, 14));
    var blocked = collections(ours, mandate).getFirst();
    world.noonOf(LocalDate.of(2026, 7, 15));
    activate(ours, mandate);
    world.live(ours, LocalDate.of(2026, 7, 15), LocalDate.of(2026, 7, 24));

    assertThat(blocked.path("blocked").asText()).isEqualTo("mandate");
    assertThat(blocked.path("status").asText()).isEqualTo("scheduled");
    assertThat(collections(ours, mandate).getFirst().path("status").asText()).isEqualTo("settled");
  }

  @Test
  void leavesWhatWaitsForItsMandateInPeace() {
    var ours = world.workspace("Harbour Lettings");
    collector(ours, "notice_days = 1");
    var mandate = created(ours, monthly(75_000, "15", "2026-07-02", ""));

    world.live(ours, JULY_1.plusDays(1), LocalDate.of(2026, 7, 13));
    var waiting = collections(ours, mandate).getFirst();
    var told = history(ours, waiting);
    world.live(ours, LocalDate.of(2026, 7, 14), LocalDate.of(2026, 8, 12));

    assertThat(waiting.path("blocked").asText()).isEqualTo("mandate");
    assertThat(waiting.path("entryOn").asText()).as("the planned day").isEqualTo("2026-07-15");
    assertThat(collections(ours, mandate).getFirst()).as("not rewritten").isEqualTo(waiting);
    assertThat(history(ours, waiting)).isEqualTo(told);
  }

  @Test
  void collectsOneDebitLateAndLeavesOutTheEarlierWhenAMandateComesIntoForceAtLast() {
    var ours = world.workspace("Harbour Lettings");
    var mandate = created(ours, monthly(75_000, "15", "2026-07-15", ""));

    world.live(ours, JULY_1.plusDays(1), LocalDate.of(2026, 9, 20));
    world.noonOf(LocalDate.of(2026, 9, 21));
    activate(ours, mandate);
    var planned = collections(ours, mandate);
    world.live(ours, LocalDate.of(2026, 9, 22), LocalDate.of(2026, 10, 20));

    assertThat(planned.subList(0, 4))
        .extracting(each -> each.path("dueOn").asText() + " " + each.path("status").asText())
        .containsExactly(
            "2026-07-15 skipped",
            "2026-08-15 skipped",
            "2026-09-15 scheduled",
            "2026-10-15 scheduled");
    assertThat(planned.get(0).path("outcomeFinal").asBoolean()).isTrue();
    assertThat(planned.get(2).path("entryOn").asText()).isEqualTo("2026-10-06");
    assertThat(collections(ours, mandate).subList(2, 4))
        .extracting(each -> each.path("entryOn").asText() + " " + each.path("status").asText())
        .containsExactly("2026-10-06 settled", "2026-10-15 settled");
    var skipped =
        ours.call("collections.events", "{'types': ['collection.skipped']}").value().path("items");
    var active = ours.call("mandates.events", "{'types': ['mandate.active']}").value();
    assertThat(skipped)
        .hasSize(2)
        .allSatisfy(
            each -> {
              assertThat(each.path("cause").asText()).isEqualTo("mandate_not_active");
              assertThat(each.path("parentEvent").asLong())
                  .isEqualTo(active.at("/items/0/seq").asLong());
            });
  }

  @Test
  void leavesOutWhatWasPlannedForBeforeThePayerAgreed() {
    var ours = world.workspace("Harbour Lettings");
    var invited =
        ours.call(
                "mandates.invite",
                "{'payer': {'name': 'Ada Lovelace'}, 'expiresInDays': 60%s}"
                    .formatted(monthly(75_000, "15", "2026-07-15", "")))
            .value();
    var mandate = invited.at("/mandate/id").asText();
    world.live(ours, JULY_1.plusDays(1), LocalDate.of(2026, 8, 19));
    world.noonOf(LocalDate.of(2026, 8, 20));

    world
        .pay(
            "invites.submit",
            """
            {'token': '%s', 'sortCode': '00-00-01', 'accountNumber': '12345678',
             'accountHolderName': 'Ada Lovelace', 'confirmed': true}
            """
                .formatted(TestDirectDebit.tokenOf(invited)))
        .value();
    var agreed = collections(ours, mandate);
    activate(ours, mandate);
    world.live(ours, LocalDate.of(2026, 8, 21), LocalDate.of(2026, 9, 21));

    assertThat(agreed.subList(0, 3))
        .extracting(each -> each.path("status").asText())
        .containsExactly("skipped", "skipped", "scheduled");
    assertThat(collections(ours, mandate).subList(0, 3))
        .extracting(each -> each.path("entryOn").asText() + " " + each.path("status").asText())
        .containsExactly("2026-07-16 skipped", "2026-08-17 skipped", "2026-09-15 settled");
  }

  @Test
  void shiftsWithoutRewritingADebitEachDay() {
    var ours = world.workspace("Harbour Lettings");
    collector(ours, "on_hold = 'shift'");
    var mandate = active(ours, monthly(75_000, "1", "2026-07-20", ", 'debits': 2"));
    world.live(ours, JULY_1.plusDays(1), LocalDate.of(2026, 7, 20));
    world.noonOf(LocalDate.of(2026, 7, 20));
    ours.call("mandates.suspend", "{'id': '%s', 'reason': 'Repairs'}".formatted(mandate)).value();
    var held = collections(ours, mandate);

    world.live(ours, LocalDate.of(2026, 7, 21), LocalDate.of(2026, 9, 10));
    var waiting = collections(ours, mandate);
    world.noonOf(LocalDate.of(2026, 9, 11));
    ours.call("mandates.reactivate", "{'id': '%s'}".formatted(mandate)).value();
    world.live(ours, LocalDate.of(2026, 9, 12), LocalDate.of(2026, 10, 1));

    assertThat(waiting).isEqualTo(held);
    assertThat(collections(ours, mandate))
        .as("the workspace wants them collected later")
        .extracting(each -> each.path("entryOn").asText() + " " + each.path("status").asText())
        .containsExactly("2026-09-28 settled", "2026-09-28 settled");
  }

  @Test
  void numbersTheFirstTheRegularAndTheLastDebit() {
    var ours = world.workspace("Harbour Lettings");
    var mandate = active(ours, monthly(75_000, "1", "2026-07-20", ", 'debits': 3"));

    world.live(ours, JULY_1.plusDays(1), LocalDate.of(2026, 10, 6));

    assertThat(collections(ours, mandate))
        .extracting(each -> details(ours, each).at("/attempts/0/code").asText())
        .containsExactly("01", "17", "19");
    assertThat(history(ours, collections(ours, mandate).get(1)))
        .as("one notice tells of a constant amount")
        .doesNotContain("collection.notice_sent");
  }

  @Test
  void givesBackWhatIsClaimedUntilTheClaimIsWithdrawn() {
    var ours = world.workspace("Harbour Lettings");
    var mandate = active(ours, monthly(75_000, "1", "2026-07-20", ""));
    world.live(ours, JULY_1.plusDays(1), LocalDate.of(2026, 8, 5));
    var first = collections(ours, mandate).getFirst();
    var attempt = latest(ours, first);
    var day = LocalDate.of(2026, 8, 20);

    world.report(ours, day, attempt, new SchemeEvent.ClaimRaised(DdicReason.NO_NOTICE));
    var claimed = details(ours, first).path("status").asText();
    var returned =
        world.report(ours, day, attempt, new SchemeEvent.DebitReturned(AruddReason.REFER_TO_PAYER));
    world.report(ours, day, attempt, new SchemeEvent.ClaimWithdrawn(DdicReason.NO_NOTICE));

    assertThat(claimed).isEqualTo("clawed_back");
    assertThat(returned).isInstanceOf(Presentations.Applied.Illegal.class);
    assertThat(details(ours, first).path("status").asText()).isEqualTo("settled");
  }

  @Test
  void countsALateReturnAsLate() {
    var ours = world.workspace("Harbour Lettings");
    var mandate = active(ours, monthly(75_000, "1", "2026-07-20", ""));
    world.live(ours, JULY_1.plusDays(1), LocalDate.of(2026, 8, 5));
    var first = collections(ours, mandate).getFirst();

    world.report(
        ours,
        LocalDate.of(2026, 8, 7),
        latest(ours, first),
        new SchemeEvent.DebitReturned(AruddReason.ACCOUNT_TRANSFERRED));

    assertThat(details(ours, first).path("status").asText()).isEqualTo("failed");
    assertThat(details(ours, first).path("late").asBoolean()).isTrue();
    assertThat(get(ours, mandate).path("status").asText()).isEqualTo("suspended");
  }

  @Test
  void changesTheScheduleWhereThePayerCanStillBeTold() {
    var ours = world.workspace("Harbour Lettings");
    var mandate = active(ours, monthly(75_000, "1", "2026-07-20", ""));
    var update =
        "{'id': '%s', 'schedule': {'amount': 80000, 'frequency': 'monthly', 'dayOfMonth': '1',"
            + " 'startsOn': '%s'}}";

    var early =
        ours.call(
            "mandates.update", update.formatted(mandate, "2026-07-10").replace("'1'", "'12'"));
    var changed = ours.call("mandates.update", update.formatted(mandate, "2026-09-01")).value();

    assertThat(early.reason()).isEqualTo("notice_too_short");
    assertThat(early.problem().details()).containsEntry("earliest", "2026-07-16");
    assertThat(changed.path("newNotices")).hasSize(1);
    assertThat(changed.at("/newNotices/0/amount").asLong()).isEqualTo(80_000);
    assertThat(changed.at("/newNotices/0/noticeBy").asText()).isEqualTo("2026-08-17");
    assertThat(get(ours, mandate).at("/schedule/startsOn").asText()).isEqualTo("2026-09-01");
    var live =
        ours.call(
                "collections.list",
                "{'mandateId': '%s', 'status': ['scheduled'], 'limit': 200}".formatted(mandate))
            .value();
    assertThat(live.path("items"))
        .extracting(each -> each.path("period").asText())
        .doesNotHaveDuplicates()
        .contains("2026-08", "2026-09");
  }

  @Test
  void queuesAnInstructionAndDropsItIfTheMandateEndsBefore() {
    var ours = world.workspace("Harbour Lettings");
    var dropped = created(ours, "");
    ours.call("mandates.cancel", "{'id': '%s'}".formatted(dropped)).value();
    var withdrawn = active(ours, "");
    world.moment(
        ours,
        JULY_1,
        LocalTime.NOON,
        tx ->
            tx.update(
                    "update instruction set status = 'accepted' where status = 'queued'"
                        + " and workspace_id = :workspace")
                .execute());
    ours.call("mandates.cancel", "{'id': '%s'}".formatted(withdrawn)).value();

    assertThat(instructions(ours, dropped)).containsExactly("lodge dropped");
    assertThat(instructions(ours, withdrawn)).containsExactly("lodge accepted", "withdraw queued");
  }

  @Test
  void refusesANameThatBacsCannotCarryAndAnAmountThatIsTooHigh() {
    var ours = world.workspace("Harbour Lettings");
    var creation = creation("", ++references);

    assertThat(
            ours.call("mandates.create", creation.replace("'Ada Lovelace'}", "'Жанна'}")).reason())
        .isEqualTo("invalid_account_holder_name");
    assertThat(
            ours.call(
                    "mandates.create",
                    creation(monthly(10_000_001, "1", "2026-08-01", ""), ++references))
                .reason())
        .isEqualTo("amount_over_limit");
    assertThat(world.count("mandate", ours)).isZero();
  }

  @Test
  void listsWhatIsToComeWithItsTotalPageByPage() {
    var ours = world.workspace("Harbour Lettings");
    active(ours, monthly(75_000, "1", "2026-08-01", ""));
    active(ours, monthly(25_000, "5", "2026-08-01", ""));
    var asked = "'from': '2026-08-01', 'to': '2026-09-30', 'limit': 3";

    var first = ours.call("collections.upcoming", "{%s}".formatted(asked)).value();
    var rest =
        ours.call(
                "collections.upcoming",
                "{%s, 'cursor': '%s'}".formatted(asked, first.path("nextCursor").asText()))
            .value();

    assertThat(first.at("/total/count").asInt()).isEqualTo(4);
    assertThat(first.at("/total/amount").asLong()).isEqualTo(200_000);
    assertThat(entryDays(first)).containsExactly("2026-08-03", "2026-08-05", "2026-09-01");
    assertThat(entryDays(rest)).containsExactly("2026-09-07");
    assertThat(rest.has("nextCursor")).isFalse();
  }

  @Test
  void showsManyInTheirOrderAndNothingOfOthers() {
    var ours = world.workspace("Harbour Lettings");
    var theirs = world.workspace("Other Lettings");
    var mine = id(collections(ours, active(ours, monthly(1, "1", "2026-08-01", ""))).getFirst());
    var other =
        id(collections(theirs, active(theirs, monthly(1, "1", "2026-08-01", ""))).getFirst());

    var many =
        ours.call("collections.getMany", "{'ids': ['%s', '%s']}".formatted(other, mine)).value();

    assertThat(many.at("/items/0/id").asText()).isEqualTo(other);
    assertThat(many.path("items").path(0).has("collection")).isFalse();
    assertThat(many.at("/items/1/collection/id").asText()).isEqualTo(mine);
    assertThat(ours.call("collections.get", "{'id': '%s'}".formatted(other)).reason())
        .isEqualTo("collection_not_found");
    assertThat(ours.call("collections.history", "{'id': '%s'}".formatted(other)).reason())
        .isEqualTo("collection_not_found");
    assertThat(world.operate(ours, "collections.cancel", "{'id': '%s'}".formatted(other)).reason())
        .isEqualTo("collection_not_found");
  }

  @Test
  void letsPeopleCollectOnceAmendAndCancel() {
    var ours = world.workspace("Harbour Lettings");
    var mandate = active(ours, "");
    var once = "{'mandate_id': '%s', 'amount': 5000, 'due_on': '%s', 'idempotency_key': '%s'}";

    var early =
        world.operate(ours, "collections.createOneOff", once.formatted(mandate, "2026-07-15", "a"));
    var made =
        world
            .operate(ours, "collections.createOneOff", once.formatted(mandate, "2026-07-16", "b"))
            .value();
    var again =
        world
            .operate(ours, "collections.createOneOff", once.formatted(mandate, "2026-07-16", "b"))
            .value();
    var amended =
        world
            .operate(
                ours,
                "collections.amend",
                "{'id': '%s', 'amount': 6000, 'if_version': 1}".formatted(id(made)))
            .value();
    var cancelled =
        world.operate(ours, "collections.cancel", "{'id': '%s'}".formatted(id(made))).value();

    assertThat(early.reason()).isEqualTo("past_cutoff");
    assertThat(early.problem().details()).containsEntry("earliest", "2026-07-16");
    assertThat(again.path("id")).isEqualTo(made.path("id"));
    assertThat(again.path("replayed").asBoolean()).isTrue();
    assertThat(amended.path("amount").asLong()).isEqualTo(6_000);
    assertThat(cancelled.path("status").asText()).isEqualTo("cancelled");
    var events = ours.call("collections.events", "{}").value().path("items");
    assertThat(events)
        .extracting(event -> event.path("origin").asText())
        .containsExactly("user", "user", "user");
  }

  @Test
  void letsPeopleRetryWhatMayBePresentedAgain() {
    var ours = world.workspace("Harbour Lettings");
    collector(ours, "max_retries = 0");
    var mandate = active(ours, monthly(75_000, "1", "2026-07-20", ""));
    world.live(ours, JULY_1.plusDays(1), LocalDate.of(2026, 8, 3));
    var first = collections(ours, mandate).getFirst();
    world.report(
        ours,
        LocalDate.of(2026, 8, 4),
        latest(ours, first),
        new SchemeEvent.DebitReturned(AruddReason.REFER_TO_PAYER));
    world.noonOf(LocalDate.of(2026, 8, 5));
    var retry = "{'id': '%s'%s}";

    var other =
        world.operate(ours, "collections.retry", retry.formatted(id(first), ", 'amount': 74000"));
    var late =
        world.operate(
            ours, "collections.retry", retry.formatted(id(first), ", 'entry_on': '2026-09-04'"));
    var retried = world.operate(ours, "collections.retry", retry.formatted(id(first), "")).value();
    world.live(ours, LocalDate.of(2026, 8, 5), LocalDate.of(2026, 8, 11));

    assertThat(other.reason()).isEqualTo("amount_mismatch");
    assertThat(late.reason()).isEqualTo("too_late");
    assertThat(late.problem().details()).containsEntry("latest", "2026-09-03");
    assertThat(retried.path("status").asText()).isEqualTo("retrying");
    assertThat(details(ours, first).path("status").asText()).isEqualTo("settled");
    assertThat(details(ours, first).at("/attempts/1/code").asText()).isEqualTo("18");
  }

  @Test
  void refusesToRetryUnderAMandateThatIsGone() {
    var ours = world.workspace("Harbour Lettings");
    var mandate = active(ours, monthly(75_000, "1", "2026-07-20", ""));
    world.live(ours, JULY_1.plusDays(1), LocalDate.of(2026, 8, 3));
    var first = collections(ours, mandate).getFirst();
    world.report(
        ours,
        LocalDate.of(2026, 8, 4),
        latest(ours, first),
        new SchemeEvent.DebitReturned(AruddReason.NO_ACCOUNT));

    assertThat(
            world.operate(ours, "collections.retry", "{'id': '%s'}".formatted(id(first))).reason())
        .isEqualTo("invalid_state");
  }

  @Test
  void givesUpARetryWhoseMandateEnds() {
    var ours = world.workspace("Harbour Lettings");
    var mandate = active(ours, monthly(75_000, "1", "2026-07-20", ""));
    world.live(ours, JULY_1.plusDays(1), LocalDate.of(2026, 8, 3));
    var first = collections(ours, mandate).getFirst();
    world.report(
        ours,
        LocalDate.of(2026, 8, 4),
        latest(ours, first),
        new SchemeEvent.DebitReturned(AruddReason.REFER_TO_PAYER));

    world.report(
        ours, mandate, new SchemeEvent.InstructionCancelled(AddacsReason.CANCELLED_BY_PAYER));

    assertThat(details(ours, first).path("status").asText()).isEqualTo("failed");
    assertThat(details(ours, first).path("outcomeFinal").asBoolean()).isTrue();
  }

  @Test
  void endsAMandateThatWasUnusedForLong() {
    var ours = world.workspace("Harbour Lettings");
    var mandate = active(ours, "");

    world.dawn(ours, LocalDate.of(2028, 6, 30));
    var before = get(ours, mandate).path("status").asText();
    world.dawn(ours, LocalDate.of(2028, 7, 1));

    assertThat(before).isEqualTo("active");
    assertThat(get(ours, mandate).path("status").asText()).isEqualTo("expired");
  }

  @Test
  void keepsTheDraftOfAnInviteUntilItIsCompleted() {
    var ours = world.workspace("Harbour Lettings");
    var invited =
        ours.call(
                "mandates.invite",
                "{'payer': {'name': 'Ada Lovelace'}%s}"
                    .formatted(monthly(75_000, "1", "2026-08-01", "")))
            .value();
    var mandate = invited.at("/mandate/id").asText();

    world.live(ours, JULY_1.plusDays(1), LocalDate.of(2026, 8, 3));
    var waiting = collections(ours, mandate).getFirst();

    assertThat(get(ours, mandate).at("/schedule/amount").asLong()).isEqualTo(75_000);
    assertThat(get(ours, mandate).has("nextPossibleDate")).isFalse();
    assertThat(waiting.path("status").asText()).isEqualTo("scheduled");
    assertThat(waiting.path("blocked").asText()).isEqualTo("mandate");
    assertThat(waiting.has("noticeSentAt")).isFalse();
  }

  private static String monthly(long amount, String day, String startsOn, String more) {
    return ", 'schedule': {'amount': %d, 'frequency': 'monthly', 'dayOfMonth': '%s', 'startsOn': '%s'%s}"
        .formatted(amount, day, startsOn, more);
  }

  private static String creation(String schedule, int number) {
    return ("{'payer': {'name': 'Ada Lovelace'}, 'bankDetails': {'sortCode': '00-00-01',"
            + " 'accountNumber': '12345678', 'accountHolderName': 'Ada Lovelace'},"
            + " 'evidence': {'channel': 'paper', 'agreedAt': '2026-06-01T09:00:00Z'},"
            + " 'reference': 'LIFE-%d'%s}")
        .formatted(1000 + number, schedule);
  }

  private String created(Workspace workspace, String schedule) {
    return workspace
        .call("mandates.create", creation(schedule, ++references))
        .value()
        .at("/mandate/id")
        .asText();
  }

  private void activate(Workspace workspace, String mandate) {
    world.report(workspace, mandate, new SchemeEvent.InstructionSubmitted());
    world.report(workspace, mandate, new SchemeEvent.InstructionAccepted());
  }

  /// A mandate that is in force from its first day on.
  private String active(Workspace workspace, String schedule) {
    var mandate = created(workspace, schedule);
    activate(workspace, mandate);
    return mandate;
  }

  private void collector(Workspace workspace, String setting) {
    world.execute("update collector set " + setting + " where workspace_id = ?", workspace.id());
  }

  private static List<JsonNode> collections(Workspace workspace, String mandate) {
    var items =
        workspace
            .call("collections.list", "{'mandateId': '%s', 'limit': 200}".formatted(mandate))
            .value()
            .path("items");
    var all = new ArrayList<JsonNode>();
    items.forEach(all::add);
    all.sort(Comparator.comparing(each -> each.path("dueOn").asText()));
    return all;
  }

  private static String id(JsonNode collection) {
    return collection.path("id").asText();
  }

  private static JsonNode details(Workspace workspace, JsonNode collection) {
    return workspace.call("collections.get", "{'id': '%s'}".formatted(id(collection))).value();
  }

  private static AttemptId latest(Workspace workspace, JsonNode collection) {
    var attempts = details(workspace, collection).path("attempts");
    return new AttemptId(attempts.path(attempts.size() - 1).path("id").asText());
  }

  private static JsonNode get(Workspace workspace, String mandate) {
    return workspace.call("mandates.get", "{'id': '%s'}".formatted(mandate)).value();
  }

  private static List<String> history(Workspace workspace, JsonNode collection) {
    var types = new ArrayList<String>();
    workspace
        .call("collections.history", "{'id': '%s'}".formatted(id(collection)))
        .value()
        .path("items")
        .forEach(event -> types.add(event.path("type").asText()));
    return types;
  }

  private static List<String> entryDays(JsonNode page) {
    var days = new ArrayList<String>();
    page.path("items").forEach(each -> days.add(each.path("entryOn").asText()));
    return days;
  }

  private List<String> instructions(Workspace workspace, String mandate) {
    return world
        .tenancy()
        .read(
            workspace.id(),
            world.instant(),
            tx ->
                tx.query(
                        "select kind || ' ' || status from instruction"
                            + " where workspace_id = :workspace and mandate_id = :id"
                            + " order by kind")
                    .bind("id", mandate)
                    .mapTo(String.class)
                    .list());
  }
}

package dev.keyreeve.directdebit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keyreeve.directdebit.TestDirectDebit.Workspace;
import dev.keyreeve.directdebit.bacs.ServiceUserNumber;
import dev.keyreeve.directdebit.bacs.TransactionCode;
import dev.keyreeve.directdebit.bacs.bankaccount.AccountNumber;
import dev.keyreeve.directdebit.bacs.bankaccount.SortCode;
import dev.keyreeve.directdebit.bacs.bankreport.Arudd;
import dev.keyreeve.directdebit.bacs.bankreport.Ddica;
import dev.keyreeve.directdebit.bacs.bankreport.Report;
import dev.keyreeve.directdebit.bacs.bankreport.ReportWriter;
import dev.keyreeve.directdebit.bacs.money.Pence;
import dev.keyreeve.directdebit.mandate.instruction.Instructions;
import dev.keyreeve.platform.service.WorkspaceOpenings;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Runs and reports, on a clock that begins at noon on Wednesday, 1 July 2026.
final class RailsTest {
  private static final LocalDate JULY = LocalDate.of(2026, 7, 15);

  private final TestRails rails = new TestRails();

  @AfterEach
  void stop() {
    rails.close();
  }

  @Test
  void aLiveWorkspacesFileIsExportedAndItsReportsImportedOnce() {
    var live = rails.world.liveWorkspace("Harbour Lettings");
    collectBy(live, serviceUser("123456"));
    var id = rails.mandate(live, "HARBOUR-101", "20-00-00");
    passTo(10);
    var lodging = submission(live);

    var exported = rails.operate(live, "submissions.export", "{'id': '" + lodging + "'}").value();

    assertThat(listed(live).path("serial").asText()).isEqualTo("182001");
    assertThat(exported.path("content").asText())
        .startsWith("VOL1182001")
        .contains("200000123456780" + "0N");
    assertThat(rails.status(live, id)).isEqualTo("submitted");
    passTo(5 * 24);
    assertThat(rails.status(live, id)).isEqualTo("active");

    rails.debit(live, id, JULY, 65_000);
    passTo(12 * 24);
    var debits = submission(live);
    rails.operate(live, "submissions.export", "{'id': '" + debits + "'}").value();
    var bytes = returned("123456", "HARBOUR-101", "650.00");
    var first = take(live, bytes);
    var second = take(live, bytes);

    assertThat(first.path("status").asText()).isEqualTo("applied");
    assertThat(first.path("applied").asInt()).isEqualTo(1);
    assertThat(second.path("status").asText()).isEqualTo("repeated");
    assertThat(rails.attempts(live, id)).containsExactly("01 failed");
  }

  @Test
  void aWorkspaceThatWasGivenAServiceUserBeforeItsOpeningWasToldKeepsThat() {
    var ours = rails.world.workspace("Harbour Lettings");
    rails.world.execute("delete from workspace_opening where workspace_id = ?", ours.id());
    var users = "select service_user_id from collector where workspace_id = :workspace";
    var before = rails.column(ours, users);

    new WorkspaceOpenings(rails.world.jdbi(), Map.of(DirectDebit.BRAND, rails.world.service()))
        .catchUp(rails.world.instant());

    assertThat(rails.column(ours, users)).isEqualTo(before).hasSize(1);
    assertThat(rails.owners("select brand from workspace_opening")).containsExactly("dd");
  }

  @Test
  void tellsWhetherAPersonOrTheClockHasSentASubmission() {
    var live = rails.world.liveWorkspace("Harbour Lettings");
    collectBy(live, serviceUser("123456"));
    rails.mandate(live, "HARBOUR-101", "20-00-00");
    passTo(10);
    rails.operate(live, "submissions.export", "{'id': '" + submission(live) + "'}").value();
    var ours = rails.world.workspace("Valley Lettings");
    rails.mandate(ours, "VALLEY-1", "00-00-00");
    rails.advance(ours, "2026-07-03");

    assertThat(submissionEvents(live))
        .containsExactly("submission.sealed by clock", "submission.sent by user");
    assertThat(submissionEvents(ours))
        .startsWith("submission.sealed by clock", "submission.sent by clock");
  }

  private List<String> submissionEvents(Workspace workspace) {
    return rails.column(
        workspace,
        """
        select type || ' by ' || origin from event
        where workspace_id = :workspace and type like 'submission.%' order by seq
        """);
  }

  @Test
  void whatIsTakenBackIsLockedByItsMandateAsAnyMoveOfAnInstructionIs() {
    var live = rails.world.liveWorkspace("Harbour Lettings");
    collectBy(live, serviceUser("123456"));
    rails.mandate(live, "HARBOUR-101", "20-00-00");
    passTo(10);
    var submission = submission(live);

    var unlocked =
        rails.world.moment(
            live,
            JULY,
            LocalTime.NOON,
            tx -> {
              Instructions.takeBack(tx, submission);
              return CompletableFuture.supplyAsync(() -> unlockedMandates(live)).join();
            });

    assertThat(unlocked).isEmpty();
    assertThat(unlockedMandates(live)).hasSize(1);
    assertThat(rails.column(live, "select status from instruction where workspace_id = :workspace"))
        .containsExactly("queued");
  }

  private List<String> unlockedMandates(Workspace workspace) {
    return rails.tenancy.write(
        workspace.id(),
        rails.world.instant(),
        tx ->
            tx.query(
                    "select id from mandate where workspace_id = :workspace for update skip locked")
                .mapTo(String.class)
                .list());
  }

  @Test
  void whatNobodyHasSentIsNotLodgedBySilence() {
    var live = rails.world.liveWorkspace("Harbour Lettings");
    collectBy(live, serviceUser("123456"));
    var id = rails.mandate(live, "HARBOUR-101", "20-00-00");

    passTo(20 * 24);
    assertThat(rails.status(live, id)).isEqualTo("submitted");
    var withdrawn =
        rails.operate(live, "submissions.withdraw", "{'id': '" + submission(live) + "'}").value();
    passTo(2 * 24);

    assertThat(withdrawn.path("status").asText()).isEqualTo("withdrawn");
    assertThat(rails.owners("select status from submission order by id"))
        .containsExactly("withdrawn", "sealed");
  }

  @Test
  void theSilenceAboutAnOlderInstructionSaysNothingOfTheOneThatWasLodgedSince() {
    var ours = rails.world.workspace("Harbour Lettings");
    var id = rails.mandate(ours, "HARBOUR-101", "00-00-01");
    rails.advance(ours, "2026-07-02");
    ours.call("mandates.cancel", "{'id': '" + id + "'}").value();
    ours.call("mandates.reactivate", "{'id': '" + id + "'}").value();

    rails.advance(ours, "2026-07-07");
    var early = rails.status(ours, id);
    rails.advance(ours, "2026-07-08");

    assertThat(early).isEqualTo("submitted");
    assertThat(rails.status(ours, id)).isEqualTo("active");
  }

  @Test
  void anInstructionIsLodgedThoughEveryDebitOfItsSubmissionWasRejected() {
    var ours = rails.world.workspace("Harbour Lettings");
    var rejected = rails.mandate(ours, "HARBOUR-101", "00-00-61");
    rails.advance(ours, "2026-07-09");
    rails.debit(ours, rejected, JULY, 65_000);
    rails.advance(ours, "2026-07-13");
    var id = rails.mandate(ours, "HARBOUR-102", "00-00-01");

    rails.advance(ours, "2026-07-18");

    assertThat(rails.attempts(ours, rejected)).containsExactly("01 rejected");
    assertThat(rails.owners("select status from submission order by id"))
        .containsExactly("accepted", "partly_rejected");
    assertThat(rails.status(ours, id)).isEqualTo("active");
  }

  @Test
  void whatNobodyHasSentIsNotPaidBySilence() {
    var live = rails.world.liveWorkspace("Harbour Lettings");
    collectBy(live, serviceUser("123456"));
    var id = rails.mandate(live, "HARBOUR-101", "20-00-00");
    passTo(10);
    rails.operate(live, "submissions.export", "{'id': '" + submission(live) + "'}").value();
    passTo(5 * 24);
    rails.debit(live, id, JULY, 65_000);
    passTo(30 * 24);

    assertThat(rails.attempts(live, id)).containsExactly("01 submitted");

    rails.operate(live, "submissions.export", "{'id': '" + submission(live) + "'}").value();
    passTo(4 * 24);

    assertThat(rails.attempts(live, id)).containsExactly("01 settled");
  }

  @Test
  void organisationsThatShareAServiceUserShareFilesAndNothingElse() {
    var ours = rails.world.liveWorkspace("Ours");
    var theirs = rails.world.liveWorkspace("Theirs");
    var shared = serviceUser("123456");
    collectBy(ours, shared);
    collectBy(theirs, shared);
    var mine = rails.mandate(ours, "SAME-REFERENCE", "20-00-00");
    var other = rails.mandate(theirs, "SAME-REFERENCE", "20-00-01");
    passTo(10);
    rails.operate(ours, "submissions.export", "{'id': '" + submission(ours) + "'}").value();
    passTo(5 * 24);
    rails.debit(ours, mine, JULY, 65_000);
    rails.debit(theirs, other, JULY, 70_000);
    passTo(12 * 24);

    var clear = take(ours, returned("123456", "SAME-REFERENCE", "700.00"));
    var unclear = take(ours, returned("123456", "SAME-REFERENCE", "1.00"));

    assertThat(rails.owners("select debits || ' ' || instructions from submission order by id"))
        .containsExactly("0 2", "2 0");
    assertThat(clear.path("applied").asInt()).isEqualTo(1);
    assertThat(rails.attempts(theirs, other)).containsExactly("01 failed");
    assertThat(rails.attempts(ours, mine)).containsExactly("01 submitted");
    assertThat(unclear.path("parked").asInt()).isEqualTo(1);
  }

  @Test
  void anAmbiguousReturnWaitsForAPersonWhoAssignsIt() {
    var ours = rails.world.liveWorkspace("Ours");
    var theirs = rails.world.liveWorkspace("Theirs");
    var shared = serviceUser("123456");
    collectBy(ours, shared);
    collectBy(theirs, shared);
    var mine = rails.mandate(ours, "SAME-REFERENCE", "20-00-00");
    var other = rails.mandate(theirs, "SAME-REFERENCE", "20-00-01");
    passTo(10);
    rails.operate(ours, "submissions.export", "{'id': '" + submission(ours) + "'}").value();
    passTo(5 * 24);
    rails.debit(ours, mine, JULY, 65_000);
    rails.debit(theirs, other, JULY, 65_000);
    passTo(12 * 24);
    take(ours, returned("123456", "SAME-REFERENCE", "650.00"));
    var key = rails.operate(ours, "advices.list", "{}").value().at("/items/0/key").asText();
    var attempt =
        rails
            .column(
                theirs,
                "select id from attempt where workspace_id = :workspace and mandate_id = :mandate",
                other)
            .getFirst();

    var wrong =
        rails.operate(
            ours,
            "advices.assign",
            "{'key': '%s', 'mandate_id': '%s', 'attempt_id': '%s'}".formatted(key, mine, attempt));
    var assigned =
        rails.operate(
            ours,
            "advices.assign",
            "{'key': '%s', 'mandate_id': '%s', 'attempt_id': '%s'}".formatted(key, other, attempt));
    var again = rails.operate(ours, "advices.dismiss", "{'key': '" + key + "', 'note': 'No'}");

    assertThat(wrong.reason()).isEqualTo("does_not_fit");
    assertThat(assigned.value().path("status").asText()).isEqualTo("applied");
    assertThat(rails.attempts(theirs, other)).containsExactly("01 failed");
    assertThat(again.reason()).isEqualTo("advice_ended");
  }

  @Test
  void aClaimThatFitsNoDebitIsKeptAndItsDaysRunUntilAPersonMatchesIt() {
    var live = rails.world.liveWorkspace("Harbour Lettings");
    collectBy(live, serviceUser("123456"));
    var id = rails.mandate(live, "HARBOUR-101", "20-00-00");
    passTo(10);
    rails.operate(live, "submissions.export", "{'id': '" + submission(live) + "'}").value();
    passTo(5 * 24);
    rails.debit(live, id, JULY, 65_000);
    passTo(9 * 24);
    rails.operate(live, "submissions.export", "{'id': '" + submission(live) + "'}").value();
    passTo(5 * 24);
    var attempt =
        rails
            .column(
                live,
                "select id from attempt where workspace_id = :workspace and mandate_id = :mandate",
                id)
            .getFirst();

    var imported = take(live, claimed("123456", "HARBOUR-101", LocalDate.of(2026, 7, 1)));
    var kept = rails.column(live, CLAIMS, id);
    var key = rails.operate(live, "advices.list", "{}").value().at("/items/0/key").asText();
    rails
        .operate(
            live,
            "advices.assign",
            "{'key': '%s', 'mandate_id': '%s', 'attempt_id': '%s'}".formatted(key, id, attempt))
        .value();

    assertThat(imported.path("parked").asInt()).isEqualTo(1);
    assertThat(kept).containsExactly("no_attempt, taken 2026-08-17");
    assertThat(rails.column(live, CLAIMS, id)).containsExactly(attempt + ", taken 2026-08-17");
    assertThat(rails.debits(live, id)).containsExactly("clawed_back");
    assertThat(live.call("alerts.list", "{}").value().path("items").findValuesAsText("rule"))
        .contains("unmatched_claim");
  }

  @Test
  void serversThatLookAtTheSameTimeDoEachMomentOnce() {
    var ours = rails.world.workspace("Ours");
    var id = rails.mandate(ours, "HARBOUR-101", "00-00-01");
    var other = rails.another();
    rails.world.advance(Duration.ofDays(8));

    var happened =
        TestDirectDebit.atOnce(
            4, i -> (i % 2 == 0 ? rails.rails : other).moments().look(rails.world.instant()));
    rails.rails.moments().look(rails.world.instant());

    var moments = rails.owners("select day || kind from moment");
    assertThat(moments).doesNotHaveDuplicates().hasSizeGreaterThan(30);
    assertThat(happened.stream().mapToInt(Integer::intValue).sum())
        .isLessThanOrEqualTo(moments.size());
    assertThat(rails.owners("select id from submission")).hasSize(1);
    assertThat(rails.status(ours, id)).isEqualTo("active");
  }

  @Test
  void twoWhoAdvanceAtOnceDoEachMomentOnce() {
    var ours = rails.world.workspace("Ours");
    rails.mandate(ours, "HARBOUR-101", "00-00-01");

    var advanced = TestDirectDebit.atOnce(2, _ -> rails.advance(ours, "2026-07-09"));

    assertThat(advanced.stream().mapToInt(each -> each.path("moments").asInt()).sum())
        .isEqualTo(rails.owners("select kind from moment").size());
    assertThat(rails.owners("select id from submission")).hasSize(1);
  }

  @Test
  void aRunThatFailsSealsNothingAndIsBegunAgain() {
    var ours = rails.world.workspace("Ours");
    var id = rails.mandate(ours, "HARBOUR-101", "00-00-01");
    // The bank's books cannot be written, so the run fails after its submission is sealed.
    rails
        .world
        .jdbi()
        .useHandle(handle -> handle.execute("alter table bank_report rename to lost"));
    rails.world.advance(Duration.ofDays(6));

    rails.rails.moments().look(rails.world.instant());
    var afterFailure = rails.owners("select id from submission");
    var stood = rails.status(ours, id);
    rails
        .world
        .jdbi()
        .useHandle(handle -> handle.execute("alter table lost rename to bank_report"));
    rails.rails.moments().look(rails.world.instant());

    assertThat(afterFailure).isEmpty();
    assertThat(stood).isEqualTo("pending_submission");
    assertThat(rails.owners("select input_day || status from submission"))
        .containsExactly("2026-07-01accepted");
    assertThat(rails.status(ours, id)).isEqualTo("active");
  }

  @Test
  void theBankDoesAtOnceWhatItIsTold() {
    var ours = rails.world.workspace("Ours");
    var id = rails.mandate(ours, "HARBOUR-101", "00-00-01");
    var tooEarly = simulate(ours, "mandate_cancelled", id);
    rails.advance(ours, "2026-07-02");
    simulate(ours, "mandate_activated", id).value();
    var cancelled = simulate(ours, "mandate_cancelled", id).value();
    assertThat(rails.status(ours, id)).isEqualTo("cancelled ADDACS-1");
    rails.advance(ours, "2026-07-03");
    simulate(ours, "mandate_reinstated", id);

    assertThat(tooEarly.reason()).isEqualTo("invalid_state");
    assertThat(cancelled.path("report").asText()).isEqualTo("addacs");
  }

  @Test
  void theClockGoesForwardOnlyAndOnlyInASandbox() {
    var ours = rails.world.workspace("Ours");
    var live = rails.world.liveWorkspace("Live");
    collectBy(live, serviceUser("123456"));
    rails.advance(ours, "2026-07-09");

    assertThat(rails.operate(ours, "sandbox.advanceTo", "{'date': '2026-07-08'}").reason())
        .isEqualTo("not_forward");
    assertThat(rails.operate(ours, "sandbox.advanceTo", "{'date': '2028-07-08'}").reason())
        .isEqualTo("too_far");
    assertThat(rails.operate(live, "sandbox.clock", "{}").reason()).isEqualTo("not_a_sandbox");
    assertThat(assign(live, sandbox()).reason()).isEqualTo("wrong_environment");
    var frozen = rails.operate(ours, "sandbox.freeze", "{}").value();
    rails.world.advance(Duration.ofDays(1));
    var later = rails.operate(ours, "sandbox.clock", "{}").value();
    assertThat(later.path("now")).isEqualTo(frozen.path("now"));
  }

  @Test
  void aReportThatCannotBeReadIsKeptWithItsFaults() {
    var live = rails.world.liveWorkspace("Harbour Lettings");
    collectBy(live, serviceUser("123456"));

    var torn = take(live, "<BACSDocument>".getBytes(UTF_8));
    var again = take(live, "<BACSDocument>".getBytes(UTF_8));
    var foreign = take(live, returned("654321", "HARBOUR-101", "650.00"));

    assertThat(torn.path("status").asText()).isEqualTo("parked");
    assertThat(torn.path("faults")).isNotEmpty();
    assertThat(again.path("faults")).isEqualTo(torn.path("faults"));
    assertThat(foreign.at("/faults/0/problem").asText())
        .isEqualTo("the report is another service user's");
  }

  private JsonNode take(Workspace workspace, byte[] bytes) {
    var content = Base64.getEncoder().encodeToString(bytes);
    return rails.operate(workspace, "bankReports.import", "{'content': '" + content + "'}").value();
  }

  /// An ARUDD of the day after the entry day, 15 July.
  private static byte[] returned(String number, String reference, String pounds) {
    Report report =
        new Arudd(
            new ServiceUserNumber(number),
            "001",
            LocalDate.of(2026, 7, 16),
            List.of(
                new Arudd.AccountReturns(
                    new SortCode("200000"),
                    AccountNumber.parse("87654321"),
                    List.of(
                        new Arudd.ReturnedDebit(
                            reference,
                            TransactionCode.FIRST_COLLECTION,
                            "0",
                            "REFER TO PAYER",
                            LocalDate.of(2026, 7, 14),
                            Pence.parse(pounds),
                            null)))));
    return ReportWriter.write(report);
  }

  private static final String CLAIMS =
      """
      select coalesce(attempt_id, unmatched) || ', taken ' || settles_on
      from claim where workspace_id = :workspace and mandate_id = :mandate
      """;

  private static byte[] claimed(String number, String reference, LocalDate debitedOn) {
    Report report =
        new Ddica(
            new ServiceUserNumber(number),
            LocalDate.of(2026, 8, 17),
            List.of(
                new Ddica.Claim(
                    1,
                    "BANK-1",
                    reference,
                    "1",
                    "AMOUNT OR DATE DIFFERS",
                    null,
                    List.of(new Ddica.ClaimedDebit(debitedOn, Pence.parse("650.00"))))),
            List.of());
    return ReportWriter.write(report);
  }

  private TestDirectDebit.Answer simulate(Workspace workspace, String verb, String id) {
    return rails.operate(
        workspace, "sandbox.simulate", "{'verb': '%s', 'id': '%s'}".formatted(verb, id));
  }

  private void passTo(int hours) {
    rails.world.advance(Duration.ofHours(hours));
    rails.rails.moments().look(rails.world.instant());
  }

  private String submission(Workspace workspace) {
    return listed(workspace).path("id").asText();
  }

  private JsonNode listed(Workspace workspace) {
    return rails.operate(workspace, "submissions.list", "{}").value().at("/items/0");
  }

  private String serviceUser(String number) {
    return rails
        .operate(
            "serviceUsers.create",
            """
            {'number': '%s', 'name': 'Harbour Lettings', 'sort_code': '20-00-00',
             'account_number': '87654321'}
            """
                .formatted(number))
        .value()
        .path("id")
        .asText();
  }

  private String sandbox() {
    return rails.owners("select id from service_user where scheme = 'sandbox'").getFirst();
  }

  private void collectBy(Workspace workspace, String serviceUser) {
    assign(workspace, serviceUser).value();
  }

  private TestDirectDebit.Answer assign(Workspace workspace, String serviceUser) {
    return rails.operate(
        "serviceUsers.assign",
        "{'id': '%s', 'service_user_id': '%s'}".formatted(workspace.id(), serviceUser));
  }
}

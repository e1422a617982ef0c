package dev.keyreeve.directdebit.mandate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyreeve.directdebit.TestDirectDebit;
import dev.keyreeve.directdebit.TestDirectDebit.Workspace;
import dev.keyreeve.directdebit.bacs.scheme.SchemeEvent;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MandateClockTest {
  private final TestDirectDebit world = new TestDirectDebit();
  private final Workspace ours = world.workspace("Harbour Lettings");

  @AfterEach
  void stop() {
    world.close();
  }

  @Test
  void endsInvitesOfAllWorkspacesWhenTheirTimeHasRunOut() {
    var theirs = world.workspace("Other Lettings");
    var first = invite(ours, 2);
    var second = invite(theirs, 2);
    var later = invite(ours, 3);
    world.advance(Duration.ofDays(2).minusSeconds(1));

    int tooEarly = lapse();
    world.advance(Duration.ofSeconds(1));
    int inTime = lapse();
    int again = lapse();

    assertThat(tooEarly).isZero();
    assertThat(inTime).isEqualTo(2);
    assertThat(again).isZero();
    assertThat(status(ours, first)).isEqualTo("invite_expired");
    assertThat(status(theirs, second)).isEqualTo("invite_expired");
    assertThat(status(ours, later)).isEqualTo("invited");
    assertThat(lastEvent(ours, first)).isEqualTo("invite.expired by clock");
  }

  @Test
  void liftsASuspensionOnTheMorningOfItsEndInLondon() {
    var id = suspended("2026-07-03");
    world.advance(Duration.ofHours(34).plusMinutes(59)); // 22:59 UTC on the 2nd, 23:59 in London

    int theNightBefore = lapse();
    world.advance(Duration.ofMinutes(1));
    int thatMorning = lapse();

    assertThat(theNightBefore).isZero();
    assertThat(thatMorning).isEqualTo(1);
    assertThat(status(ours, id)).isEqualTo("active");
    assertThat(lastEvent(ours, id)).isEqualTo("mandate.reactivated by clock");
  }

  @Test
  void leavesAloneWhatHasMovedOnByItself() {
    var lifted = suspended("2026-07-03");
    ours.call("mandates.reactivate", "{'id': '%s'}".formatted(lifted)).value();
    var resent = invite(ours, 1);
    ours.call("mandates.resendInvite", "{'id': '%s', 'expiresInDays': 30}".formatted(resent))
        .value();
    world.advance(Duration.ofDays(7));

    int moved = lapse();

    assertThat(moved).isZero();
    assertThat(status(ours, resent)).isEqualTo("invited");
  }

  @Test
  void twoClocksAtOnceMoveEachMandateOnce() {
    for (int i = 0; i < 5; i++) invite(ours, 1);
    world.advance(Duration.ofDays(1));

    var moved = TestDirectDebit.atOnce(4, _ -> lapse());

    assertThat(moved.stream().mapToInt(Integer::intValue).sum()).isEqualTo(5);
    assertThat(ours.call("mandates.events", "{'types': ['invite.expired']}").value().path("items"))
        .hasSize(5);
  }

  @Test
  void worksThroughMoreThanItLooksUpAtOnce() {
    var one = "{'payer': {'name': 'Ada'}, 'expiresInDays': 1},".repeat(230);
    ours.call(
            "mandates.bulkInvite", "{'items': [%s]}".formatted(one.substring(0, one.length() - 1)))
        .value();
    world.advance(Duration.ofDays(1));

    assertThat(lapse()).isEqualTo(230);
  }

  private int lapse() {
    return world.service().lapse(world.instant());
  }

  private static String invite(Workspace workspace, int days) {
    return workspace
        .call(
            "mandates.invite",
            "{'payer': {'name': 'Ada Lovelace'}, 'expiresInDays': %d}".formatted(days))
        .value()
        .at("/mandate/id")
        .asText();
  }

  private String suspended(String until) {
    var id =
        ours.call(
                "mandates.create",
                """
                {'payer': {'name': 'Ada Lovelace'},
                 'bankDetails': {'sortCode': '00-00-01', 'accountNumber': '12345678',
                                 'accountHolderName': 'Ada Lovelace'},
                 'evidence': {'channel': 'paper', 'agreedAt': '2026-06-01T09:00:00Z'}}
                """)
            .value()
            .at("/mandate/id")
            .asText();
    world.report(ours, id, new SchemeEvent.InstructionSubmitted());
    world.report(ours, id, new SchemeEvent.InstructionAccepted());
    ours.call(
            "mandates.suspend",
            "{'id': '%s', 'reason': 'Repairs', 'until': '%s'}".formatted(id, until))
        .value();
    return id;
  }

  private static String status(Workspace workspace, String id) {
    return workspace
        .call("mandates.get", "{'id': '%s'}".formatted(id))
        .value()
        .path("status")
        .asText();
  }

  private static String lastEvent(Workspace workspace, String id) {
    var events =
        workspace.call("mandates.history", "{'id': '%s'}".formatted(id)).value().path("items");
    var last = events.path(events.size() - 1);
    return last.path("type").asText() + " by " + last.path("origin").asText();
  }
}

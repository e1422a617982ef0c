package dev.keyreeve.directdebit.mandate.invite;

import dev.keyreeve.directdebit.StateDiagram;
import dev.keyreeve.directdebit.TestDirectDebit;
import dev.keyreeve.platform.tenancy.Tx;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/// What can become of an invite is in the conditions of its SQL, so each step is tried on a row of
/// each status.
@NullMarked
class InviteStatusTest {
  @FunctionalInterface
  private interface Step {
    void on(Tx tx, String invite, String mandate);
  }

  private static Map<String, Step> steps() {
    var steps = new LinkedHashMap<String, Step>();
    steps.put("mail handed over", (tx, invite, _) -> Invites.sent(tx, invite));
    steps.put("link opened", (tx, invite, _) -> Invites.view(tx, invite));
    steps.put("mail returned", (tx, invite, _) -> Invites.bounce(tx, invite, null, "no such box"));
    steps.put(
        "payer completes", (tx, _, mandate) -> Invites.end(tx, mandate, InviteStatus.COMPLETED));
    steps.put("time is over", (tx, _, mandate) -> Invites.end(tx, mandate, InviteStatus.EXPIRED));
    steps.put(
        "revoked or replaced", (tx, _, mandate) -> Invites.end(tx, mandate, InviteStatus.REVOKED));
    return steps;
  }

  @Test
  void isDrawnOnThePageOfStates() {
    var diagram = new StateDiagram("invite").begins(InviteStatus.CREATED.word(), "invited");
    try (var world = new TestDirectDebit()) {
      var ours = world.workspace("Harbour Lettings");
      var invited = ours.call("mandates.invite", "{'payer': {'name': 'Ada Lovelace'}}").value();
      var invite = invited.at("/invite/id").asText();
      var mandate = invited.at("/mandate/id").asText();

      for (var from : InviteStatus.values()) {
        steps()
            .forEach(
                (why, step) -> {
                  var to =
                      world.moment(
                          ours,
                          LocalDate.of(2026, 3, 2),
                          LocalTime.NOON,
                          tx -> {
                            tx.update(
                                    """
                                    update mandate_invite set status = :from, sent_at = null
                                    where workspace_id = :workspace and id = :id
                                    """)
                                .bind("from", from.word())
                                .bind("id", invite)
                                .execute();
                            step.on(tx, invite, mandate);
                            return Invites.get(tx, invite).status();
                          });
                  diagram.arrow(from.word(), to.word(), why);
                });
      }
    }

    diagram.assertIsOnThePage();
  }
}

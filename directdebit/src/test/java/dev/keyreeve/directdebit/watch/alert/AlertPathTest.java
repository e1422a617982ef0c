package dev.keyreeve.directdebit.watch.alert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyreeve.directdebit.TestDirectDebit;
import dev.keyreeve.directdebit.TestDirectDebit.Workspace;
import dev.keyreeve.directdebit.bacs.bankreport.Doubts;
import dev.keyreeve.directdebit.bacs.money.Pence;
import dev.keyreeve.directdebit.bacs.scheme.AruddReason;
import dev.keyreeve.directdebit.bacs.scheme.DdicReason;
import dev.keyreeve.directdebit.bacs.scheme.SchemeEvent;
import dev.keyreeve.directdebit.collection.AttemptId;
import dev.keyreeve.directdebit.collection.claim.ClaimNotice;
import dev.keyreeve.platform.tenancy.Tx;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/// An alert from a schedule on a mandate to the debits that come back, with nothing written by
/// hand.
@NullMarked
class AlertPathTest {
  private static final LocalDate JULY_1 = LocalDate.of(2026, 7, 1);
  private static final LocalDate ENTRY = LocalDate.of(2026, 7, 20);

  @Test
  void opensWhenAnAccountThatNeverPaysTakesTheRateOverItsLevel() {
    try (var world = new TestDirectDebit()) {
      world.noonOf(JULY_1);
      var ours = world.workspace("Harbour Lettings");
      for (int i = 0; i < 19; i++) active(world, ours, "00-00-01");
      var neverPays = active(world, ours, "00-00-22");

      var input = LocalDate.of(2026, 7, 16);
      JULY_1.plusDays(1).datesUntil(input.plusDays(1)).forEach(day -> world.dawn(ours, day));
      var sent = world.run(ours, input);
      assertThat(sent).hasSize(20);
      entry(world, ours);
      AttemptId returned =
          sent.stream()
              .filter(each -> each.mandate().text().equals(neverPays))
              .findFirst()
              .orElseThrow()
              .attempt();
      var fourthDay = ENTRY.plusDays(1);
      world.report(
          ours, fourthDay, returned, new SchemeEvent.DebitReturned(AruddReason.REFER_TO_PAYER));
      world.moment(ours, fourthDay, LocalTime.of(7, 0), tx -> afterImport(world, tx));
      assertThat(alerts(ours)).as("one resolved debit says nothing yet").isEmpty();

      close(world, ours, ENTRY.plusDays(2));
      evaluate(world, ours, ENTRY.plusDays(3));

      var alert = ours.call("alerts.list", "{}").value().at("/items/0");
      assertThat(alert.path("rule").asText()).isEqualTo("failure_rate");
      assertThat(alert.path("numerator").asInt()).isEqualTo(1);
      assertThat(alert.path("denominator").asInt()).isEqualTo(20);
      assertThat(alert.path("severity").asText()).isEqualTo("warning");
      var details =
          ours.call("alerts.get", "{'id': '%s'}".formatted(alert.path("id").asText())).value();
      assertThat(details.at("/evidence/0/id").asText()).isEqualTo(returned.text());

      var claimed =
          sent.stream()
              .map(each -> each.attempt().text())
              .filter(id -> !id.equals(returned.text()))
              .findFirst()
              .orElseThrow();
      var notice =
          new ClaimNotice("B1", "B1", "REF", new Pence(65_000), ENTRY, claimed, null, null);
      world.moment(
          ours,
          ENTRY.plusDays(4),
          LocalTime.of(7, 0),
          tx -> {
            var raised = new SchemeEvent.ClaimRaised(DdicReason.AMOUNT_OR_DATE_DIFFERS);
            world.service().claims().receive(tx, notice, raised);
            return afterImport(world, tx);
          });

      assertThat(alerts(ours)).containsExactly("failure_rate", "large_claim");
    }
  }

  @Test
  void theDemoHasAClaimToLookInto() {
    try (var world = new TestDirectDebit()) {
      var demo = world.workspace("Harbour Lettings (demo)");

      world.service().demo().seed(demo.id(), world.instant());
      world.service().demo().seed(demo.id(), world.instant());

      assertThat(alerts(demo)).containsExactlyInAnyOrder("large_claim", "unmatched_claim");
      assertThat(world.operate(demo, "claims.list", "{}").value().path("items")).hasSize(1);
    }
  }

  private static boolean afterImport(TestDirectDebit world, Tx tx) {
    world.service().alerts().afterImport(tx);
    return true;
  }

  private static void evaluate(TestDirectDebit world, Workspace ours, LocalDate day) {
    world.moment(
        ours,
        day,
        LocalTime.of(9, 0),
        tx -> {
          world.service().alerts().evaluate(tx, day);
          return true;
        });
  }

  private static void entry(TestDirectDebit world, Workspace ours) {
    world.moment(
        ours,
        ENTRY,
        LocalTime.of(8, 0),
        tx -> {
          world.service().days().entry(tx, ENTRY, Doubts.NONE);
          return true;
        });
  }

  private static void close(TestDirectDebit world, Workspace ours, LocalDate day) {
    world.moment(
        ours,
        day,
        LocalTime.of(18, 0),
        tx -> {
          world.service().days().close(tx, day, Doubts.NONE);
          return true;
        });
  }

  private static List<String> alerts(Workspace ours) {
    var rules = new ArrayList<String>();
    ours.call("alerts.list", "{}")
        .value()
        .path("items")
        .forEach(alert -> rules.addFirst(alert.path("rule").asText()));
    return rules;
  }

  private static String active(TestDirectDebit world, Workspace ours, String sortCode) {
    var mandate =
        ours.call(
                "mandates.create",
                """
                {'payer': {'name': 'Ada Lovelace'},
                 'bankDetails': {'sortCode': '%s', 'accountNumber': '12345678',
                                 'accountHolderName': 'Ada Lovelace'},
                 'evidence': {'channel': 'paper', 'agreedAt': '2026-06-01T09:00:00Z'},
                 'schedule': {'amount': 65000, 'frequency': 'monthly', 'dayOfMonth': '20',
                              'startsOn': '2026-07-20', 'debits': 1}}
                """
                    .formatted(sortCode))
            .value()
            .at("/mandate/id")
            .asText();
    world.report(ours, mandate, new SchemeEvent.InstructionSubmitted());
    world.report(ours, mandate, new SchemeEvent.InstructionAccepted());
    return mandate;
  }
}

package dev.keyreeve.directdebit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keyreeve.directdebit.TestDirectDebit.Workspace;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// Alerts and claims that come of nothing but a sandbox bank and its clock.
@NullMarked
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AlertsOnRailsTest {
  private final TestRails rails = new TestRails();

  @AfterAll
  void stop() {
    rails.close();
  }

  @Test
  void anAccountThatNeverPaysTakesTheFailureRateOverItsLevel() {
    var ours = rails.world.workspace("Failing Lettings");
    for (int i = 0; i < 19; i++) collect(ours, "PAYS-" + (10 + i), "00-00-01");
    collect(ours, "NEVER-1", "00-00-22");

    rails.advance(ours, "2026-07-24");

    var alert = ours.call("alerts.list", "{'rule': 'failure_rate'}").value().at("/items/0");
    assertThat(alert.path("numerator").asInt()).isEqualTo(1);
    assertThat(alert.path("denominator").asInt()).isEqualTo(20);
    assertThat(told(ours)).contains("alert.opened");
  }

  @Test
  void aClaimComesByTheBanksReportAndIsSettledByTheClock() {
    var ours = rails.world.workspace("Claimed Lettings");
    collect(ours, "CLAIMS-1", "00-00-41");

    rails.advance(ours, "2026-09-30");

    var events = claims(ours);
    assertThat(events.findValuesAsText("type"))
        .containsExactly("clawback.received", "clawback.settled");
    assertThat(events.at("/0/clawback/collectionId").asText()).startsWith("col_");
    var history =
        ours.call(
                "collections.history",
                "{'id': '%s'}".formatted(events.at("/0/clawback/collectionId").asText()))
            .value()
            .path("items");
    assertThat(history.findValuesAsText("type"))
        .containsSequence("collection.settled", "clawback.received", "clawback.settled");
    assertThat(rules(ours)).contains("large_claim", "claim_deadline");
    assertThat(ours.call("alerts.counts", "{}").value().at("/open/warning").asInt()).isZero();
  }

  @Test
  void aClaimThatTheBankTakesBackIsWithdrawn() {
    var ours = rails.world.workspace("Spared Lettings");
    var mandate = collect(ours, "SPARED-1", "00-00-44");

    rails.advance(ours, "2026-09-30");

    var events = claims(ours);
    assertThat(events.findValuesAsText("type"))
        .containsExactly("clawback.received", "clawback.withdrawn");
    assertThat(rails.debits(ours, mandate)).containsExactly("settled");
  }

  private static JsonNode claims(Workspace ours) {
    return ours.call(
            "collections.events",
            """
            {'types': ['clawback.received', 'clawback.settled', 'clawback.withdrawn']}
            """)
        .value()
        .path("items");
  }

  private String collect(Workspace ours, String reference, String sortCode) {
    var mandate = rails.mandate(ours, reference, sortCode);
    rails.debit(ours, mandate, LocalDate.of(2026, 7, 20), 65_000);
    return mandate;
  }

  private static List<String> rules(Workspace ours) {
    return ours.call("alerts.list", "{}").value().path("items").findValuesAsText("rule");
  }

  private static List<String> told(Workspace ours) {
    var types = new ArrayList<String>();
    ours.call("alerts.events", "{}")
        .value()
        .path("items")
        .forEach(event -> types.add(event.path("type").asText()));
    return types;
  }
}

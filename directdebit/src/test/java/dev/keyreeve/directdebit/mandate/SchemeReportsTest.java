package dev.keyreeve.directdebit.mandate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keyreeve.directdebit.TestDirectDebit;
import dev.keyreeve.directdebit.TestDirectDebit.Workspace;
import dev.keyreeve.directdebit.bacs.scheme.AddacsReason;
import dev.keyreeve.directdebit.bacs.scheme.SchemeEvent;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SchemeReportsTest {
  private final TestDirectDebit world = new TestDirectDebit();
  private final SchemeReports reports = world.reports();

  @AfterAll
  void stop() {
    world.close();
  }

  @Test
  void movesAMandateOnAndSaysWhoAndWhy() {
    var ours = world.workspace("Harbour Lettings");
    var id = create(ours);

    apply(ours, id, new SchemeEvent.InstructionSubmitted());
    apply(ours, id, new SchemeEvent.InstructionAccepted());
    var move = apply(ours, id, new SchemeEvent.InstructionCancelled(AddacsReason.PAYER_DECEASED));

    assertThat(move).get().isInstanceOf(Move.Moved.class);
    var events = events(ours);
    assertThat(events.get(1).path("origin").asText()).isEqualTo("provider");
    assertThat(events.get(1).has("cause")).isFalse();
    assertThat(events.get(3).path("type").asText()).isEqualTo("mandate.cancelled");
    assertThat(events.get(3).path("origin").asText()).isEqualTo("bank");
    assertThat(events.get(3).path("cause").asText()).isEqualTo("payer_deceased");
    assertThat(events.get(3).path("reasonCode").asText()).isEqualTo("ADDACS-2");
  }

  @Test
  void answersWhatChangesNothingAndWhatDoesNotFit() {
    var ours = world.workspace("Harbour Lettings");
    var id = create(ours);
    apply(ours, id, new SchemeEvent.InstructionSubmitted());

    assertThat(apply(ours, id, new SchemeEvent.InstructionSubmitted()))
        .get()
        .isInstanceOf(Move.Unchanged.class);
    assertThat(apply(ours, id, new SchemeEvent.DormancyReached()))
        .get()
        .isInstanceOf(Move.Illegal.class);
    assertThat(events(ours)).hasSize(2);
  }

  @Test
  void knowsNoMandateOfAnotherWorkspace() {
    var theirs = world.workspace("Other Lettings");
    var id = create(world.workspace("Harbour Lettings"));

    assertThat(apply(theirs, id, new SchemeEvent.InstructionSubmitted())).isEmpty();
  }

  @Test
  void theDemoHasMandatesInEachStateThatPeopleMeet() {
    var demo = world.workspace("Harbour Lettings (demo)");

    world.service().demo().seed(demo.id(), world.instant());
    world.service().demo().seed(demo.id(), world.instant());

    var statuses = new ArrayList<String>();
    demo.call("mandates.list", "{}")
        .value()
        .path("items")
        .forEach(mandate -> statuses.add(mandate.path("status").asText()));
    assertThat(statuses)
        .containsExactlyInAnyOrder(
            "invited",
            "pending_submission",
            "submitted",
            "active",
            "active",
            "active",
            "suspended",
            "cancelled",
            "failed");
    assertThat(demo.call("collections.list", "{'status': ['scheduled']}").value().path("items"))
        .hasSize(50);
    assertThat(events(demo))
        .extracting(event -> Instant.parse(event.path("occurredAt").asText()))
        .isSorted()
        .allMatch(at -> !at.isAfter(world.instant()));
  }

  @Test
  void theHistoryOfEachMandateLeadsToItsState() {
    var demo = world.workspace("Harbour Lettings (demo)");
    world.service().demo().seed(demo.id(), world.instant());

    for (var mandate : demo.call("mandates.list", "{}").value().path("items")) {
      var id = mandate.path("id").asText();
      var told = demo.call("mandates.history", "{'id': '%s'}".formatted(id)).value().path("items");
      var kept =
          world
              .tenancy()
              .read(demo.id(), world.instant(), tx -> MandateRows.find(tx, new MandateId(id)))
              .orElseThrow();

      var last = told.path(told.size() - 1).path("mandate");
      assertThat(MandateState.of(columns(last))).isEqualTo(kept.state());
      assertThat(last.path("version").asInt()).isEqualTo(kept.version());
      assertThat(told.path(0).path("type").asText()).isIn("mandate.created", "mandate.invited");
    }
  }

  private static MandateColumns columns(JsonNode snapshot) {
    var until = text(snapshot, "suspendedUntil");
    var initiator = text(snapshot, "initiator");
    return new MandateColumns(
        MandateStatus.parse(snapshot.path("status").asText()),
        Instant.parse(snapshot.path("since").asText()),
        until == null ? null : LocalDate.parse(until),
        initiator == null ? null : Initiator.parse(initiator),
        text(snapshot, "reason"),
        snapshot.path("submissions").asInt(),
        snapshot.path("resubmitting").asBoolean());
  }

  private static @Nullable String text(JsonNode object, String field) {
    return object.has(field) ? object.path(field).asText() : null;
  }

  private Optional<Move> apply(Workspace workspace, String id, SchemeEvent event) {
    return reports.apply(workspace.id(), new MandateId(id), event, world.instant());
  }

  private static List<JsonNode> events(Workspace workspace) {
    var events = new ArrayList<JsonNode>();
    workspace.call("mandates.events", "{'limit': 200}").value().path("items").forEach(events::add);
    return events;
  }

  private static String create(Workspace workspace) {
    return workspace
        .call(
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
  }
}

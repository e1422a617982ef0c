package dev.keyreeve.directdebit.mandate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keyreeve.directdebit.TestDirectDebit;
import dev.keyreeve.directdebit.TestDirectDebit.Workspace;
import dev.keyreeve.procedure.Feed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MandateQueriesTest {
  private final TestDirectDebit world = new TestDirectDebit();

  @AfterAll
  void stop() {
    world.close();
  }

  @Test
  void listsNewestFirstPageByPage() {
    var ours = world.workspace("Harbour Lettings");
    var created = List.of(create(ours, "PAGE-1"), create(ours, "PAGE-2"), create(ours, "PAGE-3"));

    var first = ours.call("mandates.list", "{'limit': 2}").value();
    var rest =
        ours.call(
                "mandates.list",
                "{'limit': 2, 'cursor': '%s'}".formatted(first.path("nextCursor").asText()))
            .value();

    assertThat(ids(first)).containsExactly(created.get(2), created.get(1));
    assertThat(ids(rest)).containsExactly(created.get(0));
    assertThat(rest.has("nextCursor")).isFalse();
  }

  @Test
  void listsWhatTheFilterNames() {
    var ours = world.workspace("Harbour Lettings");
    var cancelled = create(ours, "FILTER-1");
    ours.call("mandates.cancel", "{'id': '%s'}".formatted(cancelled)).value();
    var waiting = create(ours, "FILTER-2");

    assertThat(listed(ours, "'status': ['cancelled']")).containsExactly(cancelled);
    assertThat(listed(ours, "'payerExternalRef': 'of FILTER-2'")).containsExactly(waiting);
    assertThat(listed(ours, "'reference': 'FILTER-1'")).containsExactly(cancelled);
    assertThat(listed(ours, "'q': 'lter-2'")).containsExactly(waiting);
    assertThat(listed(ours, "'q': 'lter%2'")).isEmpty();
    assertThat(listed(ours, "'createdFrom': '2026-07-02T00:00:00Z'")).isEmpty();
  }

  @Test
  void takesNoCursorButItsOwn() {
    var ours = world.workspace("Harbour Lettings");
    var id = create(ours, "CURSOR-1");
    ours.call("mandates.cancel", "{'id': '%s'}".formatted(id)).value();
    var ofHistory =
        ours.call("mandates.history", "{'id': '%s', 'limit': 1}".formatted(id))
            .value()
            .path("nextCursor")
            .asText();

    for (var cursor : List.of(ofHistory, "x", "man_", id)) {
      assertThat(ours.call("mandates.list", "{'cursor': '%s'}".formatted(cursor)).reason())
          .isEqualTo("invalid_cursor");
    }
    assertThat(ours.call("mandates.history", "{'id': '%s', 'cursor': 'x'}".formatted(id)).reason())
        .isEqualTo("invalid_cursor");
  }

  @Test
  void findsAMandateByItsIdAndByItsReference() {
    var ours = world.workspace("Harbour Lettings");
    var id = create(ours, "FIND/ME.1");

    var byId = ours.call("mandates.get", "{'id': '%s'}".formatted(id)).value();
    var byReference = ours.call("mandates.getByReference", "{'reference': 'FIND/ME.1'}").value();

    assertThat(byId).isEqualTo(byReference);
    assertThat(byId.path("status").asText()).isEqualTo("pending_submission");
    assertThat(byId.at("/bankAccount/last4").asText()).isEqualTo("5678");
    assertThat(byId.path("allowedActions")).hasToString("[\"cancel\",\"change_bank_account\"]");
  }

  @Test
  void refusesWhatIsNotThere() {
    var ours = world.workspace("Harbour Lettings");
    var nobody = "man_01JDCVN8Q00000000000000000";

    assertThat(ours.call("mandates.get", "{'id': '%s'}".formatted(nobody)).reason())
        .isEqualTo("mandate_not_found");
    assertThat(ours.call("mandates.getByReference", "{'reference': 'NOBODY'}").reason())
        .isEqualTo("mandate_not_found");
    assertThat(ours.call("mandates.history", "{'id': '%s'}".formatted(nobody)).reason())
        .isEqualTo("mandate_not_found");
  }

  @Test
  void tellsTheHistoryOfAMandateOldestFirst() {
    var ours = world.workspace("Harbour Lettings");
    var id = create(ours, "HISTORY-1");
    create(ours, "HISTORY-2");
    ours.call("mandates.update", "{'id': '%s', 'metadata': {'flat': '3'}}".formatted(id)).value();
    ours.call("mandates.cancel", "{'id': '%s', 'reason': 'Moved out'}".formatted(id)).value();

    var first = ours.call("mandates.history", "{'id': '%s', 'limit': 2}".formatted(id)).value();
    var rest =
        ours.call(
                "mandates.history",
                "{'id': '%s', 'cursor': '%s'}".formatted(id, first.path("nextCursor").asText()))
            .value();

    assertThat(texts(first, "type")).containsExactly("mandate.created", "mandate.updated");
    assertThat(texts(rest, "type")).containsExactly("mandate.cancelled");
    var last = rest.path("items").path(0);
    assertThat(last.path("origin").asText()).isEqualTo("agent");
    assertThat(last.at("/mandate/status").asText()).isEqualTo("cancelled");
    assertThat(last.at("/mandate/reason").asText()).isEqualTo("Moved out");
    assertThat(last.at("/mandate/version").asInt()).isEqualTo(3);
  }

  @Test
  void feedsWhoeverKeepsUpWithEveryEventOnce() {
    var ours = world.workspace("Harbour Lettings");
    var first = create(ours, "FEED-1");
    create(ours, "FEED-2");
    ours.call("mandates.cancel", "{'id': '%s'}".formatted(first)).value();

    var seen = new ArrayList<String>();
    long after = 0;
    JsonNode page;
    do {
      page = ours.call("mandates.events", "{'afterSeq': %d, 'limit': 2}".formatted(after)).value();
      seen.addAll(texts(page, "type"));
      after = page.path("nextAfterSeq").asLong();
    } while (!page.path("items").isEmpty());

    assertThat(seen).containsExactly("mandate.created", "mandate.created", "mandate.cancelled");
    assertThat(after).isEqualTo(3);
  }

  @Test
  void feedsOnlyTheTypesThatAreAskedForAndMovesOnPastTheOthers() {
    var ours = world.workspace("Harbour Lettings");
    var id = create(ours, "TYPES-1");
    ours.call("mandates.cancel", "{'id': '%s'}".formatted(id)).value();
    create(ours, "TYPES-2");

    var page = ours.call("mandates.events", "{'types': ['mandate.cancelled']}").value();

    assertThat(texts(page, "type")).containsExactly("mandate.cancelled");
    assertThat(page.path("nextAfterSeq").asLong()).isEqualTo(3);
    assertThat(ours.call("mandates.events", "{'types': ['mandate.eaten']}").problem().issues())
        .singleElement()
        .satisfies(issue -> assertThat(issue.path()).isEqualTo("types[0]"));
  }

  @Test
  void streamsFromNowOrFromWhereTheListenerStopped() {
    var ours = world.workspace("Harbour Lettings");
    create(ours, "STREAM-1");
    var feed = ours.call("mandates.stream", "{}").subscription().feed();

    var before = feed.after(null);
    create(ours, "STREAM-2");
    create(ours, "STREAM-3");
    var heard = ids(feed, null);
    var resumed = ids(ours.call("mandates.stream", "{}").subscription().feed(), "2");
    var fromTheBeginning =
        ids(ours.call("mandates.stream", "{'afterSeq': 0}").subscription().feed(), null);

    assertThat(before).isEmpty();
    assertThat(heard).containsExactly("2", "3");
    assertThat(resumed).containsExactly("3");
    assertThat(fromTheBeginning).containsExactly("1", "2", "3");
  }

  @Test
  void aStreamKnowsOnlyTheIdsOfItsOwnEvents() {
    var ours = world.workspace("Harbour Lettings");
    create(ours, "STREAM-4");
    var feed = ours.call("mandates.stream", "{}").subscription().feed();

    assertThatThrownBy(() -> feed.after("2")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> feed.after("x")).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void checksBankDetailsByTheirDigits() {
    var reader = world.workspace("Harbour Lettings").with("mandates:read");

    assertThat(modulus(reader, "00-10-00", "31415927")).isEqualTo("pass");
    assertThat(modulus(reader, "00-10-00", "31415928")).isEqualTo("fail");
    assertThat(modulus(reader, "00-00-01", "12345678")).isEqualTo("unchecked");
  }

  @Test
  void showsNothingOfAnotherWorkspace() {
    var theirs = world.workspace("Other Lettings");
    var ours = world.workspace("Harbour Lettings");
    var id = create(theirs, "SECRET-1");
    create(theirs, "SECRET-2");
    var listCursor =
        theirs.call("mandates.list", "{'limit': 1}").value().path("nextCursor").asText();
    theirs.call("mandates.cancel", "{'id': '%s'}".formatted(id)).value();
    var historyCursor =
        theirs
            .call("mandates.history", "{'id': '%s', 'limit': 1}".formatted(id))
            .value()
            .path("nextCursor")
            .asText();

    assertThat(ours.call("mandates.get", "{'id': '%s'}".formatted(id)).reason())
        .isEqualTo("mandate_not_found");
    assertThat(ours.call("mandates.getByReference", "{'reference': 'SECRET-1'}").reason())
        .isEqualTo("mandate_not_found");
    assertThat(
            ours.call(
                    "mandates.history", "{'id': '%s', 'cursor': '%s'}".formatted(id, historyCursor))
                .reason())
        .isEqualTo("mandate_not_found");
    assertThat(ids(ours.call("mandates.list", "{}").value())).isEmpty();
    assertThat(ids(ours.call("mandates.list", "{'cursor': '%s'}".formatted(listCursor)).value()))
        .isEmpty();
    var events = ours.call("mandates.events", "{}").value();
    assertThat(events.path("items")).isEmpty();
    assertThat(events.path("nextAfterSeq").asLong()).isZero();
    var feed = ours.call("mandates.stream", "{'afterSeq': 0}").subscription().feed();
    assertThat(feed.after(null)).isEmpty();
  }

  private String create(Workspace workspace, String reference) {
    world.advance(Duration.ofSeconds(1));
    return workspace
        .call(
            "mandates.create",
            """
            {'payer': {'name': 'Ada Lovelace', 'externalRef': 'of %s'}, 'reference': '%1$s',
             'bankDetails': {'sortCode': '00-00-01', 'accountNumber': '12345678',
                             'accountHolderName': 'Ada Lovelace'},
             'evidence': {'channel': 'paper', 'agreedAt': '2026-06-01T09:00:00Z'}}
            """
                .formatted(reference))
        .value()
        .at("/mandate/id")
        .asText();
  }

  private static List<String> listed(Workspace workspace, String filter) {
    return ids(workspace.call("mandates.list", "{" + filter + "}").value());
  }

  private static String modulus(Workspace workspace, String sortCode, String accountNumber) {
    return workspace
        .call(
            "mandates.checkBankDetails",
            "{'sortCode': '%s', 'accountNumber': '%s'}".formatted(sortCode, accountNumber))
        .value()
        .path("modulus")
        .asText();
  }

  private static List<String> ids(JsonNode page) {
    return texts(page, "id");
  }

  private static List<String> texts(JsonNode page, String field) {
    var texts = new ArrayList<String>();
    page.path("items").forEach(item -> texts.add(item.path(field).asText()));
    return texts;
  }

  private static List<String> ids(Feed<?> feed, @Nullable String lastId) {
    return feed.after(lastId).stream().<String>map(Feed.Tracked::id).toList();
  }
}

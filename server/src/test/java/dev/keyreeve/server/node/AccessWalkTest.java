package dev.keyreeve.server.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keyreeve.access.decision.Requirement;
import dev.keyreeve.access.scope.Scope;
import dev.keyreeve.directdebit.DirectDebit;
import dev.keyreeve.directdebit.bacs.MandateReference;
import dev.keyreeve.directdebit.collection.CollectionId;
import dev.keyreeve.directdebit.mandate.MandateId;
import dev.keyreeve.identity.organisation.OrganisationView;
import dev.keyreeve.procedure.Kind;
import dev.keyreeve.procedure.Procedure;
import dev.keyreeve.server.node.TestServer.Response;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Walks every procedure of the direct-debit API and calls each as somebody who may not.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class AccessWalkTest {
  private final TestServer server = TestServer.start();
  private final OrganisationView ours = server.organisation("Ours", 100_000);
  private final OrganisationView theirs = server.organisation("Theirs", 100_000);
  private final String ourKey = server.fullKey(ours.workspaceId());
  private final JsonNode theirMandate = createMandate(server.fullKey(theirs.workspaceId()));
  private final SampleInputs theirIds =
      new SampleInputs()
          .with(MandateId.class, theirMandate.path("id").asText())
          .with(CollectionId.class, theirCollection())
          .with(MandateReference.class, theirMandate.path("reference").asText());

  @AfterAll
  void stop() {
    server.close();
  }

  List<Procedure<?, ?>> procedures() {
    return List.copyOf(server.api().procedures());
  }

  Stream<Procedure<?, ?>> proceduresBehindAScope() {
    return procedures().stream()
        .filter(procedure -> procedure.requirement() instanceof Requirement.Holds);
  }

  Stream<Procedure<?, ?>> proceduresThatNameAMandate() {
    return procedures().stream().filter(procedure -> needs(procedure, MandateId.class));
  }

  Stream<Procedure<?, ?>> proceduresThatNameACollection() {
    return procedures().stream().filter(procedure -> needs(procedure, CollectionId.class));
  }

  private static boolean needs(Procedure<?, ?> procedure, Class<?> type) {
    return procedure.fields().stream()
        .anyMatch(field -> field.required() && SampleInputs.asksFor(field.form(), type));
  }

  Stream<Procedure<?, ?>> listsAndFeeds() {
    return procedures().stream()
        .filter(procedure -> procedure.kind() == Kind.QUERY)
        .filter(procedure -> !needs(procedure, MandateId.class));
  }

  @Test
  void onlyWhoamiIsBehindNoScope() {
    assertThat(procedures())
        .filteredOn(procedure -> !(procedure.requirement() instanceof Requirement.Holds))
        .extracting(Procedure::name)
        .containsExactly("auth.whoami");
  }

  @ParameterizedTest
  @MethodSource("procedures")
  void isRefusedWithoutACredential(Procedure<?, ?> procedure) {
    var response = call(procedure, null, new SampleInputs());

    assertThat(errorOf(procedure, response).path("httpStatus").asInt()).isEqualTo(401);
    assertThat(errorOf(procedure, response).path("reason").asText())
        .isEqualTo("missing_credential");
  }

  @ParameterizedTest
  @MethodSource("procedures")
  void isRefusedWithAKeyThatWasNeverIssued(Procedure<?, ?> procedure) {
    var response =
        call(
            procedure,
            "dd_live_1000000000000aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa000000",
            new SampleInputs());

    assertThat(errorOf(procedure, response).path("httpStatus").asInt()).isEqualTo(401);
    assertThat(errorOf(procedure, response).path("reason").asText()).isEqualTo("invalid_key");
  }

  @ParameterizedTest
  @MethodSource("proceduresBehindAScope")
  void isRefusedWithoutItsScopeWhateverTheInput(Procedure<?, ?> procedure) {
    var required = ((Requirement.Holds) procedure.requirement()).scope();
    var key = keyWithAllScopesBut(required);

    var response = send(procedure, key, "{\"not\":\"valid\"}");

    assertThat(errorOf(procedure, response).path("httpStatus").asInt()).isEqualTo(403);
    assertThat(errorOf(procedure, response).path("requiredScope").asText())
        .isEqualTo(required.token());
  }

  @ParameterizedTest
  @MethodSource("proceduresThatNameAMandate")
  void findsNoMandateOfAnotherTenant(Procedure<?, ?> procedure) {
    var response = call(procedure, ourKey, theirIds);

    if (procedure.name().startsWith("mandates.bulk")) {
      assertThat(response.json().at("/result/data/items/0/error/code").asText())
          .isEqualTo("NOT_FOUND");
    } else {
      assertThat(errorOf(procedure, response).path("httpStatus").asInt()).isEqualTo(404);
    }
    assertThat(response.body()).doesNotContain(theirs.workspaceId(), "Their Payer");
  }

  @ParameterizedTest
  @MethodSource("proceduresThatNameACollection")
  void findsNoCollectionOfAnotherTenant(Procedure<?, ?> procedure) {
    var response = call(procedure, ourKey, theirIds);

    if (procedure.name().equals("collections.getMany")) {
      assertThat(response.json().at("/result/data/items/0").has("id")).isTrue();
      assertThat(response.json().at("/result/data/items/0").has("collection")).isFalse();
    } else {
      assertThat(errorOf(procedure, response).path("httpStatus").asInt()).isEqualTo(404);
    }
  }

  @ParameterizedTest
  @MethodSource("listsAndFeeds")
  void showsNothingOfAnotherTenant(Procedure<?, ?> procedure) {
    var response = call(procedure, ourKey, theirIds);

    assertThat(response.body())
        .doesNotContain(
            theirMandate.path("id").asText(), theirs.id(), theirs.workspaceId(), "Their Payer");
  }

  @ParameterizedTest
  @MethodSource("procedures")
  void isLimited(Procedure<?, ?> procedure) {
    var organisation = server.organisation("Limited " + procedure.name(), 1);
    var key = server.fullKey(organisation.workspaceId());

    server.get("/trpc/auth.whoami", key);
    var response = call(procedure, key, new SampleInputs());

    assertThat(errorOf(procedure, response).path("httpStatus").asInt()).isEqualTo(429);
    assertThat(response.header("retry-after")).matches("[1-9][0-9]?");
    assertThat(response.header("x-ratelimit-limit")).isEqualTo("1");
    assertThat(response.header("x-ratelimit-remaining")).isEqualTo("0");
  }

  private String keyWithAllScopesBut(Scope missing) {
    var others =
        DirectDebit.SCOPES.entries().stream()
            .map(entry -> entry.scope())
            .filter(scope -> !scope.equals(missing))
            .toArray(Scope[]::new);
    return TestServer.secretOf(server.key(ours.workspaceId(), 600, others));
  }

  private JsonNode createMandate(String key) {
    var created =
        server.post(
            "/trpc/mandates.create",
            key,
            """
            {"payer": {"name": "Their Payer", "externalRef": "tenant-1"},
             "bankDetails": {"sortCode": "00-00-01", "accountNumber": "12345678",
                             "accountHolderName": "Their Payer"},
             "evidence": {"channel": "paper", "agreedAt": "2026-11-01T09:00:00Z"},
             "schedule": {"amount": 75000, "frequency": "weekly", "startsOn": "2026-01-05"}}
            """);
    return created.json().at("/result/data/mandate");
  }

  private String theirCollection() {
    var listed = server.get("/trpc/collections.list", server.fullKey(theirs.workspaceId()));
    return listed.json().at("/result/data/items/0/id").asText();
  }

  private Response call(Procedure<?, ?> procedure, @Nullable String key, SampleInputs samples) {
    return send(procedure, key, samples.of(procedure.input().form()).toString());
  }

  private Response send(Procedure<?, ?> procedure, @Nullable String key, String input) {
    var path = "/trpc/" + procedure.name();
    return switch (procedure.kind()) {
      case MUTATION -> server.post(path, key, input);
      case QUERY, SUBSCRIPTION ->
          server.get(path + "?input=" + URLEncoder.encode(input, StandardCharsets.UTF_8), key);
    };
  }

  /// A subscription's refusal is an event; any other is the answer.
  private static JsonNode errorOf(Procedure<?, ?> procedure, Response response) {
    if (procedure.kind() == Kind.SUBSCRIPTION && response.status() == 200) {
      var event =
          response
              .body()
              .lines()
              .dropWhile(line -> !line.equals("event: serialized-error"))
              .filter(line -> line.startsWith("data: "))
              .findFirst()
              .orElseThrow(() -> new AssertionError("no refusal in " + response.body()));
      return new Response(200, response.headers(), event.substring("data: ".length()))
          .json()
          .path("data");
    }
    return response.json().at("/error/data");
  }
}

package dev.keyreeve.server.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keyreeve.access.credential.KeyId;
import dev.keyreeve.access.decision.Requirement;
import dev.keyreeve.access.scope.Role;
import dev.keyreeve.access.scope.Scope;
import dev.keyreeve.directdebit.bacs.bankreport.AdviceKey;
import dev.keyreeve.directdebit.collection.CollectionId;
import dev.keyreeve.directdebit.mandate.MandateId;
import dev.keyreeve.directdebit.rail.gocardless.AccessToken;
import dev.keyreeve.identity.organisation.OrganisationView;
import dev.keyreeve.identity.person.Password;
import dev.keyreeve.platform.token.Token;
import dev.keyreeve.procedure.Procedure;
import dev.keyreeve.procedure.Route;
import dev.keyreeve.procedure.shape.Form;
import dev.keyreeve.server.node.TestServer.Response;
import dev.keyreeve.server.node.TestServer.SignedIn;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.StringJoiner;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Walks every procedure of the operators' API and calls each as somebody who may not.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class OperatorsAccessWalkTest {
  private static final Scope READ = new Scope("mandates:read");

  private final TestServer server = TestServer.start();
  private final OrganisationView ours = server.organisation("Ours", 100_000);
  private final OrganisationView theirs = server.organisation("Theirs", 100_000);
  private final String ourKey = server.fullKey(ours.workspaceId());
  private final String theirKeyId = server.key(theirs.workspaceId(), 60, READ).details().id();
  private final JsonNode theirMandate = createMandate(server.fullKey(theirs.workspaceId()));
  private final SignedIn owner = server.signIn(ours, Role.OWNER);
  private final SignedIn viewer = server.signIn(ours, Role.VIEWER);
  private final SampleInputs samples =
      new SampleInputs()
          .with(KeyId.class, theirKeyId)
          .with(MandateId.class, theirMandate.path("id").asText())
          .with(CollectionId.class, theirCollection())
          .with(Scope.class, READ.token())
          .with(AccessToken.class, "none")
          .with(Token.class, "none")
          .with(Password.class, "correct horse battery staple");

  @AfterAll
  void stop() {
    server.close();
  }

  List<Procedure<?, ?>> procedures() {
    return List.copyOf(server.operatorsApi().procedures());
  }

  Stream<Procedure<?, ?>> thoseThatAskForMoreThanAViewer() {
    return procedures().stream()
        .filter(
            procedure ->
                procedure.requirement() instanceof Requirement.SignedIn(var role)
                    && role != Role.VIEWER);
  }

  Stream<Procedure<?, ?>> thoseForTheCommandLine() {
    return procedures().stream()
        .filter(procedure -> procedure.requirement() instanceof Requirement.CommandLine);
  }

  Stream<Procedure<?, ?>> thoseThatChangeSomething() {
    return procedures().stream()
        .filter(procedure -> procedure.route().method() != Route.Method.GET);
  }

  Stream<Procedure<?, ?>> thoseThatNameAKey() {
    return procedures().stream().filter(procedure -> needs(procedure, KeyId.class));
  }

  Stream<Procedure<?, ?>> thoseThatNameAMandateOrACollection() {
    return procedures().stream()
        .filter(procedure -> !needs(procedure, AdviceKey.class))
        .filter(
            procedure -> needs(procedure, MandateId.class) || needs(procedure, CollectionId.class));
  }

  Stream<Procedure<?, ?>> thoseThatNameAnAdvice() {
    return procedures().stream().filter(procedure -> needs(procedure, AdviceKey.class));
  }

  private static boolean needs(Procedure<?, ?> procedure, Class<?> type) {
    return procedure.fields().stream()
        .anyMatch(field -> field.required() && SampleInputs.asksFor(field.form(), type));
  }

  Stream<Procedure<?, ?>> thoseThatNameAnOrganisation() {
    return procedures().stream()
        .filter(procedure -> procedure.requirement() instanceof Requirement.SignedIn)
        .filter(procedure -> procedure.route().path().startsWith("/organisations/{id}"));
  }

  Stream<Procedure<?, ?>> thoseThatNameAWorkspace() {
    return procedures().stream()
        .filter(
            procedure ->
                procedure.fields().stream().anyMatch(f -> f.name().equals("workspace_id")));
  }

  @Test
  void asksForAPersonOrTheCommandLineEverywhere() {
    assertThat(procedures())
        .hasSizeGreaterThan(10)
        .allSatisfy(
            procedure ->
                assertThat(procedure.requirement())
                    .isInstanceOfAny(Requirement.SignedIn.class, Requirement.CommandLine.class));
  }

  @ParameterizedTest
  @MethodSource("procedures")
  void refusesWithoutACredential(Procedure<?, ?> procedure) {
    assertRefused(call(procedure, (String) null), 401, "missing_credential");
  }

  @ParameterizedTest
  @MethodSource("procedures")
  void refusesAKeyHoweverMuchItHolds(Procedure<?, ?> procedure) {
    assertRefused(call(procedure, ourKey), 403, "wrong_key_type");
  }

  @ParameterizedTest
  @MethodSource("thoseThatAskForMoreThanAViewer")
  void refusesAViewer(Procedure<?, ?> procedure) {
    assertRefused(call(procedure, viewer, _ -> {}), 403, "insufficient_role");
  }

  @ParameterizedTest
  @MethodSource("thoseForTheCommandLine")
  void refusesEvenAnOwnerWhatIsForTheCommandLine(Procedure<?, ?> procedure) {
    var response = call(procedure, owner, input -> input.put("id", ours.id()));

    assertRefused(response, 403, "operator_only");
  }

  @ParameterizedTest
  @MethodSource("thoseThatChangeSomething")
  void refusesACookieThatComesWithoutItsToken(Procedure<?, ?> procedure) {
    var response =
        call(
            procedure,
            _ -> {},
            (path, body) ->
                server.send(procedure.route().method().name(), path, owner, null, body));

    assertRefused(response, 403, "cross_site");
  }

  @ParameterizedTest
  @MethodSource("thoseThatNameAKey")
  void findsNoKeyOfAnotherOrganisation(Procedure<?, ?> procedure) {
    assertRefused(call(procedure, owner, _ -> {}), 404, "key_not_found");
  }

  @ParameterizedTest
  @MethodSource("thoseThatNameAMandateOrACollection")
  void findsNoDebitOfAnotherOrganisation(Procedure<?, ?> procedure) {
    var reason = needs(procedure, MandateId.class) ? "mandate_not_found" : "collection_not_found";

    assertRefused(call(procedure, owner, _ -> {}), 404, reason);
  }

  /// What an advice could be assigned to is not looked for before the advice is.
  @ParameterizedTest
  @MethodSource("thoseThatNameAnAdvice")
  void findsNoAdviceWhereNobodyCollects(Procedure<?, ?> procedure) {
    assertRefused(call(procedure, owner, _ -> {}), 409, "no_service_user");
  }

  @ParameterizedTest
  @MethodSource("thoseThatNameAnOrganisation")
  void findsNoOtherOrganisation(Procedure<?, ?> procedure) {
    var response = call(procedure, owner, input -> input.put("id", theirs.id()));

    assertRefused(response, 404, "organisation_not_found");
  }

  @ParameterizedTest
  @MethodSource("thoseThatNameAWorkspace")
  void answersForAnotherWorkspaceAsForOneThatIsNotThere(Procedure<?, ?> procedure) {
    var foreign = call(procedure, owner, in(procedure, theirs.workspaceId()));
    var none = call(procedure, owner, in(procedure, "wks_none"));

    assertRefused(foreign, 404, "workspace_not_found");
    assertThat(foreign.body()).isEqualTo(none.body());
  }

  @ParameterizedTest
  @MethodSource("procedures")
  void tellsNothingOfAnotherOrganisation(Procedure<?, ?> procedure) {
    var response = call(procedure, owner, _ -> {});

    assertThat(response.body()).doesNotContain(theirs.id(), theirs.workspaceId(), "Theirs");
  }

  private JsonNode createMandate(String key) {
    var created =
        server.post(
            "/trpc/mandates.create",
            key,
            """
            {"payer": {"name": "Their Payer"},
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

  private interface Filling {
    void fill(ObjectNode input);
  }

  /// Names a workspace, and whatever else is needed to get as far as looking for it.
  private static Filling in(Procedure<?, ?> procedure, String workspace) {
    return input -> {
      input.put("workspace_id", workspace);
      if (procedure.fields().stream().anyMatch(field -> field.name().equals("created_by"))) {
        input.put("created_by", "nobody");
      }
      if (input.has("scopes")) input.putArray("scopes").add(READ.token());
    };
  }

  private Response call(Procedure<?, ?> procedure, @Nullable String key) {
    return call(
        procedure,
        _ -> {},
        (path, body) -> server.send(procedure.route().method().name(), path, key, body));
  }

  private Response call(Procedure<?, ?> procedure, SignedIn person, Filling filling) {
    return call(
        procedure,
        filling,
        (path, body) -> server.send(procedure.route().method().name(), path, person, body));
  }

  private Response call(
      Procedure<?, ?> procedure,
      Filling filling,
      BiFunction<String, @Nullable String, Response> sending) {
    var input = (ObjectNode) samples.of((Form.RecordForm) procedure.input().form());
    filling.fill(input);
    var path = new StringBuilder("/api");
    for (var segment : procedure.route().segments()) {
      path.append('/')
          .append(
              Route.isVariable(segment)
                  ? input.remove(Route.nameOf(segment)).textValue()
                  : segment);
    }
    if (procedure.route().method().hasBody())
      return sending.apply(path.toString(), input.toString());

    var query = new StringJoiner("&", "?", "").setEmptyValue("");
    for (var field : input.properties()) {
      query.add(
          field.getKey()
              + "="
              + URLEncoder.encode(field.getValue().asText(), StandardCharsets.UTF_8));
    }
    return sending.apply(path.append(query).toString(), null);
  }

  private static void assertRefused(Response response, int status, String reason) {
    assertThat(response.json().at("/error/reason").asText())
        .describedAs(response.body())
        .isEqualTo(reason);
    assertThat(response.status()).isEqualTo(status);
  }
}

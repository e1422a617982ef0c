package dev.keyreeve.procedure.openapi;

import static dev.keyreeve.access.decision.Requirement.possession;
import static dev.keyreeve.access.decision.Requirement.signedIn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.keyreeve.access.decision.Audience;
import dev.keyreeve.access.decision.Requirement;
import dev.keyreeve.access.scope.Role;
import dev.keyreeve.access.scope.ScopeCatalogue;
import dev.keyreeve.procedure.Api;
import dev.keyreeve.procedure.Declaration;
import dev.keyreeve.procedure.Golden;
import dev.keyreeve.procedure.MandatesApi;
import dev.keyreeve.procedure.NotesApi;
import dev.keyreeve.procedure.Outcome;
import dev.keyreeve.procedure.RestForm;
import dev.keyreeve.procedure.Route;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

@NullMarked
class OpenApiTest {
  record Invite(String token) {}

  record Failure(String token) {}

  @Test
  void describesEveryProcedureOfAnApi() {
    var document = OpenApi.document(MandatesApi.api(), "/dd/v1", "1.0.0");

    Golden.assertMatches(getClass(), "mandates.openapi.json", document);
  }

  @Test
  void describesWhatAnswersSayBesideTheirValue() {
    Golden.assertMatches(
        getClass(), "notes.openapi.json", OpenApi.document(NotesApi.api(), "/nn", "1.0.0"));
  }

  @Test
  void promisesNoStatusInGeneralWhereTheyDiffer() throws JsonProcessingException {
    var document = read(NotesApi.api(RestForm.ENVELOPED));

    assertThat(document.at("/info/description").asText())
        .startsWith("A success has `{\"success\": true, \"data\": ...}`.");
    assertThat(document.at("/paths/~1notes/post/responses/201/content").toString())
        .contains("\"success\":{\"const\":true}");
  }

  @Test
  void describesValuesWithoutAnEnvelopeWhereTheApiAnswersPlainly() throws JsonProcessingException {
    var options = Api.Options.USUAL.answeringIn(RestForm.PLAIN);

    var document = read(MandatesApi.api(options));

    assertThat(document.at("/paths/~1mandates~1{id}/get/responses/200/content"))
        .hasToString(
            "{\"application/json\":{\"schema\":{\"$ref\":\"#/components/schemas/MandateView\"}}}");
    assertThat(document.at("/components/responses/not_found/content"))
        .hasToString(
            "{\"application/problem+json\":"
                + "{\"schema\":{\"$ref\":\"#/components/schemas/ProblemDetails\"}}}");
    assertThat(document.at("/components/schemas/Failure").isMissingNode()).isTrue();
    assertThat(document.at("/components/schemas/ProblemDetails/required").toString())
        .doesNotContain("instance");
    assertThat(document.at("/info/description").asText()).doesNotContain("success");
  }

  @Test
  void asksEveryoneForNoCredential() throws JsonProcessingException {
    var document = read(api(new Audience.Everyone(), possession("an invite"), Invite.class));

    assertThat(document.get("security")).isEmpty();
    assertThat(document.at("/components/securitySchemes")).isEmpty();
    assertThat(statuses(document)).containsExactly("200", "400", "413", "415", "429", "500", "503");
  }

  @Test
  void asksPeopleForASessionOrTheCommandLinesToken() throws JsonProcessingException {
    var document = read(api(new Audience.People(), signedIn(Role.ADMIN), Invite.class));

    assertThat(document.get("security")).hasToString("[{\"bearer\":[]},{\"session\":[]}]");
    assertThat(statuses(document))
        .containsExactly("200", "400", "401", "403", "413", "415", "429", "500", "503");
  }

  @Test
  void keepsTheNamesOfRefusalsFree() {
    var api = api(new Audience.Everyone(), possession("an invite"), Failure.class);

    assertThatThrownBy(() -> OpenApi.document(api, "/invites", "1.0.0"))
        .hasMessage("a record is called Failure, as a refusal's form is");
  }

  private static <T> Api api(Audience audience, Requirement requirement, Class<T> type) {
    return new Api(
        "one",
        "One procedure",
        audience,
        ScopeCatalogue.of(),
        List.of(
            Declaration.mutation("invite.view", requirement, Route.post("/view"))
                .about("Shows an invite.")
                .takes(type)
                .gives(type)
                .by(call -> Outcome.done(call.input()))));
  }

  private static JsonNode read(Api api) throws JsonProcessingException {
    return new JsonMapper().readTree(OpenApi.document(api, "/one/v1", "1.0.0"));
  }

  private static List<String> statuses(JsonNode document) {
    var responses = document.at("/paths/~1view/post/responses");
    return responses.properties().stream().map(Map.Entry::getKey).toList();
  }
}

package dev.keyreeve.procedure.protocol;

import static dev.keyreeve.procedure.protocol.NotesServer.headers;
import static dev.keyreeve.procedure.protocol.NotesServer.refusal;
import static dev.keyreeve.procedure.protocol.NotesServer.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyreeve.access.decision.Audience;
import dev.keyreeve.access.decision.Requirement;
import dev.keyreeve.access.scope.ScopeCatalogue;
import dev.keyreeve.procedure.Api;
import dev.keyreeve.procedure.Conditional;
import dev.keyreeve.procedure.Declaration;
import dev.keyreeve.procedure.Outcome;
import dev.keyreeve.procedure.Route;
import dev.keyreeve.procedure.http.ETag;
import dev.keyreeve.procedure.http.ETags;
import dev.keyreeve.procedure.http.Reply;
import java.util.List;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What a declaration says of its answers and of conditions, in both protocols.
@NullMarked
class AnswersTest {
  private static final String NOTE =
      "{\"id\":7,\"text\":\"Buy milk.\",\"remark\":\"soon\",\"signature\":\"A. B.\"}";

  private final NotesServer server = new NotesServer();

  @Test
  void tellsWhereWhatWasCreatedIsShown() {
    var reply = server.json("POST /nn/notes", "{\"text\":\"Buy milk.\"}");

    assertThat(reply.status()).isEqualTo(201);
    assertThat(headers(reply)).containsExactly("location: /nn/notes/7", "etag: \"3\"");
    assertThat(text(reply)).isEqualTo("{\"id\":7,\"text\":\"Buy milk.\"}");
  }

  @Test
  void showsTheSameToTrpcAsFieldsOfTheValue() {
    var reply = server.json("POST /nn/trpc/notes.create", "{\"text\":\"Buy milk.\"}");

    assertThat(reply.status()).isEqualTo(200);
    assertThat(headers(reply)).isEmpty();
    assertThat(text(reply))
        .isEqualTo(
            "{\"result\":{\"data\":{\"id\":7,\"text\":\"Buy milk.\","
                + "\"location\":\"/notes/7\",\"etag\":\"\\\"3\\\"\"}}}");
  }

  @ParameterizedTest
  @CsvSource({"7, 2", "8, ''"})
  void tellsWhenToLookAgainWhereThatHelps(int note, String seconds) {
    var reply = server.json("POST /nn/notes/" + note + "/print", "");

    assertThat(reply.status()).isEqualTo(202);
    assertThat(headers(reply))
        .isEqualTo(seconds.isEmpty() ? List.of() : List.of("retry-after: " + seconds));
  }

  @Test
  void tellsTrpcTheWaitInMilliseconds() {
    assertThat(text(server.json("POST /nn/trpc/notes.print", "{\"id\":7}")))
        .contains("\"done\":false,\"retryAfterMs\":1500}");
    assertThat(text(server.json("POST /nn/trpc/notes.print", "{\"id\":8}")))
        .contains("\"done\":true}");
  }

  @Test
  void showsNothingWhereThereIsNoContent() {
    var reply = server.send("DELETE /nn/notes/7", "");

    assertThat(reply.status()).isEqualTo(204);
    assertThat(reply.body()).isEmpty();
    assertThat(reply.header("content-type")).isNull();
    assertThat(reply.header("cache-control")).isEqualTo("no-store");
  }

  @Test
  void givesTrpcTheValueWhereRestHasNoContent() {
    var reply = server.json("POST /nn/trpc/notes.remove", "{\"id\":7}");

    assertThat(reply.status()).isEqualTo(200);
    assertThat(text(reply)).isEqualTo("{\"result\":{\"data\":" + NOTE + "}}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          "3"                        | 304
          W/"3"                      | 304
          *                          | 304
          "1", "2" , W/"3"           | 304
          ,, "3" ,                   | 304
          "a,b", "3"                 | 304
          "4"                        | 200
          "1", "2"                   | 200
          "", "33"                   | 200
          """)
  void answersNotModifiedToWhoHasItAlready(String states, int status) {
    var reply = server.send("GET /nn/notes/7\nIf-None-Match: " + states, "");

    assertThat(reply.status()).isEqualTo(status);
    assertThat(headers(reply)).containsExactly("etag: \"3\"");
    assertThat(text(reply)).isEqualTo(status == 304 ? "" : NOTE);
    assertThat(reply.header("content-type")).isEqualTo(status == 304 ? null : "application/json");
  }

  @Test
  void takesSeveralLinesOfAConditionForOneList() {
    var reply = server.send("GET /nn/notes/7\nIf-None-Match: \"1\"\nif-none-match: \"3\"", "");

    assertThat(reply.status()).isEqualTo(304);
  }

  @Test
  void answersHeadAsGetWithoutTheBody() {
    assertThat(server.send("HEAD /nn/notes/7\nIf-None-Match: \"3\"", "").status()).isEqualTo(304);
    var reply = server.send("HEAD /nn/notes/7\nIf-None-Match: \"4\"", "");

    assertThat(reply.status()).isEqualTo(200);
    assertThat(headers(reply)).containsExactly("etag: \"3\"");
    assertThat(reply.body()).isEmpty();
  }

  @Test
  void tellsThatANoteIsGoneWhateverTheCallerHas() {
    assertThat(refusal(server.send("GET /nn/notes/404\nIf-None-Match: *", "")))
        .containsExactly("404 no_such_note");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "3",
        "\"3",
        "W\"3\"",
        "w/\"3\"",
        "\"1\" \"3\"",
        "*, \"3\"",
        "\"a b\"",
        ",",
        "\"3\";"
      })
  void refusesStatesThatAreNone(String states) {
    assertThat(refusal(server.send("GET /nn/notes/7\nIf-None-Match: " + states, "")))
        .containsExactly("400 invalid_input", "If-None-Match bad_format");
    assertThat(refusal(update("If-Match: " + states, "{}")))
        .containsExactly("400 invalid_input", "ifMatch bad_format");
  }

  @Test
  void refusesAListOfStatesWithoutEnd() {
    var states = "\"1\", ".repeat(2_000) + "\"3\"";

    assertThat(refusal(update("If-Match: " + states, "{}")))
        .containsExactly("400 invalid_input", "ifMatch too_long");
    assertThat(server.send("GET /nn/notes/7\nIf-None-Match: " + states, "").status())
        .isEqualTo(304);
  }

  @Test
  void refusesTheConditionThatACallDoesNotTake() {
    assertThat(refusal(server.send("GET /nn/notes/7\nIf-Match: \"3\"\nIf-None-Match: \"3\"", "")))
        .containsExactly("400 invalid_input", "If-Match unexpected_header");
    assertThat(refusal(update("If-Match: \"3\"\nIf-None-Match: *", "{}")))
        .containsExactly("400 invalid_input", "If-None-Match unexpected_header");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          "3"        | 200
          "1", "3"   | 200
          *          | 200
          W/"3"      | 412
          "4"        | 412
          """)
  void changesWhatIsInTheStateThatIsMeant(String states, int status) {
    assertThat(update("If-Match: " + states, "{\"remark\":null}").status()).isEqualTo(status);
    assertThat(server.send("DELETE /nn/notes/7\nIf-Match: " + states, "").status() == 204)
        .isEqualTo(status == 200);
  }

  @Test
  void refusesAChangeOfAnotherStateInTheFormOfEachProtocol() {
    var rest = update("If-Match: \"4\"", "{}");
    var trpc = server.json("POST /nn/trpc/notes.update", "{\"id\":7,\"ifMatch\":\"\\\"4\\\"\"}");

    assertThat(refusal(rest)).containsExactly("412 precondition_failed");
    assertThat(rest.header("content-type")).isEqualTo("application/problem+json");
    assertThat(refusal(trpc)).containsExactly("412 precondition_failed");
    assertThat(text(trpc)).contains("\"code\":-32012,", "\"code\":\"PRECONDITION_FAILED\"");
  }

  @Test
  void takesTheStateFromAFieldInTrpcAsItWasShown() {
    var shown = "\\\"3\\\"";

    var reply =
        server.json(
            "POST /nn/trpc/notes.update",
            "{\"id\":7,\"ifMatch\":\"" + shown + "\",\"remark\":\"later\"}");

    assertThat(text(reply)).contains("\"remark\":\"later\"", "\"etag\":\"" + shown + "\"");
  }

  @Test
  void demandsAStateWhereTheDeclarationDoes() {
    assertThat(refusal(update("Accept: */*", "{}")))
        .containsExactly("428 precondition_required", "ifMatch required");
    var trpc = server.json("POST /nn/trpc/notes.update", "{\"id\":7,\"ifMatch\":null}");
    assertThat(refusal(trpc)).contains("428 precondition_required", "ifMatch required");
    assertThat(text(trpc)).contains("\"code\":-32028,");
    assertThat(server.send("DELETE /nn/notes/7", "").status()).isEqualTo(204);
  }

  @Test
  void tellsWhatElseIsWrongWithACallThatNamesNoState() {
    assertThat(refusal(update("Accept: */*", "{\"remark\":7,\"remrk\":1}")))
        .containsExactly(
            "428 precondition_required",
            "ifMatch required",
            "remark wrong_type",
            "remrk unknown_field");
  }

  @Test
  void takesTheStateFromNowhereButTheHeaderInRest() {
    assertThat(refusal(update("If-Match: \"3\"", "{\"ifMatch\":\"\\\"3\\\"\"}")))
        .containsExactly("400 invalid_input", "ifMatch unknown_field");
    assertThat(refusal(server.send("DELETE /nn/notes/7?ifMatch=*", "")))
        .containsExactly("400 invalid_input", "ifMatch unknown_field");
  }

  @Test
  void tellsNullFromAbsentInAPatch() {
    assertThat(text(update("If-Match: *", "{\"remark\":null,\"signature\":{\"name\":null}}")))
        .isEqualTo("{\"id\":7,\"text\":\"Buy milk.\"}");
    assertThat(text(update("If-Match: *", "{\"signature\":{}}"))).isEqualTo(NOTE);
    assertThat(text(update("If-Match: *", ""))).isEqualTo(NOTE);
  }

  record Nothing() {}

  record Told(String etag) {}

  record Asked(@Nullable ETags ifMatch) implements Conditional {}

  record Unasked() implements Conditional {
    @Override
    public @Nullable ETags ifMatch() {
      return null;
    }
  }

  @Test
  void stopsTheStartOverADeclarationThatCannotHold() {
    assertThatThrownBy(
            () ->
                told(Route.post("/a")).tagged(_ -> ETag.of(1)).by(_ -> Outcome.done(new Told(""))))
        .hasMessage("a.b: its output is an object without a field etag");
    assertThatThrownBy(
            () ->
                mutation(Route.post("/a"))
                    .takes(Nothing.class)
                    .gives(String.class)
                    .tagged(_ -> ETag.of(1))
                    .by(_ -> Outcome.done("")))
        .hasMessage("a.b: its output is an object without a field etag");
    assertThatThrownBy(
            () ->
                told(Route.post("/a"))
                    .retriedAfter(_ -> null)
                    .retriedAfter(_ -> null)
                    .by(_ -> Outcome.done(new Told(""))))
        .hasMessage("an answer has one Retry-After at most");
    assertThatThrownBy(() -> told(Route.post("/a")).locatedAt(Route.get("/a/{id}")))
        .hasMessage("GET /a/{id} needs a value for each of its variables");
    assertThatThrownBy(
            () ->
                mutation(Route.post("/a"))
                    .takes(Unasked.class)
                    .gives(Nothing.class)
                    .by(_ -> Outcome.done(new Nothing())))
        .hasMessage("Unasked has no field for what If-Match says");
    assertThatThrownBy(
            () ->
                Declaration.query("a.b", Requirement.possession("an invite"), Route.post("/a"))
                    .about("Reads.")
                    .takes(Asked.class)
                    .gives(Nothing.class)
                    .by(_ -> Outcome.done(new Nothing())))
        .hasMessage("a.b: what changes nothing takes no If-Match");
  }

  @Test
  void leadsNowhereButToAQueryOfItsApi() {
    var leads =
        told(Route.post("/a")).locatedAt(Route.get("/b")).by(_ -> Outcome.done(new Told("")));

    assertThatThrownBy(
            () -> new Api("a", "A", new Audience.Everyone(), ScopeCatalogue.of(), List.of(leads)))
        .hasMessage("a.b leads to GET /b, where no query is");
  }

  private static Declaration mutation(Route route) {
    return Declaration.mutation("a.b", Requirement.possession("an invite"), route).about("Does.");
  }

  private static Declaration.Giving<Nothing, Told> told(Route route) {
    return mutation(route).takes(Nothing.class).gives(Told.class);
  }

  private Reply update(String header, String body) {
    return server.json("PATCH /nn/notes/7\n" + header, body);
  }
}

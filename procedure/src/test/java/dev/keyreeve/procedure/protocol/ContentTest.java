package dev.keyreeve.procedure.protocol;

import static dev.keyreeve.procedure.protocol.NotesServer.headers;
import static dev.keyreeve.procedure.protocol.NotesServer.refusal;
import static dev.keyreeve.procedure.protocol.NotesServer.text;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyreeve.access.decision.Requirement;
import dev.keyreeve.procedure.Bulk;
import dev.keyreeve.procedure.Declaration;
import dev.keyreeve.procedure.Outcome;
import dev.keyreeve.procedure.Procedure;
import dev.keyreeve.procedure.Route;
import dev.keyreeve.procedure.http.Reply;
import dev.keyreeve.procedure.shape.Content;
import dev.keyreeve.procedure.shape.Media;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Bytes that go in and out, as they are in REST and as base64 in tRPC.
@NullMarked
class ContentTest {
  private final NotesServer server = new NotesServer();

  @Test
  void takesTheBodyAsItIsAndTheOtherFieldsFromTheQuery() {
    byte[] bytes = {0, -1, '{', '"', -61};

    var reply =
        server.send(
            "POST /nn/notes/7/files?caption=Milk&fileName=a.png\nContent-Type: Image/PNG; q=1",
            bytes);

    assertThat(reply.status()).isEqualTo(201);
    assertThat(text(reply))
        .isEqualTo(
            "{\"mediaType\":\"image/png\",\"bytes\":5,\"fileName\":\"a.png\","
                + "\"caption\":\"Milk\"}");
  }

  @Test
  void takesTheSameAsBase64InTrpc() {
    var reply =
        attach("{\"mediaType\":\"image/png\",\"base64\":\"AP97IsM=\",\"fileName\":\"a.png\"}");

    assertThat(text(reply))
        .isEqualTo(
            "{\"result\":{\"data\":{\"mediaType\":\"image/png\",\"bytes\":5,"
                + "\"fileName\":\"a.png\"}}}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\nContent-Type: image/jpeg", "\nContent-Type: image/png,text/plain"})
  void refusesOtherMediaTypes(String contentType) {
    assertThat(refusal(server.send("POST /nn/notes/7/files" + contentType, "x")))
        .containsExactly("415 unsupported_media_type", "file.mediaType unsupported_media_type");
  }

  @Test
  void refusesOtherMediaTypesInTheFormOfTrpc() {
    var reply = attach("{\"mediaType\":\"image/jpeg\",\"base64\":\"AA==\"}");

    assertThat(refusal(reply))
        .containsExactly("415 unsupported_media_type", "file.mediaType unsupported_media_type");
    assertThat(text(reply)).contains("\"code\":-32015,");
  }

  @Test
  void refusesMoreBytesThanItTakes() {
    var body = new byte[2_001];
    var head = "POST /nn/notes/7/files\nContent-Type: image/png";
    var base64 = Base64.getEncoder().encodeToString(body);

    var trpc = attach("{\"mediaType\":\"image/png\",\"base64\":\"" + base64 + "\"}");

    assertThat(refusal(server.send(head, body))).containsExactly("413 too_large");
    assertThat(server.send(head, Arrays.copyOf(body, 2_000)).status()).isEqualTo(201);
    assertThat(refusal(trpc)).containsExactly("413 too_large", "file.base64 too_large");
    assertThat(text(trpc)).contains("\"code\":-32013,");
  }

  @Test
  void takesAsMuchInABatchOfOneCall() {
    var base64 = Base64.getEncoder().encodeToString(new byte[1024 * 1024]);
    var input =
        "{\"id\":7,\"picture\":{\"mediaType\":\"image/png\",\"base64\":\"" + base64 + "\"}}";

    var single = server.json("POST /nn/trpc/notes.illustrate", input);
    var batch = server.json("POST /nn/trpc/notes.illustrate?batch=1", "{\"0\":" + input + "}");

    assertThat(text(single)).contains("\"bytes\":1048576");
    assertThat(text(batch)).contains("\"bytes\":1048576");
  }

  @Test
  void takesAnEmptyBodyForNoContent() {
    assertThat(refusal(server.send("POST /nn/notes/7/files\nContent-Type: image/png", "")))
        .containsExactly("400 invalid_input", "file required");
    assertThat(text(server.send("PUT /nn/notes/7/picture\nContent-Type: image/png", "")))
        .isEqualTo("{\"mediaType\":\"none\",\"bytes\":0}");
    assertThat(refusal(server.send("PUT /nn/notes/7/picture?fileName=a.png", "")))
        .containsExactly(
            "400 invalid_input", "picture.mediaType required", "picture.base64 required");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ""         | too_short
          "AA"       | bad_format
          "AA="      | bad_format
          "AB=="     | bad_format
          "A A="     | bad_format
          "AA==\\n"  | bad_format
          "-_8="     | bad_format
          "AA==AA==" | bad_format
          "=A=="     | bad_format
          "\u00e9"   | bad_format
          7          | wrong_type
          ["AA=="]   | wrong_type
          null       | required
          """)
  void refusesWhatIsNoBase64(String base64, String code) {
    assertThat(refusal(attach("{\"mediaType\":\"image/png\",\"base64\":" + base64 + "}")))
        .containsExactly("400 invalid_input", "file.base64 " + code);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "..", "a/b", "a\\\\b", "a\\nb", "a\\u0000", "a\\u202etxt", "a\\u2028b"})
  void refusesNamesThatAreNone(String name) {
    assertThat(
            refusal(
                attach(
                    "{\"mediaType\":\"image/png\",\"base64\":\"AA==\",\"fileName\":\""
                        + name
                        + "\"}")))
        .containsExactly("400 invalid_input", "file.fileName bad_format");
  }

  @Test
  void tellsAllIssuesOfAContentAtOnce() {
    assertThat(
            refusal(
                attach("{\"mediaType\":\"image/gif\",\"base64\":\"*\",\"fileName\":7,\"nam\":1}")))
        .containsExactly(
            "415 unsupported_media_type",
            "file.mediaType unsupported_media_type",
            "file.base64 bad_format",
            "file.fileName wrong_type",
            "file.nam unknown_field");
    assertThat(
            refusal(
                server.send(
                    "POST /nn/notes/1000/files?file=x&capton=y\nContent-Type: image/png", "x")))
        .containsExactly(
            "400 invalid_input", "file unknown_field", "id out_of_range", "capton unknown_field");
    assertThat(refusal(attach("\"AA==\""))).containsExactly("400 invalid_input", "file wrong_type");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          7 | attachment; filename="a.txt"
          5 | attachment
          8 | attachment; filename="r_sum_ _1_.txt"; filename*=UTF-8''r%C3%A9sum%C3%A9%20%221%22.txt
          """)
  void givesBytesAsTheyAre(int note, String disposition) {
    var reply = server.send("GET /nn/notes/" + note + "/file", "");

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.header("content-type")).isEqualTo("text/plain");
    assertThat(reply.header("cache-control")).isEqualTo("no-store");
    assertThat(headers(reply))
        .containsExactly("content-disposition: " + disposition, "etag: \"3\"");
    assertThat(text(reply)).isEqualTo("Buy milk.");
  }

  @Test
  void givesThemAsBase64InTrpc() {
    var reply = server.send("GET /nn/trpc/notes.file?input=%7B%22id%22:7%7D", "");

    assertThat(text(reply))
        .isEqualTo(
            "{\"result\":{\"data\":{\"mediaType\":\"text/plain\",\"base64\":\"QnV5IG1pbGsu\","
                + "\"fileName\":\"a.txt\",\"etag\":\"\\\"3\\\"\"}}}");
  }

  @Test
  void givesNoBytesToWhoHasThemOrAsksForTheHeadAlone() {
    var known = server.send("GET /nn/notes/7/file\nIf-None-Match: \"3\"", "");
    var head = server.send("HEAD /nn/notes/7/file", "");

    assertThat(known.status()).isEqualTo(304);
    assertThat(known.body()).isEmpty();
    assertThat(head.status()).isEqualTo(200);
    assertThat(head.header("content-type")).isEqualTo("text/plain");
    assertThat(head.body()).isEmpty();
  }

  @Test
  void tellsARefusalAsAlwaysWhereBytesAreGiven() {
    var reply = server.send("GET /nn/notes/404/file\nAccept: text/plain", "");

    assertThat(refusal(reply)).containsExactly("404 no_such_note");
    assertThat(reply.header("content-type")).isEqualTo("application/problem+json");
  }

  @Test
  void givesNoKindThatIsNotDeclared() {
    assertThatThrownBy(() -> server.send("GET /nn/notes/9/file", ""))
        .hasMessage("text/html is not declared");
    assertThat(server.send("GET /nn/trpc/notes.file?input=%7B%22id%22:9%7D", "").status())
        .isEqualTo(500);
  }

  record Two(@Media(types = "a/b") Content one, @Media(types = "a/b") Content two) {}

  record Named(String fileName, @Media(types = "a/b") Content content) {}

  record One(@Media(types = "a/b") Content content) {}

  record Done() {}

  @Test
  void stopsTheStartOverADeclarationThatCannotHold() {
    for (var input : new Class<?>[] {Two.class, Named.class}) {
      assertThatThrownBy(() -> taking(input, Route.post("/a")))
          .hasMessage("a.b: an input carries one content, whose fileName is its own");
    }
    assertThatThrownBy(() -> taking(One.class, Route.delete("/a")))
        .hasMessage("a.b does not fit its route DELETE /a");
    assertThatThrownBy(() -> Bulk.of(taking(One.class, Route.post("/a")), "a.c", Route.post("/c")))
        .hasMessage("a.b has no bulk form");
  }

  @Test
  void showsNoneOfItsBytes() {
    var content = new Content("text/plain", "secret".getBytes(UTF_8), "papers.txt");

    assertThat(content)
        .hasToString("text/plain of 6 bytes")
        .isEqualTo(new Content("text/plain", "secret".getBytes(UTF_8), "papers.txt"))
        .hasSameHashCodeAs(new Content("text/plain", "secret".getBytes(UTF_8), null))
        .isNotEqualTo(new Content("text/plain", "secreT".getBytes(UTF_8), "papers.txt"));
  }

  private static <I> Procedure<I, Done> taking(Class<I> input, Route route) {
    return Declaration.mutation("a.b", Requirement.possession("an invite"), route)
        .about("Does.")
        .takes(input)
        .gives(Done.class)
        .by(_ -> Outcome.done(new Done()));
  }

  private Reply attach(String file) {
    return server.json("POST /nn/trpc/notes.attach", "{\"id\":7,\"file\":" + file + "}");
  }
}

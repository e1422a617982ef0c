package dev.keyreeve.server.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyreeve.server.node.RawSocket.Answer;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What no well-behaved client sends, byte by byte, and what comes back.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(60)
final class RawSocketTest {
  private final TestServer server = TestServer.start();
  private final String workspace = server.organisation("Raw", 1_000_000).workspaceId();
  private final String key = server.fullKey(workspace);
  private int mandates;

  @AfterAll
  void stop() {
    server.close();
  }

  // the target

  @ParameterizedTest
  @ValueSource(
      strings = {
        "//me", "/./me", "/../v1/me", "/me/", "/me/..", "/me;a=b", "/%6de", "/%2e/me", "/%2E%2E/me",
        "/a%2fb", "/a%5Cb", "/a\\b", "/a%3Bb", "/a%25b", "/a%00b", "/a%0d%0ab", "/a%zzb",
            "/a%c0%afb",
        "/a%e2%80", "/%ff", "/caf\u00e9", "/a|b", "/me#a"
      })
  void refusesAPathThatIsNotCanonicalInTheFormOfItsProtocol(String rest) {
    var onRest = only("GET /dd/v1" + rest + " HTTP/1.1\r\n" + head() + "\r\n");
    var onTrpc = only("GET /trpc" + rest + " HTTP/1.1\r\n" + head() + "\r\n");

    assertThat(onRest.status()).isIn(400, 404);
    assertThat(onRest.json().path("success").asBoolean(true)).isFalse();
    assertThat(onTrpc.status()).isIn(400, 404);
    assertThat(onTrpc.json().at("/error/data/httpStatus").asInt()).isEqualTo(onTrpc.status());
    if (!rest.endsWith("/")) {
      assertThat(onRest.json().at("/error/reason").asText()).isEqualTo("ambiguous_path");
      assertThat(onTrpc.json().at("/error/data/reason").asText()).isEqualTo("ambiguous_path");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "OPTIONS, *, 400, invalid_target",
    "GET, http://localhost/dd/v1/me, 400, invalid_target",
    "GET, //localhost/dd/v1/me, 400, ambiguous_path",
    "CONNECT, localhost:80, 400, invalid_target",
    "get, /dd/v1/me, 400, invalid_method",
    "G!T, /dd/v1/me, 400, invalid_method",
    "FOO, /dd/v1/me, 405, method_not_allowed",
    "TRACE, /dd/v1/me, 405, method_not_allowed",
    "OPTIONS, /dd/v1/me, 405, method_not_allowed",
    "DELETE, /healthz, 405, method_not_allowed",
    "GET, /nothing, 403, wrong_key_type",
    "GET, /dd/v1/me?a=1&a=2, 400, ambiguous_query",
    "GET, /dd/v1/me?a=%zz, 400, malformed_query"
  })
  void knowsOneFormOfTargetAndTheMethodsOfEachPath(
      String method, String target, int status, String reason) {
    var answer = only(method + " " + target + " HTTP/1.1\r\n" + head() + "\r\n");

    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.json().at("/error/reason").asText()).isEqualTo(reason);
  }

  @ParameterizedTest
  @ValueSource(strings = {"api_key", "apiKey", "access_token", "connectionParams", "api%5Fkey"})
  void refusesACredentialInTheUrlAndDoesNotRepeatIt(String name) {
    var onRest = only(get("/dd/v1/me?" + name + "=" + key, "Host: a\r\n"));
    var onTrpc = only(get("/trpc/auth.whoami?" + name + "=" + key, "Host: a\r\n"));

    assertThat(onRest.json().at("/error/reason").asText()).isEqualTo("credential_in_url");
    assertThat(onTrpc.json().at("/error/data/reason").asText()).isEqualTo("credential_in_url");
    assertThat(onRest.body() + onTrpc.body()).doesNotContain(key);
  }

  // header lines

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Authorization: Bearer KEY\\nAuthorization: Bearer KEY | 400 | ambiguous_credential",
        "Authorization: Bearer KEY\\nauthorization: Bearer other | 400 | ambiguous_credential",
        "Authorization: Bearer KEY, Bearer KEY | 400 | ambiguous_credential",
        "Authorization: Bearer KEY,KEY | 400 | ambiguous_credential",
        "X-API-Key: KEY\\nX-API-Key: KEY | 400 | ambiguous_credential",
        "X-API-Key: KEY, KEY | 400 | ambiguous_credential",
        "Authorization: Bearer KEY\\nX-API-Key: other | 400 | ambiguous_credential",
        "Authorization: Basic a2V5\\nX-API-Key: KEY | 400 | ambiguous_credential",
        "Authorization: Bearer KEY\\nX-API-Key: KEY | 200 |",
        "Authorization: Bearer KEY\\nCookie: __Host-keyreeve=abc | 200 |",
        "Authorization: KEY | 401 | invalid_key",
        "Authorization: Bearer | 401 | invalid_key",
        "Cookie: __Host-keyreeve=abc | 401 | session_ended",
        "Cookie: __Host-keyreeve=a; __Host-keyreeve=b | 400 | ambiguous_credential",
        "X: y | 401 | missing_credential"
      })
  void readsExactlyOneCredential(String lines, int status, String reason) {
    var headers = lines.replace("KEY", key).replace("\\n", "\r\n") + "\r\nHost: a\r\n";

    var onRest = only(get("/dd/v1/me", headers));
    var onTrpc = only(get("/trpc/auth.whoami", headers));

    assertThat(onRest.status()).isEqualTo(status);
    assertThat(onTrpc.status()).isEqualTo(status);
    if (reason != null) {
      assertThat(onRest.json().at("/error/reason").asText()).isEqualTo(reason);
      assertThat(onTrpc.json().at("/error/data/reason").asText()).isEqualTo(reason);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "X-Forwarded-For: 127.0.0.1",
        "X-Forwarded-For: ",
        "x-forwarded-for: 10.0.0.1, 127.0.0.1",
        "X-Forwarded-Uri: /dd/v1/me",
        "X-Forwarded-Host: a",
        "Forwarded: for=127.0.0.1",
        "X-Real-IP: 127.0.0.1"
      })
  void believesNoForwardingHeaderOfAStranger(String line) {
    var answer = only(get("/dd/v1/me", head() + line + "\r\n"));

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.json().at("/error/reason").asText()).isEqualTo("untrusted_forwarding");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Host: a\r\nHost: a\r\n", "Host: a\r\nhost: b\r\n", "Host:\r\n"})
  void refusesARequestWithoutExactlyOneHost(String hosts) {
    var answer = only(get("/dd/v1/me", hosts + authorization()));

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.json().at("/error/reason").asText()).isEqualTo("invalid_host");
  }

  // framing

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length: 4\nTransfer-Encoding: chunked",
        "Transfer-Encoding: chunked\nContent-Length: 4",
        "Content-Length: 4\nContent-Length: 4",
        "Content-Length: 4\nContent-Length: 0",
        "Content-Length: 4, 4",
        "Content-Length: +4",
        "Content-Length: -4",
        "Content-Length: 0x4",
        "Content-Length: 4 4",
        "Content-Length: 99999999999999999999",
        "Content-Length : 4",
        "Transfer-Encoding: identity",
        "Transfer-Encoding: xchunked",
        "Transfer-Encoding: chunked, identity",
        "Transfer-Encoding: gzip, chunked",
        "Transfer-Encoding: chunked\nTransfer-Encoding: chunked",
        "Transfer-Encoding: chunked\nTransfer-Encoding: identity",
        "Transfer-Encoding:\u000bchunked",
        "Transfer-Encoding : chunked",
        "Transfer-Encoding:\n chunked",
        "X: a\n Transfer-Encoding: chunked\nContent-Length: 4\nContent-Length: 5"
      })
  void endsTheConnectionWhereTheLengthOfABodyIsUnclear(String lines) {
    var reference = nextReference();
    var headers = lines.replace("\n", "\r\n") + "\r\n";

    var answers =
        answers(
            "POST /dd/v1/mandates HTTP/1.1\r\n"
                + head()
                + "Content-Type: application/json\r\n"
                + headers
                + "\r\n0\r\n\r\n"
                + create(reference));

    assertThat(answers).singleElement().satisfies(RawSocketTest::isRefusalInRestForm);
    assertThat(mandates(reference)).isZero();
  }

  @Test
  void refusesTwoLengthsInTheFormOfTrpcOnItsPaths() {
    var answer =
        only(
            "POST /trpc/mandates.create HTTP/1.1\r\n"
                + head()
                + "Content-Type: application/json\r\nContent-Length: 4\r\n"
                + "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n");

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.json().at("/error/data/code").asText()).isEqualTo("BAD_REQUEST");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /dd/v1/me HTTP/1.1\nHost: a\r\n\r\n",
        "GET /dd/v1/me HTTP/1.1\r\nHost: a\nX: b\r\n\r\n",
        "GET /dd/v1/me HTTP/1.1\r\nHost: a\r\n\n",
        "GET /dd/v1/me HTTP/1.1\r\nHost: a\rX: b\r\n\r\n",
        "GET /dd/v1/me HTTP/1.1\r\nX: a\rb\r\nHost: a\r\n\r\n",
        "GET /dd/v1/me HTTP/1.1\r\n X: a\r\nHost: a\r\n\r\n",
        "GET /dd/v1/me HTTP/1.1\r\nX\r\nHost: a\r\n\r\n",
        "GET /dd/v1/me HTTP/1.1\r\nX\u0000: a\r\nHost: a\r\n\r\n",
        "GET /dd/v1/me HTTP/1.1\r\nX: a\u0000b\r\nHost: a\r\n\r\n",
        "GET /dd/v1/me a HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET /dd/v1/me\r\n\r\n",
        "GET\r\n\r\n",
        "\u0016\u0003\u0001\u0002\u0000\u0001\r\n\r\n"
      })
  void refusesWhatIsNotHttpAndEndsTheConnection(String text) {
    var reference = nextReference();

    var answers = answers(text + create(reference));

    assertThat(answers).singleElement().satisfies(RawSocketTest::isRefusalInRestForm);
    assertThat(mandates(reference)).isZero();
  }

  /// RFC 9112, section 5.2, leaves the choice between refusing a folded line and reading it as one
  /// with a space; no line that frames the body or names a credential can hold that space.
  @Test
  void readsAFoldedLineAsOneWithASpace() {
    var harmless = only(get("/dd/v1/me", head() + "X: a\r\n b\r\n"));
    var credential =
        only(get("/dd/v1/me", "Host: a\r\nX-API-Key: " + key + "\r\n " + key + "\r\n"));

    assertThat(harmless.status()).isEqualTo(200);
    assertThat(credential.status()).isEqualTo(401);
  }

  @Test
  void boundsTheRequestLineAndTheHeaders() {
    var line = only(get("/dd/v1/me?a=" + "x".repeat(17_000), head()));
    var headers = only(get("/dd/v1/me", head() + "X: " + "x".repeat(17_000) + "\r\n"));
    var manyHeaders = only(get("/trpc/auth.whoami", head() + "X: abcdefgh\r\n".repeat(2_000)));

    assertThat(line.status()).isEqualTo(400);
    assertThat(line.json().at("/error/message").asText()).contains("request line is too long");
    assertThat(headers.status()).isEqualTo(400);
    assertThat(headers.json().at("/error/message").asText()).contains("headers are too long");
    assertThat(manyHeaders.json().at("/error/data/httpStatus").asInt()).isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "zz\r\n{}\r\n0\r\n\r\n",
        "-2\r\n{}\r\n0\r\n\r\n",
        "+2\r\n{}\r\n0\r\n\r\n",
        "0x2\r\n{}\r\n0\r\n\r\n",
        "FFFFFFFFFFFFFFFF2\r\n{}\r\n0\r\n\r\n",
        "1\r\n{}\r\n0\r\n\r\n",
        "2;a\n{}\r\n0\r\n\r\n",
        "2;a=\"\r\n{}\r\n0\r\n\r\n\"\r\n{}\r\n0\r\n\r\n",
        "2\n{}\r\n0\r\n\r\n"
      })
  void refusesMalformedChunksAndEndsTheConnection(String chunks) {
    var reference = nextReference();

    var answers =
        answers(
            "POST /dd/v1/mandates HTTP/1.1\r\n"
                + head()
                + "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
                + chunks
                + create(reference));

    assertThat(answers).singleElement().satisfies(RawSocketTest::isRefusalInRestForm);
    assertThat(mandates(reference)).isZero();
  }

  @Test
  void readsAChunkedBodyAndIgnoresItsTrailers() {
    var reference = nextReference();
    var body = mandate(reference);

    try (var socket = new RawSocket(server.port())) {
      socket.send(
          "POST /dd/v1/mandates HTTP/1.1\r\n"
              + head()
              + "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n");
      for (int i = 0; i < body.length(); i += 50) {
        var piece = body.substring(i, Math.min(i + 50, body.length()));
        socket.send(Integer.toHexString(piece.length()) + ";a=b\r\n" + piece + "\r\n");
      }
      socket.send("0\r\nX-API-Key: other\r\n\r\n");

      assertThat(socket.answer().status()).isEqualTo(200);
    }
    assertThat(mandates(reference)).isOne();
  }

  @Test
  void answersPipelinedRequestsOnceEachAndInTheirOrder() {
    var references = new ArrayList<String>();
    var requests = new StringBuilder();
    for (int i = 0; i < 8; i++) {
      references.add(nextReference());
      requests.append(create(references.getLast())).append(get("/dd/v1/me", head()));
    }

    try (var socket = new RawSocket(server.port())) {
      socket.send(requests.toString());

      for (var reference : references) {
        var created = socket.answer();
        assertThat(created.json().at("/data/mandate/reference").asText()).isEqualTo(reference);
        assertThat(socket.answer().json().at("/data/workspaceId").asText()).isEqualTo(workspace);
      }
      socket.send("GET /healthz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
      assertThat(socket.answersToTheEnd()).hasSize(1);
    }
    assertThat(references).allSatisfy(reference -> assertThat(mandates(reference)).isOne());
  }

  @Test
  void neverTakesTheRestOfARefusedBodyForARequest() {
    var reference = nextReference();
    var smuggled = create(reference);
    var padding = "x".repeat(100_000);

    var answers =
        answers(
            "POST /dd/v1/mandates HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
                + "Expect: 100-continue\r\nContent-Length: "
                + (padding.length() + smuggled.length())
                + "\r\n\r\n"
                + padding
                + smuggled
                + create(reference));

    assertThat(answers).singleElement().satisfies(a -> assertThat(a.status()).isEqualTo(401));
    assertThat(mandates(reference)).isZero();
  }

  // versions, HEAD, 100

  @Test
  void answersHttp10AndEndsTheConnectionUnlessItIsToStay() {
    try (var once = new RawSocket(server.port());
        var stays = new RawSocket(server.port())) {
      once.send("GET /dd/v1/me HTTP/1.0\r\n" + authorization() + "\r\n");
      stays.send("GET /healthz HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");

      assertThat(once.answersToTheEnd())
          .singleElement()
          .satisfies(answer -> assertThat(answer.status()).isEqualTo(200));
      assertThat(stays.answer().status()).isEqualTo(200);
      stays.send("GET /healthz HTTP/1.0\r\n\r\n");
      assertThat(stays.answersToTheEnd()).hasSize(1);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"HTTP/2.0", "HTTP/1.2", "HTTP/0.9", "HTTP/1.1a"})
  void speaksNoOtherVersion(String version) {
    try (var socket = new RawSocket(server.port())) {
      socket.send("GET /dd/v1/me " + version + "\r\n" + head() + "\r\n");

      assertThat(socket.line()).containsAnyOf(" 400 ", " 501 ");
    }
  }

  @Test
  void doesNotUpgradeToAnotherProtocol() {
    var toHttp2 =
        only(
            get(
                "/dd/v1/me",
                head()
                    + "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\n"
                    + "HTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA\r\n"));

    assertThat(toHttp2.status()).isEqualTo(200);
  }

  @Test
  void answersHeadWithoutABody() {
    try (var socket = new RawSocket(server.port())) {
      for (var target : new String[] {"/dd/v1/me", "/healthz", "/trpc/auth.whoami", "/nothing"}) {
        socket.send("HEAD " + target + " HTTP/1.1\r\n" + head() + "\r\n");
        socket.answerToHead();
      }
      socket.send(get("/dd/v1/me", head()));

      assertThat(socket.answer().status()).isEqualTo(200);
    }
  }

  @Test
  void asksForTheBodyOfAnAdmittedCallerOnly() {
    var reference = nextReference();
    var create = create(reference).replace("Host: a\r\n", "Host: a\r\nExpect: 100-continue\r\n");
    int bodyAt = create.indexOf("\r\n\r\n") + 4;

    try (var admitted = new RawSocket(server.port());
        var stranger = new RawSocket(server.port())) {
      admitted.send(create.substring(0, bodyAt));
      assertThat(admitted.answer().status()).isEqualTo(100);
      admitted.send(create.substring(bodyAt));
      assertThat(admitted.answer().status()).isEqualTo(200);

      stranger.send(create.substring(0, bodyAt).replace(key, key + "x"));
      assertThat(stranger.answer().status()).isEqualTo(401);
      assertThat(stranger.isEnded()).isTrue();
    }
    assertThat(mandates(reference)).isOne();
  }

  // much, and slowly

  @Test
  void refusesABodyThatIsTooLargeDeclaredOrNot() {
    var declared = "Content-Type: application/json\r\nContent-Length: 65537\r\n\r\n";
    var chunked =
        "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
            + ("4000\r\n" + "x".repeat(0x4000) + "\r\n").repeat(5);

    for (var body : new String[] {declared, chunked}) {
      var onRest = only("POST /dd/v1/mandates HTTP/1.1\r\n" + head() + body);
      var onTrpc = only("POST /trpc/mandates.create HTTP/1.1\r\n" + head() + body);

      assertThat(onRest.status()).isEqualTo(413);
      assertThat(onRest.json().at("/error/reason").asText()).isEqualTo("too_large");
      assertThat(onTrpc.status()).isEqualTo(413);
      assertThat(onTrpc.json().at("/error/data/code").asText()).isEqualTo("PAYLOAD_TOO_LARGE");
    }
  }

  @Test
  void doesNotReadAnUploadWithoutACredentialForEver() {
    try (var socket = new RawSocket(server.port())) {
      socket.send(
          "POST /dd/v1/mandates HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
              + "Content-Length: 1000000000000\r\n\r\n"
              + "x".repeat(1_000_000));

      assertThat(socket.answer().status()).isEqualTo(401);
      assertThat(socket.isEnded()).isTrue();
    }
  }

  @Test
  void answersOthersWhileManyClientsDawdle() {
    var slow = new ArrayList<RawSocket>();
    try {
      for (int i = 0; i < 200; i++) {
        slow.add(
            new RawSocket(server.port()).send(i % 2 == 0 ? "G" : create("x").substring(0, 300)));
      }

      assertThat(only(get("/dd/v1/me", head())).status()).isEqualTo(200);
      assertThat(mandates("x")).isZero();
    } finally {
      slow.forEach(RawSocket::close);
    }
  }

  // gone in mid-call

  @Test
  void finishesACallWhoseClientHasGoneAndKnowsItAgain() throws Exception {
    var reference = nextReference();
    var create = create(reference);

    try (var blocker = server.superuser()) {
      lockMandates(blocker);
      try (var socket = new RawSocket(server.port())) {
        socket.send(create);
        waitingCall(blocker);
      }
      blocker.rollback();
    }
    var again = only(create);

    assertThat(again.json().at("/data/mandate/reference").asText()).isEqualTo(reference);
    assertThat(again.json().at("/data/replayed").asBoolean()).isTrue();
    assertThat(mandates(reference)).isOne();
  }

  @Test
  void tellsOfAFailureItsRequestIdAndNothingElse() throws Exception {
    var reference = nextReference();
    var ofTrpc = nextReference();

    var onRest = answerOfAMistake(create(reference));
    var onTrpc =
        answerOfAMistake(create(ofTrpc).replace("/dd/v1/mandates", "/trpc/mandates.create"));

    assertThat(onRest.status()).isEqualTo(500);
    assertThat(onRest.json().at("/error/reason").asText()).isEqualTo("internal_error");
    assertThat(onRest.json().at("/error/requestId").asText())
        .isEqualTo(onRest.header("x-request-id"))
        .startsWith("req_");
    assertThat(onTrpc.status()).isEqualTo(500);
    assertThat(onTrpc.json().at("/error/data/requestId").asText())
        .isEqualTo(onTrpc.header("x-request-id"));
    tellsNothingOfTheInside(onRest.body() + onTrpc.body());
    assertThat(mandates(reference) + mandates(ofTrpc)).isZero();
  }

  @Test
  void tellsThatNothingWasDoneWhenTheDatabaseFailsACall() throws Exception {
    var reference = nextReference();

    var answer = answerOfABrokenCall(create(reference));

    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.json().at("/error/reason").asText()).isEqualTo("storage_unavailable");
    assertThat(answer.header("retry-after")).isEqualTo("1");
    tellsNothingOfTheInside(answer.body());
    assertThat(mandates(reference)).isZero();
  }

  private static void tellsNothingOfTheInside(String text) {
    assertThat(text)
        .doesNotContainIgnoringCase("exception")
        .doesNotContainIgnoringCase("postgres")
        .doesNotContain("java", "dev.keyreeve", "mandate (", "terminating", "mislaid");
  }

  /// Sends a call while the server is mistaken about the name of a table.
  private Answer answerOfAMistake(String request) throws SQLException {
    try (var superuser = server.superuser();
        var statement = superuser.createStatement();
        var socket = new RawSocket(server.port())) {
      statement.execute("alter table mandate rename to mislaid");
      try {
        return socket.send(request).answer();
      } finally {
        statement.execute("alter table mislaid rename to mandate");
      }
    }
  }

  /// Sends a call, and breaks its connection to the database while it waits there.
  private Answer answerOfABrokenCall(String request) throws SQLException {
    try (var blocker = server.superuser();
        var socket = new RawSocket(server.port())) {
      lockMandates(blocker);
      socket.send(request);
      int backend = waitingCall(blocker);
      try (var statement = blocker.prepareStatement("select pg_terminate_backend(?)")) {
        statement.setInt(1, backend);
        statement.execute();
      }
      return socket.answer();
    }
  }

  private static void lockMandates(Connection connection) throws SQLException {
    connection.setAutoCommit(false);
    try (var statement = connection.createStatement()) {
      statement.execute("lock table mandate in exclusive mode");
    }
  }

  /// Waits until a call waits for the lock that this connection holds.
  private static int waitingCall(Connection holder) throws SQLException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
    var query =
        "select pid from pg_stat_activity where pg_backend_pid() = any (pg_blocking_pids(pid))";
    while (System.nanoTime() < deadline) {
      try (var statement = holder.createStatement();
          var row = statement.executeQuery(query)) {
        if (row.next()) return row.getInt(1);
      }
      Thread.onSpinWait();
    }
    throw new AssertionError("no call came as far as the lock");
  }

  // saying and hearing

  private Answer only(String text) {
    try (var socket = new RawSocket(server.port())) {
      return socket.send(text).answer();
    }
  }

  private java.util.List<Answer> answers(String text) {
    try (var socket = new RawSocket(server.port())) {
      return socket.send(text).answersToTheEnd();
    }
  }

  private static void isRefusalInRestForm(Answer answer) {
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.header("content-type")).isEqualTo("application/json");
    assertThat(answer.header("connection")).isEqualTo("close");
    assertThat(answer.header("x-request-id")).startsWith("req_");
    assertThat(answer.json().path("success").asBoolean(true)).isFalse();
    assertThat(answer.json().at("/error/code").asText()).isEqualTo("BAD_REQUEST");
  }

  private String authorization() {
    return "Authorization: Bearer " + key + "\r\n";
  }

  private String head() {
    return "Host: a\r\n" + authorization();
  }

  private static String get(String target, String headers) {
    return "GET " + target + " HTTP/1.1\r\n" + headers + "\r\n";
  }

  private String nextReference() {
    return "RAW-" + ++mandates;
  }

  private String create(String reference) {
    var body = mandate(reference);
    return "POST /dd/v1/mandates HTTP/1.1\r\n"
        + head()
        + "Content-Type: application/json\r\nContent-Length: "
        + body.length()
        + "\r\n\r\n"
        + body;
  }

  private static String mandate(String reference) {
    return """
    {"payer": {"name": "Sam"}, "reference": "%1$s", "idempotencyKey": "%1$s",
     "bankDetails": {"sortCode": "00-00-01", "accountNumber": "12345678",
                     "accountHolderName": "Sam"},
     "evidence": {"channel": "paper", "agreedAt": "2026-11-01T09:00:00Z"}}
    """
        .formatted(reference);
  }

  /// How many mandates of this reference there are.
  private int mandates(String reference) {
    try (var connection = server.superuser();
        var statement =
            connection.prepareStatement("select count(*) from mandate where reference = ?")) {
      statement.setString(1, reference);
      try (var row = statement.executeQuery()) {
        row.next();
        return row.getInt(1);
      }
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }
}

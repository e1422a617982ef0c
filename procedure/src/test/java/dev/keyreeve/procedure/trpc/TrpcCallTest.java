package dev.keyreeve.procedure.trpc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.keyreeve.access.decision.Requirement;
import dev.keyreeve.procedure.Kind;
import dev.keyreeve.procedure.Procedure;
import dev.keyreeve.procedure.http.TestRequest;
import dev.keyreeve.procedure.protocol.Answer;
import java.util.ArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TrpcCallTest {
  private static final String KEYED = "{\"reference\":\"FLAT-3\",\"idempotencyKey\":\"rent-1\"}";
  private static final String UNKEYED = "{\"reference\":\"FLAT-3\"}";

  private final SampleServer server = new SampleServer();

  @ParameterizedTest
  @MethodSource("scopedProcedures")
  void asksForTheScopeBeforeItLooksAtTheInput(Procedure<?, ?> procedure) {
    boolean reads = procedure.kind() != Kind.MUTATION;
    var request =
        TestRequest.get("/trpc/" + procedure + (reads ? "?input=%7B%22colour%22:7%7D" : ""))
            .method(reads ? "GET" : "POST")
            .with("Content-Type", "application/json")
            .with("X-API-Key", server.issue("a", 60).secret().reveal());

    var reply = server.send(request, reads ? "" : "{\"colour\":7}");

    assertThat(reply.status()).isEqualTo(403);
    assertThat(new String(reply.body(), UTF_8)).contains("\"requiredScope\":\"mandates:");
  }

  static Stream<Procedure<?, ?>> scopedProcedures() {
    return new SampleApi()
        .api().procedures().stream()
            .filter(procedure -> procedure.requirement() instanceof Requirement.Holds);
  }

  @Test
  void chargesACallThatLacksTheScope() {
    var token = server.issue("a", 1).secret().reveal();
    var request = TestRequest.get("/trpc/mandates.list").with("X-API-Key", token);

    assertThat(server.send(request, "").status()).isEqualTo(403);
    assertThat(server.send(request, "").status()).isEqualTo(429);
  }

  @Test
  void takesTheIdempotencyKeyFromTheHeader() {
    assertThat(create("/trpc/mandates.create", "rent-1", UNKEYED)).isEqualTo(200);
    assertThat(create("/trpc/mandates.create", "rent-1", KEYED)).isEqualTo(200);
    assertThat(create("/trpc/mandates.create?batch=1", "rent-2", "{\"0\":" + UNKEYED + "}"))
        .isEqualTo(200);

    assertThat(server.sample.idempotencyKeys).containsExactly("rent-1", "rent-1", "rent-2");
  }

  @Test
  void refusesTwoIdempotencyKeysForOneCall() {
    assertThat(create("/trpc/mandates.create", "rent-2", KEYED)).isEqualTo(400);

    assertThat(server.sample.idempotencyKeys).isEmpty();
  }

  @Test
  void refusesOneIdempotencyKeyForTwoCalls() {
    var inputs = "{\"0\":" + UNKEYED + ",\"1\":" + UNKEYED + "}";

    assertThat(create("/trpc/mandates.create,mandates.create?batch=1", "rent-1", inputs))
        .isEqualTo(400);

    assertThat(server.sample.idempotencyKeys).isEmpty();
  }

  @Test
  void checksTheIdempotencyKeyOfTheHeaderLikeThatOfTheInput() {
    assertThat(create("/trpc/mandates.create", "x".repeat(129), UNKEYED)).isEqualTo(400);
  }

  @Test
  void ignoresAnIdempotencyKeyWhereNothingIsDone() {
    var request =
        TestRequest.get("/trpc/auth.whoami")
            .with("X-API-Key", server.issue("a", 60).secret().reveal())
            .with("Idempotency-Key", "rent-1");

    assertThat(server.send(request, "").status()).isEqualTo(200);
  }

  @Test
  void endsTheEventsOfAKeyThatIsRevoked() throws InterruptedException {
    var key = server.issue("a", 60, SampleApi.READ);
    var request = TestRequest.get("/trpc/mandates.stream").with("X-API-Key", key.secret().reveal());
    server.furnish();
    var pieces = new ArrayList<String>();

    if (server.answer(request, new byte[0]) instanceof Answer.Streamed(_, var body, _)) {
      body.writeTo(
          piece -> {
            server.revoke(key);
            return pieces.add(piece);
          });
    }

    assertThat(pieces.getLast())
        .startsWith("event: serialized-error\ndata: {\"message\":\"The key has been revoked.\"");
    assertThat(pieces).noneMatch(piece -> piece.contains("\"number\""));
  }

  private int create(String target, String idempotencyKey, String body) {
    var request =
        TestRequest.get(target)
            .method("POST")
            .with("Content-Type", "application/json")
            .with("X-API-Key", server.issue("a", 60, SampleApi.WRITE).secret().reveal())
            .with("Idempotency-Key", idempotencyKey);
    return server.send(request, body).status();
  }
}

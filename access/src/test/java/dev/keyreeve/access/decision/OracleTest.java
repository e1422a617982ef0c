package dev.keyreeve.access.decision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyreeve.access.decision.RandomWorld.Request;
import dev.keyreeve.access.decision.RandomWorld.Way;
import dev.keyreeve.access.directory.Lookup;
import dev.keyreeve.access.limit.Limit;
import dev.keyreeve.access.subject.Key;
import dev.keyreeve.access.subject.KeyBuilder;
import dev.keyreeve.access.subject.Subject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/// Compares what is decided with what a slow and obvious [Reference] decides. Each run takes a seed
/// of its own and prints it where the two differ; `-Dkeyreeve.seed=...` repeats the run.
class OracleTest {
  private static final int CALLS = 150_000;

  private final long seed = Long.getLong("keyreeve.seed", new Random().nextLong());

  @Test
  void decidesEveryCallAsTheReferenceDoes() {
    var world = new RandomWorld(seed);
    var seen = new HashMap<String, Integer>();

    for (int i = 1; i <= CALLS; i++) {
      var answered = world.call(OracleTest::decide);

      assertThat(answered.actual())
          .as("call %d of -Dkeyreeve.seed=%d: %s", i, seed, answered.call())
          .isEqualTo(answered.expected());
      seen.merge(kindOf(answered.actual()), 1, Integer::sum);
    }

    assertThat(seen)
        .as("answers that -Dkeyreeve.seed=%d came upon", seed)
        .containsOnlyKeys(KINDS)
        .allSatisfy((_, times) -> assertThat(times).isGreaterThan(50));
  }

  @ParameterizedTest
  @FieldSource("BROKEN")
  void noticesADecisionThatIsWrong(Map.Entry<String, Way> broken) {
    var world = new RandomWorld(1);
    boolean noticed = false;

    for (int i = 0; i < 20_000 && !noticed; i++) {
      noticed = world.call(broken.getValue()).differs();
    }

    assertThat(noticed).as(broken.getKey()).isTrue();
  }

  private static final List<String> KINDS =
      List.of(
          "admitted; permitted",
          "admitted; missing scope",
          "admitted; missing role",
          "admitted; no credential",
          "limited",
          "too many calls",
          "no credential",
          "unknown credential",
          "unconfirmed",
          "revoked",
          "expired",
          "not yet valid",
          "deactivated",
          "suspended",
          "wrong audience",
          "address not allowed",
          "permitted",
          "missing scope",
          "missing role");

  private static String kindOf(String answer) {
    return answer
        .replaceFirst("^admitted [^;]*", "admitted")
        .replaceFirst("^(limited|too many calls):.*", "$1")
        .replaceFirst("missing (scope|role) .*", "missing $1");
  }

  private static String decide(AccessCheck access, Request request) {
    var explained = explain(access, request);
    var decided = decideUnexplained(access, request);

    assertThat(decided.replaceFirst("^admitted [^;]*; ", ""))
        .as("%s, explained by %s", request, explained.rules())
        .isEqualTo(Words.of(explained.decision()));
    return decided;
  }

  private static Explanation explain(AccessCheck access, Request request) {
    return access.explain(
        request.lookup(),
        request.audience(),
        request.client(),
        request.cost(),
        request.requirement(),
        request.nowMillis());
  }

  private static String decideUnexplained(AccessCheck access, Request request) {
    var admission =
        access.admit(
            request.lookup(),
            request.audience(),
            request.client(),
            request.cost(),
            request.nowMillis());
    return admission instanceof Decision.Admitted(Subject subject, _)
        ? Words.of(admission) + "; " + Words.of(access.permit(subject, request.requirement()))
        : Words.of(admission);
  }

  static final List<Map.Entry<String, Way>> BROKEN =
      List.of(
          Map.entry("a key lives a millisecond too long", withKey(OracleTest::expiringLater)),
          Map.entry("a key starts a millisecond early", withKey(OracleTest::startingEarlier)),
          Map.entry("a limit admits one more", withKey(key -> limited(key, 1, 0))),
          Map.entry("a window begins a second early", withKey(key -> limited(key, 0, 1))),
          Map.entry("a key's address list is ignored", withKey(OracleTest::unrestricted)),
          Map.entry("scopes come before limits", OracleTest::scopesFirst),
          Map.entry("a batch pays for one call", OracleTest::payingForOne),
          Map.entry("a stale node calls every key unknown", OracleTest::unknownWhileStale));

  private static Way withKey(UnaryOperator<Key> change) {
    return (access, request) ->
        request.lookup() instanceof Lookup.Known(Key key, int secret)
            ? decide(access, request.with(new Lookup.Known(change.apply(key), secret)))
            : decide(access, request);
  }

  private static Key expiringLater(Key key) {
    return key.expiresAtMillis() == Key.NEVER
        ? key
        : KeyBuilder.like(key).expiresAt(key.expiresAtMillis() + 1).build();
  }

  private static Key startingEarlier(Key key) {
    return KeyBuilder.like(key).notBefore(key.notBeforeMillis() - 1).build();
  }

  private static Key limited(Key key, int more, int earlier) {
    var limit = key.limit();
    var changed =
        new Limit(limit.slot(), (limit.phaseSeconds() + earlier) % 60, limit.calls() + more);
    return KeyBuilder.like(key).limit(changed).build();
  }

  private static Key unrestricted(Key key) {
    return KeyBuilder.like(key).addresses().build();
  }

  private static String scopesFirst(AccessCheck access, Request request) {
    return request.lookup() instanceof Lookup.Known(Subject subject, _)
            && access.permit(subject, request.requirement()) instanceof Decision.Denied denied
        ? Words.of(denied)
        : decide(access, request);
  }

  private static String payingForOne(AccessCheck access, Request request) {
    return decide(
        access,
        new Request(
            request.lookup(),
            request.audience(),
            request.client(),
            1,
            request.requirement(),
            request.nowMillis()));
  }

  private static String unknownWhileStale(AccessCheck access, Request request) {
    return request.lookup() instanceof Lookup.Unavailable
        ? decide(access, request.with(new Lookup.Unknown()))
        : decide(access, request);
  }
}

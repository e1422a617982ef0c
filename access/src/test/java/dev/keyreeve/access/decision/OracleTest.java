package dev.keyreeve.access.decision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyreeve.access.decision.RandomWorld.Request;
import dev.keyreeve.access.decision.RandomWorld.Way;
import dev.keyreeve.access.directory.Lookup;
import dev.keyreeve.access.limit.Limit;
import dev.keyreeve.access.network.Address;
import dev.keyreeve.access.network.AddressList;
import dev.keyreeve.access.scope.Role;
import dev.keyreeve.access.subject.Anyone;
import dev.keyreeve.access.subject.Key;
import dev.keyreeve.access.subject.KeyBuilder;
import dev.keyreeve.access.subject.Organisation;
import dev.keyreeve.access.subject.Presence;
import dev.keyreeve.access.subject.Session;
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

    for (int i = 0; i < 60_000 && !noticed; i++) {
      noticed = world.call(broken.getValue()).differs();
    }

    assertThat(noticed).as(broken.getKey()).isTrue();
  }

  private static final List<String> KINDS =
      List.of(
          "admitted; permitted",
          "admitted; missing scope",
          "admitted; missing role",
          "admitted; operator only",
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
          "cross-site",
          "session ended",
          "permitted",
          "missing scope",
          "missing role",
          "operator only");

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
          Map.entry("a session lives on after its end", OracleTest::livingOn),
          Map.entry("a session is not limited", OracleTest::unlimitedSession),
          Map.entry("every session is an owner", OracleTest::owning),
          Map.entry("a session meets no address list", OracleTest::sessionFromAnywhere),
          Map.entry("lists bind people where they are kept", OracleTest::sessionAtKeysApi),
          Map.entry("a cookie from another site will do", OracleTest::forgedIsUnknown),
          Map.entry("wrong credentials are not counted", OracleTest::uncountedFailure),
          Map.entry("a good credential pays for wrong ones", OracleTest::goodPaysForWrong),
          Map.entry("what is open to everyone is not limited", OracleTest::unlimitedAnyone),
          Map.entry("addresses of one IPv6 network are counted apart", OracleTest::apartInNetwork),
          Map.entry("scopes come before limits", OracleTest::scopesFirst),
          Map.entry("a batch pays for one call", OracleTest::payingForOne),
          Map.entry("a stale node calls every key unknown", OracleTest::unknownWhileStale));

  private static Way withKey(UnaryOperator<Key> change) {
    return (access, request) ->
        request.lookup() instanceof Lookup.Known(Key key, var by)
            ? decide(access, request.with(new Lookup.Known(change.apply(key), by)))
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

  private static String withSession(
      AccessCheck access, Request request, UnaryOperator<Session> change) {
    return request.lookup() instanceof Lookup.Known(Session session, _)
        ? decide(access, request.with(new Lookup.Known(change.apply(session))))
        : decide(access, request);
  }

  private static Session like(
      Session session,
      Organisation organisation,
      Role role,
      Limit limit,
      long endsAtMillis,
      Presence presence) {
    return new Session(
        session.id(),
        session.personId(),
        session.email(),
        organisation,
        session.workspace(),
        role,
        session.scopes(),
        limit,
        endsAtMillis,
        presence);
  }

  private static String livingOn(AccessCheck access, Request request) {
    return withSession(
        access,
        request,
        session ->
            like(
                session,
                session.organisation(),
                session.role(),
                session.limit(),
                session.endsAtMillis() + 1,
                session.presence()));
  }

  private static String unlimitedSession(AccessCheck access, Request request) {
    return withSession(
        access,
        request,
        session ->
            like(
                session,
                session.organisation(),
                session.role(),
                session.limit().withCalls(session.limit().calls() + 1),
                session.endsAtMillis(),
                session.presence()));
  }

  private static String owning(AccessCheck access, Request request) {
    return withSession(
        access,
        request,
        session ->
            like(
                session,
                session.organisation(),
                Role.OWNER,
                session.limit(),
                session.endsAtMillis(),
                session.presence()));
  }

  private static String sessionFromAnywhere(AccessCheck access, Request request) {
    return withSession(
        access,
        request,
        session -> {
          var standing = session.organisation().standing();
          var open =
              new Organisation(
                  session.organisation().id(),
                  new Organisation.Standing(
                      standing.suspended(), standing.limit(), AddressList.UNRESTRICTED));
          return like(
              session,
              open,
              session.role(),
              session.limit(),
              session.endsAtMillis(),
              session.presence());
        });
  }

  private static String sessionAtKeysApi(AccessCheck access, Request request) {
    return request.lookup() instanceof Lookup.Known(Session _, _)
            && request.audience() instanceof Audience.People
        ? decide(access, request.at(new Audience.Keys("dd")))
        : decide(access, request);
  }

  private static String forgedIsUnknown(AccessCheck access, Request request) {
    return request.lookup() instanceof Lookup.Forged
        ? decide(access, request.with(new Lookup.Unknown()))
        : decide(access, request);
  }

  private static String uncountedFailure(AccessCheck access, Request request) {
    return request.lookup() instanceof Lookup.Unknown
            && !(request.audience() instanceof Audience.Everyone)
        ? "unknown credential"
        : decide(access, request);
  }

  private static String goodPaysForWrong(AccessCheck access, Request request) {
    if (request.lookup() instanceof Lookup.Known)
      decide(access, request.with(new Lookup.Unknown()));
    return decide(access, request);
  }

  private static String unlimitedAnyone(AccessCheck access, Request request) {
    return request.audience() instanceof Audience.Everyone
        ? "admitted anyone, unmetered; "
            + Words.of(access.permit(new Anyone(), request.requirement()))
        : decide(access, request);
  }

  private static String apartInNetwork(AccessCheck access, Request request) {
    var client = request.client();
    return client.isIpv4() || client.isUnknown()
        ? decide(access, request)
        : decide(access, request.from(new Address(client.high() ^ client.low(), client.low())));
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

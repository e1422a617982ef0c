package dev.keyreeve.procedure.trpc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.keyreeve.access.credential.CommandLineToken;
import dev.keyreeve.access.credential.Environment;
import dev.keyreeve.access.credential.KeyId;
import dev.keyreeve.access.credential.KeyToken;
import dev.keyreeve.access.credential.Pepper;
import dev.keyreeve.access.credential.Peppers;
import dev.keyreeve.access.decision.AccessCheck;
import dev.keyreeve.access.decision.Decision;
import dev.keyreeve.access.directory.Credentials;
import dev.keyreeve.access.directory.KeyDirectory;
import dev.keyreeve.access.directory.Lease;
import dev.keyreeve.access.directory.Lookup;
import dev.keyreeve.access.directory.SessionDirectory;
import dev.keyreeve.access.limit.Limit;
import dev.keyreeve.access.limit.Meter;
import dev.keyreeve.access.network.AddressList;
import dev.keyreeve.access.scope.Scope;
import dev.keyreeve.access.subject.Key;
import dev.keyreeve.access.subject.KeySecret;
import dev.keyreeve.access.subject.KeyState;
import dev.keyreeve.access.subject.Organisation;
import dev.keyreeve.access.subject.ProvedBy;
import dev.keyreeve.procedure.Caller;
import dev.keyreeve.procedure.Calls;
import dev.keyreeve.procedure.http.Canonical;
import dev.keyreeve.procedure.http.CanonicalRequest;
import dev.keyreeve.procedure.http.Head;
import dev.keyreeve.procedure.http.RawRequest;
import dev.keyreeve.procedure.http.Reply;
import dev.keyreeve.procedure.http.TrustedProxies;
import dev.keyreeve.procedure.problem.Problem;
import dev.keyreeve.procedure.problem.Reasons;
import dev.keyreeve.procedure.protocol.Answer;
import dev.keyreeve.procedure.protocol.EventPump;
import dev.keyreeve.procedure.protocol.Protocol;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Random;
import java.util.Set;

/// A server without sockets: it asks the protocol in the order in which a real one does.
final class SampleServer {
  private static final Instant NOW = Instant.parse("2026-03-02T09:00:15Z");
  private static final String BRAND = "dd";

  final SampleApi sample = new SampleApi();
  final Protocol protocol;

  private final Random random = new Random(9);
  private final Pepper pepper = new Pepper(1, new byte[Pepper.MIN_LENGTH]);
  private final Meter meter = new Meter();
  private final KeyDirectory directory;
  private final Credentials credentials;
  private final AccessCheck access = new AccessCheck(meter);

  SampleServer() {
    var lease = new Lease(Duration.ofSeconds(1), () -> 0);
    lease.renewFrom(lease.mark());
    directory = new KeyDirectory(Peppers.of(pepper), lease);
    credentials =
        new Credentials(
            directory, new SessionDirectory(lease), CommandLineToken.random(new SecureRandom()));
    var calls = new Calls(sample.api(), access, credentials, _ -> {}, InstantSource.fixed(NOW));
    protocol =
        new TrpcProtocol("/trpc", calls, new EventPump(Duration.ofMillis(1), Duration.ofMillis(3)));
  }

  /// A new key of a workspace that has an organisation to itself.
  KeyToken issue(String workspace, int callsPerMinute, Scope... scopes) {
    var id = KeyId.random(random);
    var token = KeyToken.issue(BRAND, Environment.TEST, id, random);
    var limit = new Limit(meter.allocate(), 0, callsPerMinute);
    var standing = new Organisation.Standing(false, limit, AddressList.UNRESTRICTED);
    directory.put(
        new Key(
            id,
            KeyToken.prefix(BRAND, Environment.TEST),
            new Organisation("org of " + workspace, standing),
            workspace,
            SampleApi.SCOPES.grant(Set.of(scopes)),
            KeyState.ACTIVE,
            0,
            Key.NEVER,
            AddressList.UNRESTRICTED,
            new Limit(meter.allocate(), 0, callsPerMinute),
            KeySecret.of(1, pepper.version(), Key.NEVER, pepper.digest(token)),
            null));
    return token;
  }

  /// Mandates 1 (active) and 2 (cancelled) of workspace a, 3 of workspace b, and two events.
  void furnish() {
    sample.mandate("a", "FLAT-1", "active");
    sample.mandate("a", "FLAT-2", "cancelled");
    sample.mandate("b", "SHOP-1", "active");
    sample.happened = 2;
  }

  void spend(KeyToken token, int calls) {
    var key = requireNonNull(directory.find(token.id()));
    meter.spend(key.limit(), key.organisation().standing().limit(), calls, NOW.toEpochMilli());
  }

  void revoke(KeyToken token) {
    directory.remove(token.id());
  }

  Protocol.Plan plan(RawRequest request) {
    return switch (CanonicalRequest.of(request, TrustedProxies.NONE)) {
      case Canonical.Refused refused -> throw new AssertionError(refused.message());
      case Canonical.Accepted(var head) -> protocol.plan(head);
    };
  }

  /// The whole answer to a request.
  Reply send(RawRequest request, String body) {
    return switch (answer(request, body.getBytes(UTF_8))) {
      case Answer.Whole(var reply) -> reply;
      case Answer.Streamed _ -> throw new AssertionError("the answer is still open");
    };
  }

  Answer answer(RawRequest request, byte[] body) {
    return switch (CanonicalRequest.of(request, TrustedProxies.NONE)) {
      case Canonical.Refused refused -> new Answer.Whole(protocol.refuse(Problem.of(refused)));
      case Canonical.Accepted(var head) ->
          switch (protocol.plan(head)) {
            case Protocol.Plan.Settled(var reply) -> new Answer.Whole(reply);
            case Protocol.Plan.Open open -> answer(open, head, body);
          };
    };
  }

  private Answer answer(Protocol.Plan.Open open, Head head, byte[] body) {
    var lookup = credentials.lookup(head.credential(), NOW.toEpochMilli());
    return switch (access.admit(
        lookup, open.audience(), head.client(), open.calls(), NOW.toEpochMilli())) {
      case Decision.Denied denied -> new Answer.Whole(open.exchange().refuse(Problem.of(denied)));
      case Decision.Admitted _ when body.length > open.maxBytes() ->
          new Answer.Whole(open.exchange().refuse(Problem.of(Reasons.TOO_LARGE)));
      case Decision.Admitted(var subject, var allowance) ->
          open.exchange()
              .answer(
                  new Caller(
                      subject,
                      lookup instanceof Lookup.Known(_, var by) ? by : ProvedBy.NOTHING,
                      allowance,
                      head.client(),
                      head.requestId(),
                      null),
                  body);
    };
  }
}

package dev.keyreeve.server.http;

import dev.keyreeve.access.decision.AccessCheck;
import dev.keyreeve.access.decision.Decision;
import dev.keyreeve.access.directory.Credentials;
import dev.keyreeve.access.directory.Lookup;
import dev.keyreeve.access.network.Address;
import dev.keyreeve.access.subject.ProvedBy;
import dev.keyreeve.procedure.CallObserver;
import dev.keyreeve.procedure.Caller;
import dev.keyreeve.procedure.http.Canonical;
import dev.keyreeve.procedure.http.CanonicalRequest;
import dev.keyreeve.procedure.http.Head;
import dev.keyreeve.procedure.http.Reply;
import dev.keyreeve.procedure.http.TrustedProxies;
import dev.keyreeve.procedure.problem.Problem;
import dev.keyreeve.procedure.problem.Reasons;
import dev.keyreeve.procedure.protocol.Answer;
import dev.keyreeve.procedure.protocol.Protocol.Plan;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.http.HttpServerRequest;
import java.time.InstantSource;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What happens to each request: it is read in its one meaning, planned, admitted, received and
/// answered, in this order. Everything up to the answer runs on the event loop and waits for
/// nothing.
final class Intake implements Requests {
  private static final Logger log = LoggerFactory.getLogger(Intake.class);
  private static final byte[] NO_BODY = {};
  private static final Problem BAD_CHUNKS =
      Problem.of(Reasons.MALFORMED_REQUEST, "The chunks of the body are malformed.");

  private final Mounts mounts;
  private final Credentials credentials;
  private final AccessCheck access;
  private final CallObserver observer;
  private final TrustedProxies proxies;
  private final InstantSource clock;
  private final FairQueue work;
  private final Streams streams;
  private final RequestIds ids = new RequestIds();

  Intake(
      Mounts mounts,
      Credentials credentials,
      AccessCheck access,
      CallObserver observer,
      TrustedProxies proxies,
      InstantSource clock,
      FairQueue work,
      Streams streams) {
    this.mounts = mounts;
    this.credentials = credentials;
    this.access = access;
    this.observer = observer;
    this.proxies = proxies;
    this.clock = clock;
    this.work = work;
    this.streams = streams;
  }

  @Override
  public void handle(HttpServerRequest request) {
    var raw = new VertxRequest(request, peer(request), ids.next());
    var exchange = new HttpExchange(request, raw.requestId());
    try {
      switch (CanonicalRequest.of(raw, proxies)) {
        case Canonical.Refused refused -> {
          var problem = Problem.of(refused);
          show(request, raw.requestId(), problem);
          exchange.refuseForGood(mounts.atTarget(raw.target()).refuse(problem));
        }
        case Canonical.Accepted(var head) -> plan(exchange, head);
      }
    } catch (RuntimeException failure) {
      var problem = failed(raw.requestId(), failure);
      show(request, raw.requestId(), problem);
      exchange.refuseForGood(mounts.atTarget(raw.target()).refuse(problem));
    }
  }

  /// Refuses what is no HTTP. Nobody can tell where the next request would begin.
  @Override
  public void refuseMalformed(HttpServerRequest request) {
    var id = ids.next();
    var problem = malformed(request);
    show(request, id, problem);
    new HttpExchange(request, id).refuseForGood(mounts.atTarget(request.uri()).refuse(problem));
  }

  private static Problem malformed(HttpServerRequest request) {
    return Problem.of(
        Reasons.MALFORMED_REQUEST,
        switch (request.decoderResult().cause()) {
          case TooLongHttpLineException _ -> "The request line is too long: 16 KiB is the most.";
          case TooLongHttpHeaderException _ -> "The headers are too long: 16 KiB is the most.";
          case null, default -> "The request is not well-formed.";
        });
  }

  private void plan(HttpExchange exchange, Head head) {
    switch (mounts.at(head.path()).plan(head)) {
      case Plan.Settled(var reply) -> exchange.refuse(reply);
      case Plan.Open plan -> admit(exchange, head, plan);
    }
  }

  private void admit(HttpExchange exchange, Head head, Plan.Open plan) {
    long began = System.nanoTime();
    var now = clock.millis();
    var lookup = credentials.lookup(head.credential(), now);
    switch (access.admit(lookup, plan.audience(), head.client(), plan.calls(), now)) {
      case Decision.Denied denied -> {
        if (denied instanceof Decision.RateLimited(var limit)) exchange.tell(limit);
        var problem = Problem.of(denied);
        show(head, lookup, problem, plan.calls(), now, System.nanoTime() - began);
        exchange.refuse(plan.exchange().refuse(problem));
      }
      case Decision.Admitted(var subject, var allowance) -> {
        exchange.tell(allowance);
        receive(
            exchange,
            plan,
            new Caller(
                subject,
                provedBy(lookup),
                allowance,
                head.client(),
                head.requestId(),
                head.header("user-agent")));
      }
    }
  }

  /// A request that was refused before it cost anything.
  private void show(
      Head head, Lookup lookup, Problem refusal, int calls, long nowMillis, long latencyNanos) {
    observer.observed(
        CallObserver.Seen.refused(
            head.requestId(),
            lookup,
            head.client(),
            refusal.reason(),
            calls,
            nowMillis,
            latencyNanos));
  }

  /// A request that has no one meaning: who sent it is not asked.
  private void show(HttpServerRequest request, String requestId, Problem refusal) {
    observer.observed(
        CallObserver.Seen.refused(
            requestId, new Lookup.Absent(), peer(request), refusal.reason(), 1, clock.millis(), 0));
  }

  /// A request that was admitted, and refused before any of its calls began.
  private Reply refuse(Caller caller, Plan.Open plan, Problem refusal) {
    observer.observed(
        CallObserver.Seen.of(caller, null, refusal.reason(), plan.calls(), clock.millis(), 0));
    return plan.exchange().refuse(refusal);
  }

  private void receive(HttpExchange exchange, Plan.Open plan, Caller caller) {
    if (!exchange.hasBody()) {
      answer(exchange, plan, caller, NO_BODY);
      return;
    }
    exchange.receive(
        plan.maxBytes(),
        body -> answer(exchange, plan, caller, body),
        () -> exchange.refuse(refuse(caller, plan, Problem.of(Reasons.TOO_LARGE))),
        () -> exchange.refuseForGood(refuse(caller, plan, BAD_CHUNKS)));
  }

  private void answer(HttpExchange exchange, Plan.Open plan, Caller caller, byte[] body) {
    if (plan.inline()) {
      finish(exchange, plan, caller, carryOut(plan, caller, body));
      return;
    }
    boolean taken =
        work.offer(
            ownerOf(caller),
            body.length,
            () -> {
              var answer = carryOut(plan, caller, body);
              exchange.onLoop(() -> finish(exchange, plan, caller, answer));
            });
    if (!taken) {
      exchange.refuse(refuse(caller, plan, Problem.of(Reasons.OVERLOADED)));
    }
  }

  private static Answer carryOut(Plan.Open plan, Caller caller, byte[] body) {
    try {
      return plan.exchange().answer(caller, body);
    } catch (RuntimeException | Error failure) {
      return new Answer.Whole(plan.exchange().refuse(failed(caller.requestId(), failure)));
    }
  }

  private static Problem failed(String requestId, Throwable failure) {
    log.error("request {} failed", requestId, failure);
    return Problem.of(Reasons.FAILED, Map.of("requestId", requestId));
  }

  private void finish(HttpExchange exchange, Plan.Open plan, Caller caller, Answer answer) {
    switch (answer) {
      case Answer.Whole(var reply) -> exchange.send(reply);
      case Answer.Streamed streamed -> {
        if (!streams.open(ownerOf(caller), caller.subject(), exchange, streamed)) {
          exchange.send(plan.exchange().refuse(Problem.of(Reasons.OVERLOADED)));
        }
      }
    }
  }

  private static ProvedBy provedBy(Lookup lookup) {
    return lookup instanceof Lookup.Known(_, var by) ? by : ProvedBy.NOTHING;
  }

  private static String ownerOf(Caller caller) {
    var organisation = caller.subject().organisation();
    return organisation == null ? "" : organisation.id();
  }

  private static Address peer(HttpServerRequest request) {
    var address = request.connection().remoteAddress().hostAddress();
    var peer = address == null ? null : Address.parseOrNull(address);
    return peer == null ? Address.UNKNOWN : peer;
  }
}

package dev.keyreeve.procedure;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.keyreeve.access.decision.AccessCheck;
import dev.keyreeve.access.decision.Decision;
import dev.keyreeve.access.directory.Credentials;
import dev.keyreeve.procedure.problem.Problem;
import dev.keyreeve.procedure.problem.Reason;
import dev.keyreeve.procedure.problem.Reasons;
import dev.keyreeve.procedure.shape.Decoded;
import dev.keyreeve.procedure.shape.Issue;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Carries out single calls of an API's admitted requests: permit, decode, run, show. The same for
/// every protocol.
public final class Calls {
  private static final Logger log = LoggerFactory.getLogger(Calls.class);
  private static final JsonNode NO_INPUT = JsonNodeFactory.instance.objectNode();

  private final Api api;
  private final AccessCheck access;
  private final Credentials credentials;
  private final CallObserver observer;
  private final InstantSource clock;

  /// @param observer sees how every call ends
  public Calls(
      Api api,
      AccessCheck access,
      Credentials credentials,
      CallObserver observer,
      InstantSource clock) {
    this.api = api;
    this.access = access;
    this.credentials = credentials;
    this.observer = observer;
    this.clock = clock;
  }

  public Api api() {
    return api;
  }

  /// @param procedure null if there is none of the name that was called
  /// @param input null if there is none
  public Result call(@Nullable Procedure<?, ?> procedure, Caller caller, @Nullable JsonNode input) {
    if (procedure == null) {
      return new Result.Failed(refuse(null, caller, Problem.of(Reasons.UNKNOWN_PROCEDURE)));
    }
    return carryOut(
        procedure, caller, input == null || input.isNull() ? NO_INPUT : input, List.of());
  }

  /// @param found what the protocol found wrong while it put the input together; it is told
  ///   together with what the input's shape finds
  public Result call(Procedure<?, ?> procedure, Caller caller, JsonNode input, List<Issue> found) {
    return carryOut(procedure, caller, input, found);
  }

  /// Shows a refusal that was found before there was a call to carry out.
  ///
  /// @param procedure what was meant to be called, or null if that is not known
  /// @return the problem as it is
  public Problem refuse(@Nullable Procedure<?, ?> procedure, Caller caller, Problem problem) {
    show(procedure, caller, problem.reason(), 0);
    return problem;
  }

  private void show(
      @Nullable Procedure<?, ?> procedure,
      Caller caller,
      @Nullable Reason refusal,
      long latencyNanos) {
    observer.observed(
        CallObserver.Seen.of(caller, procedure, refusal, 1, clock.millis(), latencyNanos));
  }

  private <I, O> Result carryOut(
      Procedure<I, O> procedure, Caller caller, JsonNode json, List<Issue> found) {
    long began = System.nanoTime();
    var result = decideAndRun(procedure, caller, json, found);
    var refusal = result instanceof Result.Failed(var problem) ? problem.reason() : null;
    show(procedure, caller, refusal, System.nanoTime() - began);
    return result;
  }

  private <I, O> Result decideAndRun(
      Procedure<I, O> procedure, Caller caller, JsonNode json, List<Issue> found) {
    return switch (access.permit(caller.subject(), procedure.requirement())) {
      case Decision.Denied denied -> new Result.Failed(Problem.of(denied));
      case Decision.Permitted _ ->
          switch (procedure.input().decode(json)) {
            case Decoded.Invalid<I>(var issues) -> invalid(procedure, found, issues);
            case Decoded.Valid<I> _ when !found.isEmpty() -> invalid(procedure, found, List.of());
            case Decoded.Valid<I>(var input) ->
                run(new Call<>(procedure, caller, input, json, clock.instant()));
          };
    };
  }

  private static Result invalid(
      Procedure<?, ?> procedure, List<Issue> found, List<Issue> decoding) {
    var issues = Stream.concat(found.stream(), decoding.stream()).toList();
    return new Result.Failed(InvalidInput.problem(procedure, issues));
  }

  private <I, O> Result run(Call<I, O> call) {
    try {
      return switch (call.procedure().handler()) {
        case Handler.Answering<I, O> handler ->
            switch (handler.answer(call)) {
              case Outcome.Done<O>(var value) ->
                  new Result.Succeeded<>(call.procedure().success(), value);
              case Outcome.Refused<O>(var problem) -> refused(call, problem);
            };
        case Handler.Streaming<I, O> handler ->
            switch (handler.open(call)) {
              case Outcome.Done<Feed<O>>(var feed) -> new Result.Opened<>(subscribe(call, feed));
              case Outcome.Refused<Feed<O>>(var problem) -> refused(call, problem);
            };
      };
    } catch (Unavailable unavailable) {
      log.warn("{} in request {}", unavailable.getMessage(), call.caller().requestId());
      return new Result.Failed(
          Problem.of(Reasons.STORAGE_UNAVAILABLE, Map.of(Problem.RETRY_AFTER_MILLIS, 1000)));
    } catch (RuntimeException failure) {
      return new Result.Failed(failed(call.procedure(), call.caller().requestId(), failure));
    }
  }

  private static Result refused(Call<?, ?> call, Problem problem) {
    if (!call.procedure().refusals().contains(problem.reason())) {
      throw new IllegalStateException(
          call.procedure() + " does not declare the reason " + problem.reason().word());
    }
    return new Result.Failed(problem);
  }

  private <I, O> Subscription<O> subscribe(Call<I, O> call, Feed<O> feed) {
    var procedure = call.procedure();
    var caller = call.caller();
    return new Subscription<>(
        procedure.output(),
        feed,
        () -> {
          long now = clock.millis();
          return access.stillPermits(
              credentials.current(caller.subject(), caller.by().number(), now),
              api.audience(),
              procedure.requirement(),
              caller.address(),
              now);
        });
  }

  /// What a caller gets to read of a failure that nobody planned. The log gets the whole of it.
  ///
  /// @param what it was that failed
  public static Problem failed(Object what, String requestId, RuntimeException failure) {
    log.error("{} failed in request {}", what, requestId, failure);
    return Problem.of(Reasons.FAILED, Map.of("requestId", requestId));
  }
}

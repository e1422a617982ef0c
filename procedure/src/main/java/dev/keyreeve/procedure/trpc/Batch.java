package dev.keyreeve.procedure.trpc;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keyreeve.procedure.Caller;
import dev.keyreeve.procedure.Calls;
import dev.keyreeve.procedure.Kind;
import dev.keyreeve.procedure.http.Reply;
import dev.keyreeve.procedure.json.Caps;
import dev.keyreeve.procedure.problem.Problem;
import dev.keyreeve.procedure.problem.Reasons;
import dev.keyreeve.procedure.protocol.Answer;
import dev.keyreeve.procedure.protocol.IdempotencyHeader;
import dev.keyreeve.procedure.protocol.Input;
import dev.keyreeve.procedure.protocol.Protocol;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Several queries or several mutations in one request. They are carried out one after the other in
/// the order of their names, each by itself: an earlier one stays done when a later one fails.
record Batch(Request request, List<Named> named, Calls calls) implements Protocol.Exchange {
  private static final int MULTI_STATUS = 207;

  /// What its calls could send one by one, up to what a bulk form or the largest of them can have;
  /// one level deeper, in an object with a member for each call.
  Caps caps() {
    long bytes = 0;
    int most = Caps.BULK.maxBytes();
    long values = named.size();
    int depth = 0;
    int numberLength = 0;
    for (var call : named) {
      var caps = call.caps();
      bytes += caps.maxBytes();
      most = Math.max(most, caps.maxBytes());
      values += caps.maxValues();
      depth = Math.max(depth, caps.maxDepth() + 1);
      numberLength = Math.max(numberLength, caps.maxNumberLength());
    }
    return new Caps(
        (int) Math.min(bytes, most),
        depth,
        (int) Math.min(values, Caps.BULK.maxValues()),
        numberLength);
  }

  @Override
  public Reply refuse(Problem problem) {
    return Envelope.reply(problem, null);
  }

  @Override
  public Answer answer(Caller caller, byte[] body) {
    var misuse = misuse();
    if (misuse != null) return new Answer.Whole(refuse(caller, misuse));

    return new Answer.Whole(
        switch (request.input(body, caps())) {
          case Input.Unreadable(var problem) -> refuse(caller, problem);
          case Input.Read(var json) when json != null && !json.isObject() ->
              refuse(
                  caller,
                  Problem.of(
                      Reasons.MALFORMED_REQUEST,
                      "The input of a batch is an object with a member for each call: 0, 1, 2."));
          case Input.Read(var json) -> reply(envelopes(caller, json));
        });
  }

  private Reply refuse(Caller caller, Problem problem) {
    return refuse(calls.refuse(null, caller, problem));
  }

  /// Why no batch can be made of these calls, or null.
  private @Nullable Problem misuse() {
    boolean mutates = named.stream().anyMatch(call -> call.is(Kind.MUTATION));
    if (named.stream().anyMatch(call -> call.is(Kind.SUBSCRIPTION))) {
      return Problem.of(Reasons.MALFORMED_REQUEST, "A subscription cannot be part of a batch.");
    }
    if (mutates && named.stream().anyMatch(call -> call.is(Kind.QUERY))) {
      return Problem.of(
          Reasons.MALFORMED_REQUEST, "A batch has queries or mutations, but not both.");
    }
    if (mutates && !request.post()) return Problem.methodNotAllowed("POST");
    if (mutates && named.size() > 1 && request.head().header(IdempotencyHeader.NAME) != null) {
      return Problem.of(
          Reasons.MALFORMED_REQUEST,
          "The Idempotency-Key header names one call. In a batch, give each input its own"
              + " idempotencyKey.");
    }
    return null;
  }

  private List<Envelope> envelopes(Caller caller, @Nullable JsonNode inputs) {
    var envelopes = new ArrayList<Envelope>(named.size());
    for (int i = 0; i < named.size(); i++) {
      var input = inputs == null ? null : inputs.get(Integer.toString(i));
      envelopes.add(envelope(named.get(i), caller, input));
    }
    return envelopes;
  }

  private Envelope envelope(Named call, Caller caller, @Nullable JsonNode input) {
    var procedure = call.procedure();
    return switch (procedure == null
        ? new Input.Read(input)
        : IdempotencyHeader.apply(request.head(), procedure, input)) {
      case Input.Unreadable(var problem) ->
          Envelope.of(calls.refuse(procedure, caller, problem), call.name());
      case Input.Read(var json) -> Envelope.of(calls.call(procedure, caller, json), call, caller);
    };
  }

  private Reply reply(List<Envelope> envelopes) {
    if (request.acceptsLines()) return Envelope.reply(200, Framing.STREAM_11.of(envelopes));
    if (request.streamsBatch()) return Envelope.reply(200, Framing.STREAM_10.of(envelopes));
    return Envelope.reply(status(envelopes), Framing.ARRAY.of(envelopes));
  }

  private static int status(List<Envelope> envelopes) {
    int first = envelopes.getFirst().status();
    return envelopes.stream().allMatch(each -> each.status() == first) ? first : MULTI_STATUS;
  }
}

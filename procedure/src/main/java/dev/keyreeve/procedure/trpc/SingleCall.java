package dev.keyreeve.procedure.trpc;

import dev.keyreeve.procedure.Caller;
import dev.keyreeve.procedure.Calls;
import dev.keyreeve.procedure.Kind;
import dev.keyreeve.procedure.http.Reply;
import dev.keyreeve.procedure.problem.Problem;
import dev.keyreeve.procedure.protocol.Answer;
import dev.keyreeve.procedure.protocol.IdempotencyHeader;
import dev.keyreeve.procedure.protocol.Input;
import dev.keyreeve.procedure.protocol.Protocol;

/// One query or mutation.
record SingleCall(Request request, Named call, Calls calls) implements Protocol.Exchange {

  @Override
  public Reply refuse(Problem problem) {
    return Envelope.reply(problem, call.name());
  }

  @Override
  public Answer answer(Caller caller, byte[] body) {
    return new Answer.Whole(reply(caller, body));
  }

  private Reply reply(Caller caller, byte[] body) {
    if (call.is(Kind.MUTATION) && !request.post()) {
      return refuse(caller, Problem.methodNotAllowed("POST"));
    }
    if (call.is(Kind.SUBSCRIPTION)) return refuse(caller, Problem.methodNotAllowed("GET"));

    return switch (input(body)) {
      case Input.Unreadable(var problem) -> refuse(caller, problem);
      case Input.Read(var json) ->
          Envelope.of(calls.call(call.procedure(), caller, json), call, caller).reply();
    };
  }

  private Reply refuse(Caller caller, Problem problem) {
    return refuse(calls.refuse(call.procedure(), caller, problem));
  }

  private Input input(byte[] body) {
    var input = request.input(body, call.caps());
    return input instanceof Input.Read(var json) && call.procedure() != null
        ? IdempotencyHeader.apply(request.head(), call.procedure(), json)
        : input;
  }
}

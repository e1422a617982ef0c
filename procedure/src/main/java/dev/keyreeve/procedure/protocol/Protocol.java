package dev.keyreeve.procedure.protocol;

import dev.keyreeve.access.decision.Audience;
import dev.keyreeve.procedure.Caller;
import dev.keyreeve.procedure.http.Head;
import dev.keyreeve.procedure.http.Reply;
import dev.keyreeve.procedure.problem.Problem;

/// A form in which the procedures of an API are called over HTTP.
///
/// The server asks in this order, and never runs a procedure before the last step: plan, admit,
/// read the body, answer.
public interface Protocol {

  /// Understands a request by its head alone, without looking up anything that the caller could
  /// probe for: what it will cost and how much it may send.
  Plan plan(Head head);

  /// The form of a refusal when a request cannot even be planned.
  Reply refuse(Problem problem);

  /// What is to be done with a request.
  sealed interface Plan {
    /// Answered already, with no caller: it asks for nothing, or can never be carried out.
    record Settled(Reply reply) implements Plan {}

    /// To be admitted and then answered.
    ///
    /// @param audience whom the API that it calls is for
    /// @param calls what it costs, 1 or more
    /// @param maxBytes largest body that it may have, in bytes
    /// @param inline whether all its calls may run on the event loop
    record Open(Audience audience, int calls, int maxBytes, boolean inline, Exchange exchange)
        implements Plan {}
  }

  /// A planned request.
  interface Exchange {
    /// The whole request is refused.
    Reply refuse(Problem problem);

    /// Carries out the calls of an admitted request, in plain blocking code.
    Answer answer(Caller caller, byte[] body);
  }
}

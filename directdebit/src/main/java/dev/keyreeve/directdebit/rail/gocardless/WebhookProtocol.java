package dev.keyreeve.directdebit.rail.gocardless;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.keyreeve.procedure.Caller;
import dev.keyreeve.procedure.Calls;
import dev.keyreeve.procedure.Result;
import dev.keyreeve.procedure.http.Head;
import dev.keyreeve.procedure.http.Reply;
import dev.keyreeve.procedure.problem.Problem;
import dev.keyreeve.procedure.problem.Reasons;
import dev.keyreeve.procedure.protocol.Answer;
import dev.keyreeve.procedure.protocol.Protocol;
import java.util.Base64;

/// Webhooks over HTTP: a POST to the path of a service user, whose body reaches the procedure as it
/// came, since the signature is over its bytes. What was taken in is answered with 204, and an
/// event that waits for a person is taken in too: to send it again would help nobody.
public final class WebhookProtocol implements Protocol {
  private final String basePath;
  private final Calls calls;
  private final Protocol refusals;

  /// @param basePath what the id of the service user follows
  /// @param calls of the API of webhooks
  /// @param refusals gives problems their form
  public WebhookProtocol(String basePath, Calls calls, Protocol refusals) {
    this.basePath = basePath;
    this.calls = calls;
    this.refusals = refusals;
  }

  @Override
  public Plan plan(Head head) {
    var rest = head.path().substring(basePath.length());
    var problem =
        !rest.matches("/[A-Za-z0-9_]{1,40}")
            ? Problem.of(Reasons.UNKNOWN_ROUTE)
            : head.method().equals("POST") ? null : Problem.methodNotAllowed("POST");
    if (problem != null) return new Plan.Settled(refuse(problem));

    return new Plan.Open(
        calls.api().audience(),
        1,
        GoCardlessWebhook.MAX_BODY,
        false,
        new Delivered(rest.substring(1), head));
  }

  @Override
  public Reply refuse(Problem problem) {
    return refusals.refuse(problem);
  }

  @Override
  public String toString() {
    return "webhooks of " + calls.api().name();
  }

  private final class Delivered implements Exchange {
    private final String serviceUser;
    private final Head head;

    Delivered(String serviceUser, Head head) {
      this.serviceUser = serviceUser;
      this.head = head;
    }

    @Override
    public Reply refuse(Problem problem) {
      return refusals.refuse(problem);
    }

    @Override
    public Answer answer(Caller caller, byte[] body) {
      var signature = head.header("webhook-signature");
      var input =
          JsonNodeFactory.instance
              .objectNode()
              .put("service_user_id", serviceUser)
              .put("body", Base64.getEncoder().encodeToString(body));
      // One that is too long to be right is as good as none.
      if (signature != null && signature.length() <= 200 && !signature.isEmpty()) {
        input.put("signature", signature);
      }
      var procedure = calls.api().find("gocardless.receive");
      return new Answer.Whole(
          switch (calls.call(procedure, caller, input)) {
            case Result.Failed(var problem) -> refuse(problem);
            case Result.Succeeded<?> _, Result.Opened<?> _ -> Reply.empty(204);
          });
    }
  }
}

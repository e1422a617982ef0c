package dev.keyreeve.procedure.rest;

import dev.keyreeve.procedure.Caller;
import dev.keyreeve.procedure.Calls;
import dev.keyreeve.procedure.Procedure;
import dev.keyreeve.procedure.Result;
import dev.keyreeve.procedure.http.ETags;
import dev.keyreeve.procedure.http.Head;
import dev.keyreeve.procedure.http.Header;
import dev.keyreeve.procedure.http.Reply;
import dev.keyreeve.procedure.json.Caps;
import dev.keyreeve.procedure.problem.Problem;
import dev.keyreeve.procedure.problem.Reasons;
import dev.keyreeve.procedure.protocol.Answer;
import dev.keyreeve.procedure.protocol.EventPump;
import dev.keyreeve.procedure.protocol.MediaTypes;
import dev.keyreeve.procedure.protocol.Protocol;
import dev.keyreeve.procedure.shape.Form;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// An API's procedures as resources: `GET /dd/v1/mandates/{id}`.
///
/// | of the input | is read from |
/// |---|---|
/// | a field that the route names | the path |
/// | the other fields of a GET or DELETE | the query; items of a list are joined by commas |
/// | the other fields of a POST or PATCH | the body, a JSON object; it may be left out |
/// | a [dev.keyreeve.procedure.shape.Content] | the body as it is, its type and, in the query, `fileName`; the other fields stand in the query then |
/// | `idempotencyKey` | also the `Idempotency-Key` header |
/// | the state that a [dev.keyreeve.procedure.Conditional] input means | the `If-Match` header |
///
/// A success has the status and the headers that its procedure declares, 200 and none unless it
/// says otherwise; a query that declares an `ETag` answers 304 to who has that state already
/// (`If-None-Match`; RFC 9110, section 13.1.2). A refusal has the status of its code, and is in the
/// form of RFC 9457 if the caller's `Accept` names `application/problem+json`. What else they look
/// like is the API's choice, a [dev.keyreeve.procedure.RestForm]. A subscription is a stream of
/// server-sent events. HEAD is answered as GET, without the body.
///
/// What is not there, or not with this method, is told to admitted callers only.
public final class RestProtocol implements Protocol {
  private static final Header STREAM = new Header("content-type", "text/event-stream");
  private static final Header UNCACHED = new Header("cache-control", "no-store, no-transform");
  private static final Header UNBUFFERED = new Header("x-accel-buffering", "no");
  private static final byte[] NOTHING = {};

  private final String basePath;
  private final Calls calls;
  private final Routes routes;
  private final RestReplies replies;

  /// @param basePath what all routes follow, such as `/dd/v1`; `/` alone is nothing
  /// @throws IllegalArgumentException if one request could mean two procedures
  public RestProtocol(String basePath, Calls calls) {
    this.basePath = basePath.equals("/") ? "" : basePath;
    this.calls = calls;
    this.routes = new Routes(calls.api().procedures());
    this.replies = new RestReplies(calls.api().options().restForm());
  }

  @Override
  public Plan plan(Head head) {
    var method = isHead(head) ? "GET" : head.method();
    var match =
        head.path().startsWith(basePath)
            ? routes.find(method, head.path().substring(basePath.length()))
            : new Routes.Match.Nothing();
    return switch (match) {
      case Routes.Match.Found(var procedure, var variables) ->
          open(
              maxBytes(procedure),
              procedure.inline(),
              new RouteExchange(head, procedure, variables));
      case Routes.Match.OtherMethods(var allow) -> refused(head, Problem.methodNotAllowed(allow));
      case Routes.Match.Nothing _ -> refused(head, Problem.of(Reasons.UNKNOWN_ROUTE));
    };
  }

  private Plan refused(Head head, Problem problem) {
    return open(Caps.DEFAULT.maxBytes(), true, new Refusing(head, problem));
  }

  private static int maxBytes(Procedure<?, ?> procedure) {
    var content = procedure.content();
    return content != null && content.form() instanceof Form.ContentForm form
        ? form.maxBytes()
        : procedure.caps().maxBytes();
  }

  private Plan open(int maxBytes, boolean inline, Exchange exchange) {
    return new Plan.Open(calls.api().audience(), 1, maxBytes, inline, exchange);
  }

  @Override
  public Reply refuse(Problem problem) {
    return replies.failure(problem, null);
  }

  @Override
  public String toString() {
    return "REST of " + calls.api().name();
  }

  private Reply refuse(Head head, Problem problem) {
    return bodyFor(
        head,
        MediaTypes.names(head.header("accept"), RestReplies.PROBLEM_DETAILS)
            ? RestReplies.problemDetails(problem, head.requestId())
            : replies.failure(problem, head.requestId()));
  }

  private static Reply bodyFor(Head head, Reply reply) {
    return isHead(head) ? new Reply(reply.status(), reply.headers(), NOTHING) : reply;
  }

  private static boolean isHead(Head head) {
    return head.method().equals("HEAD");
  }

  /// A request for something that is not there.
  private final class Refusing implements Exchange {
    private final Head head;
    private final Problem answer;

    Refusing(Head head, Problem answer) {
      this.head = head;
      this.answer = answer;
    }

    @Override
    public Reply refuse(Problem problem) {
      return RestProtocol.this.refuse(head, problem);
    }

    @Override
    public Answer answer(Caller caller, byte[] body) {
      return new Answer.Whole(refuse(calls.refuse(null, caller, answer)));
    }
  }

  /// A request for a procedure.
  private final class RouteExchange implements Exchange {
    private final Head head;
    private final Procedure<?, ?> procedure;
    private final Map<String, String> variables;

    RouteExchange(Head head, Procedure<?, ?> procedure, Map<String, String> variables) {
      this.head = head;
      this.procedure = procedure;
      this.variables = variables;
    }

    @Override
    public Reply refuse(Problem problem) {
      return RestProtocol.this.refuse(head, problem);
    }

    @Override
    public Answer answer(Caller caller, byte[] body) {
      return switch (RestInput.of(procedure, variables, head, body)) {
        case RestInput.Unreadable(var problem) ->
            new Answer.Whole(refuse(calls.refuse(procedure, caller, problem)));
        case RestInput.Whole(var json, var issues, var known) ->
            answer(calls.call(procedure, caller, json, issues), known);
      };
    }

    private Answer answer(Result result, @Nullable ETags known) {
      return switch (result) {
        case Result.Failed(var problem) -> new Answer.Whole(refuse(problem));
        case Result.Succeeded<?> success ->
            new Answer.Whole(bodyFor(head, replies.success(success, basePath, known)));
        case Result.Opened<?>(var subscription) -> {
          var frames = new EventFrames(replies, head.requestId());
          var opened = new Reply(200, List.of(STREAM, UNCACHED, UNBUFFERED), NOTHING);
          yield isHead(head)
              ? new Answer.Whole(opened)
              : new Answer.Streamed(
                  opened,
                  sink ->
                      EventPump.STANDARD.run(
                          subscription,
                          head.header("last-event-id"),
                          head.requestId(),
                          frames,
                          sink),
                  EventPump.watch(subscription, frames));
        }
      };
    }
  }
}

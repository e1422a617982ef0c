package dev.keyreeve.procedure.trpc;

import dev.keyreeve.procedure.Calls;
import dev.keyreeve.procedure.Kind;
import dev.keyreeve.procedure.http.Head;
import dev.keyreeve.procedure.http.Reply;
import dev.keyreeve.procedure.problem.Problem;
import dev.keyreeve.procedure.problem.Reasons;
import dev.keyreeve.procedure.protocol.EventPump;
import dev.keyreeve.procedure.protocol.MediaTypes;
import dev.keyreeve.procedure.protocol.Protocol;
import java.util.ArrayList;

/// tRPC over HTTP, for the clients of versions 10 and 11.
///
/// | request | answer |
/// |---|---|
/// | `GET /trpc/a.b?input=` | one query, or a subscription as server-sent events |
/// | `POST /trpc/a.b` | one mutation, or a query whose input is too long for a URL |
/// | `GET` or `POST /trpc/a.b,c.d?batch=1` | up to 20 calls, carried out one after the other |
/// | the same with `trpc-accept: application/jsonl` | the stream link of version 11 |
/// | the same with `trpc-batch-mode: stream` | the stream link of version 10 |
///
/// There is no transformer: dates are strings of RFC 3339.
public final class TrpcProtocol implements Protocol {
  /// Most calls in a batch.
  static final int MAX_CALLS = 20;

  private final String basePath;
  private final Calls calls;
  private final EventPump events;

  /// @param basePath where the procedures stand, such as `/trpc`; `/` alone is nothing
  public TrpcProtocol(String basePath, Calls calls) {
    this(basePath, calls, EventPump.STANDARD);
  }

  public TrpcProtocol(String basePath, Calls calls, EventPump events) {
    this.basePath = basePath.equals("/") ? "" : basePath;
    this.calls = calls;
    this.events = events;
  }

  @Override
  public Plan plan(Head head) {
    return switch (head.method()) {
      case "GET" -> plan(head, false);
      // A form of another site can post without asking first, but not as JSON.
      case "POST" ->
          MediaTypes.isJson(head.header("Content-Type"))
              ? plan(head, true)
              : new Plan.Settled(refuse(Problem.of(Reasons.JSON_REQUIRED)));
      case "HEAD" -> new Plan.Settled(Reply.empty(204));
      default -> new Plan.Settled(refuse(Problem.methodNotAllowed("GET, HEAD, POST")));
    };
  }

  @Override
  public Reply refuse(Problem problem) {
    return Envelope.reply(problem, null);
  }

  @Override
  public String toString() {
    return "tRPC of " + calls.api().name();
  }

  private Plan plan(Head head, boolean post) {
    var path = head.path();
    var named = path.length() > basePath.length() ? path.substring(basePath.length() + 1) : "";
    if (!"1".equals(head.query("batch"))) return planOne(new Request(head, post), named);

    // Counted before anything is split or looked up: a URL has room for thousands of commas.
    return commas(named) < MAX_CALLS
        ? planBatch(new Request(head, post), named.split(",", -1))
        : new Plan.Settled(refuse(Problem.of(Reasons.BATCH_TOO_LONG)));
  }

  private Plan planOne(Request request, String name) {
    var call = new Named(name, calls.api().find(name));
    var procedure = call.procedure();
    boolean listens =
        !request.post()
            && (procedure == null
                ? request.acceptsEvents()
                : procedure.kind() == Kind.SUBSCRIPTION);
    return new Plan.Open(
        calls.api().audience(),
        1,
        call.caps().maxBytes(),
        call.isInline(),
        listens
            ? new Listening(request, call, calls, events)
            : new SingleCall(request, call, calls));
  }

  private Plan planBatch(Request request, String[] names) {
    var named = new ArrayList<Named>(names.length);
    for (var name : names) named.add(new Named(name, calls.api().find(name)));
    var batch = new Batch(request, named, calls);
    return new Plan.Open(
        calls.api().audience(),
        names.length,
        batch.caps().maxBytes(),
        named.stream().allMatch(Named::isInline),
        batch);
  }

  private static int commas(String names) {
    int count = 0;
    for (int i = 0; i < names.length(); i++) {
      if (names.charAt(i) == ',') count++;
    }
    return count;
  }
}

package dev.keyreeve.procedure.trpc;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keyreeve.procedure.Caller;
import dev.keyreeve.procedure.Calls;
import dev.keyreeve.procedure.Result;
import dev.keyreeve.procedure.http.Header;
import dev.keyreeve.procedure.http.Reply;
import dev.keyreeve.procedure.problem.Problem;
import dev.keyreeve.procedure.protocol.Answer;
import dev.keyreeve.procedure.protocol.EventPump;
import dev.keyreeve.procedure.protocol.Input;
import dev.keyreeve.procedure.protocol.Json;
import dev.keyreeve.procedure.protocol.Protocol;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A subscription, as server-sent events (WHATWG HTML, section 9.2).
///
/// A client reads a refusal only from an event, so that is its form, with status 200, wherever
/// events were asked for. Clients try again by themselves after -32603 alone.
record Listening(Request request, Named call, Calls calls, EventPump pump)
    implements Protocol.Exchange {
  private static final String EVENT_STREAM = "text/event-stream";

  private static final Reply HEAD =
      new Reply(
          200,
          List.of(
              new Header("Content-Type", EVENT_STREAM),
              new Header("Cache-Control", "no-cache, no-transform"),
              new Header("X-Accel-Buffering", "no"),
              new Header("Vary", "trpc-accept, accept")),
          new byte[0]);

  @Override
  public Reply refuse(Problem problem) {
    return request.acceptsEvents()
        ? new Reply(200, HEAD.headers(), frames().refusal(problem).getBytes(UTF_8))
        : Envelope.reply(problem, call.name());
  }

  @Override
  public Answer answer(Caller caller, byte[] body) {
    return switch (request.input(body, call.caps())) {
      case Input.Unreadable(var problem) ->
          new Answer.Whole(refuse(calls.refuse(call.procedure(), caller, problem)));
      case Input.Read(var json) -> {
        var lastId = lastId(json);
        yield switch (calls.call(call.procedure(), caller, json)) {
          case Result.Failed(var problem) -> new Answer.Whole(refuse(problem));
          case Result.Opened<?>(var subscription) ->
              new Answer.Streamed(
                  HEAD,
                  sink -> {
                    if (sink.send(connected())) {
                      pump.run(subscription, lastId, caller.requestId(), frames(), sink);
                    }
                  },
                  EventPump.watch(subscription, frames()));
          case Result.Succeeded<?> _ ->
              throw new IllegalStateException(call.name() + " is no subscription");
        };
      }
    };
  }

  /// Where to resume. The header is what a browser sends when it reconnects, and therefore newer
  /// than what stands in its URL; the client itself puts the id into the input, of which it is no
  /// part.
  private @Nullable String lastId(@Nullable JsonNode input) {
    var inInput = input instanceof ObjectNode object ? object.remove("lastEventId") : null;
    var head = request.head();
    return firstPresent(
        head.header("Last-Event-ID"),
        head.query("lastEventId"),
        head.query("Last-Event-Id"),
        inInput == null || inInput.isNull() ? null : inInput.asText());
  }

  private static @Nullable String firstPresent(@Nullable String... ids) {
    for (var id : ids) {
      if (id != null && !id.isEmpty()) return id;
    }
    return null;
  }

  /// Tells the client how long a silence means that the connection is dead.
  private String connected() {
    return event("connected", "{\"reconnectAfterInactivityMs\":" + silence() + "}");
  }

  private long silence() {
    return pump.betweenPings().multipliedBy(3).toMillis();
  }

  private EventPump.Frames frames() {
    return new EventPump.Frames() {
      @Override
      public String event(String id, String json) {
        return "data: " + json + "\nid: " + id + "\n\n";
      }

      @Override
      public String ping() {
        return "event: ping\ndata:\n\n";
      }

      @Override
      public String refusal(Problem problem) {
        var error = Json.bytes(out -> Envelope.writeError(problem, call.name(), out));
        return Listening.event("serialized-error", new String(error, UTF_8));
      }

      @Override
      public String end() {
        return "event: return\ndata:\n\n";
      }
    };
  }

  private static String event(String name, String data) {
    return "event: " + name + "\ndata: " + data + "\n\n";
  }
}

package dev.keyreeve.procedure.rest;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.keyreeve.procedure.problem.Problem;
import dev.keyreeve.procedure.protocol.EventPump;

/// Events as the HTML standard has them. A `problem` event, whose data are the body of a refusal,
/// is the last of a stream that is broken off; an `end` event is the last of a feed that is over.
record EventFrames(RestReplies replies, String requestId) implements EventPump.Frames {
  @Override
  public String event(String id, String json) {
    return "id: " + id + "\n" + frame("message", json);
  }

  @Override
  public String ping() {
    return ": ping\n\n";
  }

  @Override
  public String refusal(Problem problem) {
    return frame("problem", new String(replies.failure(problem, requestId).body(), UTF_8));
  }

  @Override
  public String end() {
    return frame("end", "{}");
  }

  private static String frame(String event, String json) {
    return "event: " + event + "\ndata: " + json + "\n\n";
  }
}

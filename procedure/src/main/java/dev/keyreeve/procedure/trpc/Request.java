package dev.keyreeve.procedure.trpc;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.keyreeve.procedure.http.Head;
import dev.keyreeve.procedure.json.Caps;
import dev.keyreeve.procedure.protocol.Input;
import org.jspecify.annotations.Nullable;

/// What the head of a request says beside the names of its calls.
///
/// @param post whether the input is in the body
record Request(Head head, boolean post) {

  /// What was sent for all its calls together.
  Input input(byte[] body, Caps caps) {
    if (post) return Input.parse(body, caps);

    var parameter = head.query("input");
    return parameter == null ? new Input.Read(null) : Input.parse(parameter.getBytes(UTF_8), caps);
  }

  boolean acceptsEvents() {
    return names(head.header("Accept"), "text/event-stream");
  }

  /// Whether the stream link of version 11 asks.
  boolean acceptsLines() {
    var own = head.header("trpc-accept");
    return names(own == null ? head.header("Accept") : own, "application/jsonl");
  }

  /// Whether the stream link of version 10 asks.
  boolean streamsBatch() {
    return "stream".equals(head.header("trpc-batch-mode"));
  }

  private static boolean names(@Nullable String accept, String mediaType) {
    return accept != null && accept.contains(mediaType);
  }
}

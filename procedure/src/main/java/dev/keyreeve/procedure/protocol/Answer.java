package dev.keyreeve.procedure.protocol;

import dev.keyreeve.procedure.http.Reply;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// How a request is answered.
public sealed interface Answer {
  record Whole(Reply reply) implements Answer {}

  /// An open answer: the head is sent at once and the body as it comes.
  ///
  /// @param head its body is empty
  /// @param watch asked before each piece, and whenever the caller's access changes
  record Streamed(Reply head, Body body, Watch watch) implements Answer {}

  /// Whether an open answer may go on, as far as this node knows now. Spends nothing, and waits for
  /// nothing.
  @FunctionalInterface
  interface Watch {
    /// The last that is said if it may not; null while it may.
    @Nullable String refusal();
  }

  /// Writes an open answer, in plain blocking code.
  interface Body {
    /// @throws InterruptedException if the server is stopping
    void writeTo(Sink sink) throws InterruptedException;
  }

  /// Where an open answer goes.
  interface Sink {
    /// Sends a piece; waits while the caller is slower than we are.
    ///
    /// @return false once the caller is gone or may hear no more, and nothing more need be written
    boolean send(String piece) throws InterruptedException;

    /// Waits before something is sent again.
    ///
    /// @return false as soon as the caller is gone or the server is stopping
    default boolean pause(Duration time) throws InterruptedException {
      Thread.sleep(time);
      return true;
    }
  }
}

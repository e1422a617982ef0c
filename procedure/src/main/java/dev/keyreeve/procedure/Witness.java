package dev.keyreeve.procedure;

import dev.keyreeve.access.network.Address;
import dev.keyreeve.access.subject.Subject;
import dev.keyreeve.procedure.problem.Reason;
import org.jspecify.annotations.Nullable;

/// Sees how every call ended, before its answer leaves. It must not wait: it is called on event
/// loops.
@FunctionalInterface
public interface Witness {
  /// One call, or one request that was refused as a whole.
  ///
  /// @param atMillis when the answer was ready, in milliseconds since the epoch
  /// @param subject who called; null if nobody was made out
  /// @param secret number of the key's secret that proved it; 0 for any other subject
  /// @param procedure what was called; null if the request was refused before that was known
  /// @param refusal why it was refused or failed; null if it was carried out
  /// @param admitted whether the request was admitted, and so paid for
  /// @param calls how many calls it stands for: 1, or all those of a refused request
  /// @param latencyNanos how long the decision and the work took, in nanoseconds
  record Seen(
      long atMillis,
      String requestId,
      @Nullable Subject subject,
      int secret,
      Address address,
      @Nullable Procedure<?, ?> procedure,
      @Nullable Reason refusal,
      boolean admitted,
      int calls,
      long latencyNanos) {}

  void saw(Seen seen);

  /// Shows what is seen to both.
  default Witness and(Witness other) {
    return seen -> {
      saw(seen);
      other.saw(seen);
    };
  }
}

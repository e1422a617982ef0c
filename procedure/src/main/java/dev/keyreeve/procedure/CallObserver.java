package dev.keyreeve.procedure;

import dev.keyreeve.access.directory.Lookup;
import dev.keyreeve.access.network.Address;
import dev.keyreeve.access.subject.ProvedBy;
import dev.keyreeve.access.subject.Subject;
import dev.keyreeve.procedure.problem.Reason;
import org.jspecify.annotations.Nullable;

/// Sees how every call ended, before its answer leaves. It must not wait: it is called on event
/// loops.
@FunctionalInterface
public interface CallObserver {
  /// One call, or one request that was refused as a whole.
  ///
  /// @param atMillis when the answer was ready, in milliseconds since the epoch
  /// @param subject who called; null if nobody was made out
  /// @param by what proved the subject
  /// @param procedure what was called; null if the request was refused before that was known
  /// @param refusal why it was refused or failed; null if it was carried out
  /// @param admitted whether the request was admitted, and so paid for
  /// @param calls how many calls it stands for: 1, or all those of a refused request
  /// @param latencyNanos how long the decision and the work took, in nanoseconds
  record Seen(
      long atMillis,
      String requestId,
      @Nullable Subject subject,
      ProvedBy by,
      Address address,
      @Nullable Procedure<?, ?> procedure,
      @Nullable Reason refusal,
      boolean admitted,
      int calls,
      long latencyNanos) {

    /// What an admitted caller got.
    public static Seen of(
        Caller caller,
        @Nullable Procedure<?, ?> procedure,
        @Nullable Reason refusal,
        int calls,
        long atMillis,
        long latencyNanos) {
      return new Seen(
          atMillis,
          caller.requestId(),
          caller.subject(),
          caller.by(),
          caller.address(),
          procedure,
          refusal,
          true,
          calls,
          latencyNanos);
    }

    /// A request that was refused before it cost anything.
    public static Seen refused(
        String requestId,
        Lookup lookup,
        Address address,
        Reason refusal,
        int calls,
        long atMillis,
        long latencyNanos) {
      var known = lookup instanceof Lookup.Known one ? one : null;
      return new Seen(
          atMillis,
          requestId,
          known == null ? null : known.subject(),
          known == null ? ProvedBy.NOTHING : known.by(),
          address,
          null,
          refusal,
          false,
          calls,
          latencyNanos);
    }
  }

  void observed(Seen seen);

  /// Shows what is seen to both.
  default CallObserver and(CallObserver other) {
    return seen -> {
      observed(seen);
      other.observed(seen);
    };
  }
}

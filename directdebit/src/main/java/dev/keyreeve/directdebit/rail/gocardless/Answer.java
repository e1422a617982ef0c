package dev.keyreeve.directdebit.rail.gocardless;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What came of a call to GoCardless.
public sealed interface Answer<T> {

  /// It did what was asked for.
  ///
  /// @param replayed it had done so before: the value is what exists since then, in the state that
  ///   it is in now
  record Done<T>(T value, boolean replayed) implements Answer<T> {}

  /// @param requestId by which GoCardless's support finds the call; null if it did not say
  record Refused<T>(Refusal refusal, @Nullable String requestId) implements Answer<T> {}

  /// What comes of another call with the result of this one; the refusal if there is none.
  default <R> Answer<R> then(Function<? super T, Answer<R>> next) {
    return switch (this) {
      case Done<T>(var value, _) -> next.apply(value);
      case Refused<T>(var refusal, var requestId) -> new Refused<>(refusal, requestId);
    };
  }

  default <R> Answer<R> map(Function<? super T, ? extends R> change) {
    return switch (this) {
      case Done<T>(var value, var replayed) -> new Done<>(change.apply(value), replayed);
      case Refused<T>(var refusal, var requestId) -> new Refused<>(refusal, requestId);
    };
  }
}

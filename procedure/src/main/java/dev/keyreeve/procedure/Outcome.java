package dev.keyreeve.procedure;

import dev.keyreeve.procedure.problem.Problem;
import dev.keyreeve.procedure.problem.Reason;
import java.util.Map;
import java.util.function.Function;

/// What a procedure answers: its result, or a refusal that was foreseen. Exceptions are left for
/// what nobody planned.
public sealed interface Outcome<T> {
  record Done<T>(T value) implements Outcome<T> {}

  record Refused<T>(Problem problem) implements Outcome<T> {}

  /// Goes on with the result; a refusal stays what it is.
  default <U> Outcome<U> then(Function<T, Outcome<U>> next) {
    return switch (this) {
      case Done<T>(var value) -> next.apply(value);
      case Refused<T>(var problem) -> new Refused<>(problem);
    };
  }

  static <T> Outcome<T> done(T value) {
    return new Done<>(value);
  }

  static <T> Outcome<T> refused(Reason reason) {
    return new Refused<>(Problem.of(reason));
  }

  static <T> Outcome<T> refused(Reason reason, Map<String, Object> details) {
    return new Refused<>(Problem.of(reason, details));
  }
}

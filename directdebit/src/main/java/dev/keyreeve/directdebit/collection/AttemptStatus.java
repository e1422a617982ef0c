package dev.keyreeve.directdebit.collection;

import dev.keyreeve.directdebit.collection.Next.Illegal;
import dev.keyreeve.directdebit.collection.Next.Same;
import dev.keyreeve.directdebit.collection.Next.To;
import java.util.Locale;

/// Where one presentation stands. What a payer claims back stays collected or settled here: it did
/// come to something.
public enum AttemptStatus {
  SUBMITTED,
  COLLECTED,
  SETTLED,
  FAILED,
  /// Taken back before it was processed.
  CANCELLED,
  /// Not taken in by the scheme.
  REJECTED;

  /// Whether the payer is asked for it, or has paid it.
  public boolean stands() {
    return switch (this) {
      case SUBMITTED, COLLECTED, SETTLED -> true;
      case FAILED, CANCELLED, REJECTED -> false;
    };
  }

  /// What a step makes of this.
  public Next<AttemptStatus> after(Step step) {
    return switch (step) {
      case REJECT -> from(this == SUBMITTED, REJECTED);
      case WITHDRAW -> from(this == SUBMITTED, CANCELLED);
      case COLLECT -> from(this == SUBMITTED, COLLECTED);
      case SETTLE -> from(this == COLLECTED, SETTLED);
      case RETURN -> from(this == SUBMITTED || this == COLLECTED || this == SETTLED, FAILED);
      case CLAIM, RELEASE -> this == COLLECTED || this == SETTLED ? new Same<>() : new Illegal<>();
      case TAKE_UP -> from(this == FAILED || this == CANCELLED, SUBMITTED);
      case OPEN, DEFER, AMEND, CANCEL, SKIP, PRESENT, RETRY, GIVE_UP -> new Illegal<>();
    };
  }

  private Next<AttemptStatus> from(boolean isLegal, AttemptStatus target) {
    if (isLegal) return new To<>(target);

    return this == target ? new Same<>() : new Illegal<>();
  }

  /// As the wire and the database spell it.
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// Reads [#word].
  public static AttemptStatus parse(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }
}

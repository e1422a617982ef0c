package dev.keyreeve.directdebit.collection;

import dev.keyreeve.directdebit.collection.Next.Illegal;
import dev.keyreeve.directdebit.collection.Next.Same;
import dev.keyreeve.directdebit.collection.Next.To;
import java.util.Locale;

/// Where a collection stands, and what can become of it.
public enum CollectionStatus {
  /// Planned for a day.
  SCHEDULED,
  /// Goes out with the next run.
  PENDING_SUBMISSION,
  /// On the way to the payer's bank.
  SUBMITTED,
  /// The payer has been debited; it may still come back.
  COLLECTED,
  /// It did not come back in time. It still may, late, and the payer may claim it back for ever.
  SETTLED,
  FAILED,
  /// Came back, and is planned to be presented once more.
  RETRYING,
  /// The payer has it back under the guarantee.
  CLAWED_BACK,
  CANCELLED,
  /// Left out, since its mandate was not in force when it fell due.
  SKIPPED;

  /// Whether a poller may stop. A settled one can still be claimed back.
  public boolean isFinal() {
    return switch (this) {
      case SETTLED, FAILED, CLAWED_BACK, CANCELLED, SKIPPED -> true;
      case SCHEDULED, PENDING_SUBMISSION, SUBMITTED, COLLECTED, RETRYING -> false;
    };
  }

  /// Whether nothing of it is with a bank, and it is to be.
  public boolean isPlanned() {
    return this == SCHEDULED || this == PENDING_SUBMISSION;
  }

  /// What a step makes of this.
  public Next<CollectionStatus> after(Step step) {
    return switch (step) {
      case OPEN -> from(this == SCHEDULED, PENDING_SUBMISSION);
      case DEFER, AMEND -> from(isPlanned(), SCHEDULED);
      case CANCEL -> from(isPlanned(), CANCELLED);
      case SKIP -> from(isPlanned(), SKIPPED);
      case PRESENT -> from(this == PENDING_SUBMISSION || this == RETRYING, SUBMITTED);
      case REJECT -> from(this == PENDING_SUBMISSION || this == SUBMITTED, FAILED);
      case WITHDRAW -> from(this == SUBMITTED, CANCELLED);
      case COLLECT -> from(this == SUBMITTED, COLLECTED);
      case SETTLE -> this == CLAWED_BACK ? new Same<>() : from(this == COLLECTED, SETTLED);
      case RETURN -> from(this == SUBMITTED || this == COLLECTED || this == SETTLED, FAILED);
      case RETRY -> from(this == FAILED, RETRYING);
      case GIVE_UP -> from(this == RETRYING, FAILED);
      case TAKE_UP -> from(this == FAILED || this == RETRYING || this == CANCELLED, SUBMITTED);
      case CLAIM -> from(this == COLLECTED || this == SETTLED, CLAWED_BACK);
      case RELEASE -> from(this == CLAWED_BACK, SETTLED);
    };
  }

  private Next<CollectionStatus> from(boolean isLegal, CollectionStatus target) {
    if (isLegal) return this == target ? new Same<>() : new To<>(target);

    return this == target ? new Same<>() : new Illegal<>();
  }

  /// As the wire and the database spell it, such as `pending_submission`.
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// Reads [#word].
  public static CollectionStatus parse(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }
}

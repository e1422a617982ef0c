package dev.keyreeve.directdebit.collector.serviceuser;

import dev.keyreeve.directdebit.bacs.calendar.Cycle;
import java.util.Locale;

/// Which scheme a service user collects by.
public enum SchemeKind {
  /// The bank inside this server.
  SANDBOX,
  /// Files for Bacs, which a person or a bureau uploads.
  BACS,
  GOCARDLESS;

  /// Processing days from the run to the payer's debit. GoCardless closes in the afternoon, so that
  /// what the run brings it waits for its next day; one day more is left for when it cannot be
  /// reached.
  public int leadDays() {
    return switch (this) {
      case SANDBOX, BACS -> Cycle.LEAD_DAYS;
      case GOCARDLESS -> Cycle.LEAD_DAYS + 2;
    };
  }

  /// Whether a provider tells what became of a debit; where banks report failures alone, silence is
  /// an answer.
  public boolean tellsItself() {
    return this == GOCARDLESS;
  }

  /// As the wire and the database spell it.
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// Reads [#word].
  public static SchemeKind ofWord(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }
}

package dev.keyreeve.directdebit.mandate;

import dev.keyreeve.directdebit.bacs.origin.Origin;
import dev.keyreeve.directdebit.bacs.scheme.SchemeEvent;
import dev.keyreeve.directdebit.bacs.scheme.SchemeReason;
import dev.keyreeve.procedure.Actor;
import org.jspecify.annotations.Nullable;

/// Who makes something happen to a mandate or a debit, and the bank's reason if it is a bank.
public record Source(Origin origin, @Nullable SchemeReason reason) {
  public static final Source PAYER = new Source(Origin.PAYER, null);
  public static final Source PROVIDER = new Source(Origin.PROVIDER, null);
  public static final Source CLOCK = new Source(Origin.CLOCK, null);

  /// Whoever acts in a transaction.
  public static Source by(Actor by) {
    return new Source(Origin.by(by), null);
  }

  /// What a bank reports has a reason; the rest is the word of whoever speaks to the banks.
  public static Source of(SchemeEvent event) {
    var reason = event.reason();
    return new Source(reason == null ? Origin.PROVIDER : Origin.BANK, reason);
  }
}

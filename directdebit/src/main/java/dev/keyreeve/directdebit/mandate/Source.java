package dev.keyreeve.directdebit.mandate;

import dev.keyreeve.directdebit.scheme.SchemeEvent;
import dev.keyreeve.directdebit.scheme.SchemeReason;
import dev.keyreeve.platform.event.Origin;
import org.jspecify.annotations.Nullable;

/// Who makes something happen to a mandate, and the bank's reason if it is a bank.
record Source(Origin origin, @Nullable SchemeReason reason) {
  static final Source AGENT = new Source(Origin.AGENT, null);
  static final Source PAYER = new Source(Origin.PAYER, null);
  static final Source CLOCK = new Source(Origin.CLOCK, null);

  /// What a bank reports has a reason; the rest is the word of whoever speaks to the banks.
  static Source of(SchemeEvent event) {
    var reason = event.reason();
    return new Source(reason == null ? Origin.PROVIDER : Origin.BANK, reason);
  }
}

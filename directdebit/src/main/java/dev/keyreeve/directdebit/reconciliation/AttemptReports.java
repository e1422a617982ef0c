package dev.keyreeve.directdebit.reconciliation;

import dev.keyreeve.directdebit.scheme.SchemeEvent;
import dev.keyreeve.platform.tenancy.Tx;

/// Moves a presentation, its collection and its mandate on by what a scheme reports of it.
public interface AttemptReports {

  /// @return whether the report fits what is known here; if not, nothing has changed
  boolean apply(Tx tx, String attempt, SchemeEvent event);

  /// The same for a debit that came back and that the provider presents again of itself: nobody
  /// else does.
  boolean returnedForNow(Tx tx, String attempt, SchemeEvent.DebitReturned event);
}

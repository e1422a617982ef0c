package dev.keyreeve.directdebit.rail.scheme;

import dev.keyreeve.directdebit.bacs.scheme.AuddisReason;
import java.util.List;

/// What becomes of a batch.
///
/// @param unsendable instructions that the scheme cannot carry
public record Sealing(List<Sealed> submissions, List<Unsendable> unsendable) {
  public Sealing {
    submissions = List.copyOf(submissions);
    unsendable = List.copyOf(unsendable);
  }

  /// @param reason what the payer's bank would say of it
  public record Unsendable(Item item, AuddisReason reason) {}
}

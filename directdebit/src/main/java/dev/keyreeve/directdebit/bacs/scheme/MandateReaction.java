package dev.keyreeve.directdebit.bacs.scheme;

/// What a returned debit or a claim does to the mandate it was collected under.
public enum MandateReaction {
  NONE,
  SUSPEND,
  CANCEL
}

package dev.keyreeve.directdebit.collection;

import dev.keyreeve.procedure.problem.Code;
import dev.keyreeve.procedure.problem.Reason;

/// The reasons with which collections are refused.
public final class CollectionRefusals {
  public static final Reason COLLECTION_NOT_FOUND =
      new Reason(Code.NOT_FOUND, "collection_not_found", "There is no such collection.");
  static final Reason INVALID_STATE =
      new Reason(
          Code.CONFLICT,
          "invalid_state",
          "The status of the collection or of its mandate does not allow this.");
  static final Reason VERSION_MISMATCH =
      new Reason(
          Code.CONFLICT, "version_mismatch", "The collection has changed since you read it.");
  static final Reason PAST_CUTOFF =
      new Reason(Code.CONFLICT, "past_cutoff", "The day is too early to be reached.");
  static final Reason NOT_REPRESENTABLE =
      new Reason(
          Code.CONFLICT,
          "not_representable",
          "What came back for this reason cannot be presented again.");
  static final Reason AMOUNT_MISMATCH =
      new Reason(
          Code.CONFLICT, "amount_mismatch", "A collection is presented again with its own amount.");
  static final Reason TOO_LATE =
      new Reason(
          Code.CONFLICT,
          "too_late",
          "A collection is presented again within a month of its first presentation.");

  private CollectionRefusals() {}
}

package dev.keyreeve.directdebit.mandate;

import dev.keyreeve.procedure.Replayable;
import java.util.List;

/// What became of a mandate that was to be updated.
///
/// @param changed false if it was so already
/// @param newNotices the advance notices that a new schedule asks for
/// @param replayed whether this is the answer of an earlier call with the same idempotency key
record UpdatedMandate(
    MandateView mandate, boolean changed, List<NoticeView> newNotices, boolean replayed)
    implements Replayable<UpdatedMandate> {

  @Override
  public UpdatedMandate asReplay() {
    return new UpdatedMandate(mandate, changed, newNotices, true);
  }
}

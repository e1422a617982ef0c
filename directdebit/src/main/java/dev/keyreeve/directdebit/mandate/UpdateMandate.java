package dev.keyreeve.directdebit.mandate;

import dev.keyreeve.directdebit.mandate.payer.Contact;
import dev.keyreeve.directdebit.mandate.schedule.ScheduleDraft;
import dev.keyreeve.procedure.Repeatable;
import dev.keyreeve.procedure.shape.Items;
import dev.keyreeve.procedure.shape.Range;
import dev.keyreeve.procedure.shape.Text;
import java.time.LocalDate;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What is given takes the place of what there is; what is left out stays.
///
/// @param contact the payer's, in all mandates of this payer
/// @param schedule takes the place of the one before; debits that are submitted already stay
/// @param effectiveFrom the first day that may be debited by the new schedule; when it starts
///   unless said. Needs a `schedule`
/// @param ifVersion update only what you have seen
record UpdateMandate(
    MandateId id,
    @Nullable Contact contact,
    @Nullable ScheduleDraft schedule,
    @Nullable LocalDate effectiveFrom,
    @Nullable @Items(max = 20) Map<@Text(max = 40) String, @Text(max = 500) String> metadata,
    @Nullable @Range(min = 1, max = Integer.MAX_VALUE) Integer ifVersion,
    @Nullable @Text(max = 128) String idempotencyKey)
    implements Repeatable {
  UpdateMandate {
    if (effectiveFrom != null && schedule == null) {
      throw new IllegalArgumentException("An effectiveFrom comes with a schedule.");
    }
  }
}

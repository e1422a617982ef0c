package dev.keyreeve.directdebit.mandate;

import dev.keyreeve.procedure.Repeatable;
import dev.keyreeve.procedure.shape.Range;
import dev.keyreeve.procedure.shape.Text;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/// @param until the day in London on whose morning the suspension ends by itself; after today
/// @param ifVersion suspend only what you have seen
record SuspendMandate(
    MandateId id,
    Reason.Given reason,
    @Nullable LocalDate until,
    @Nullable @Range(min = 1, max = Integer.MAX_VALUE) Integer ifVersion,
    @Nullable @Text(max = 128) String idempotencyKey)
    implements Repeatable {}

package dev.keyreeve.directdebit.mandate;

import dev.keyreeve.procedure.Repeatable;
import dev.keyreeve.procedure.shape.Range;
import dev.keyreeve.procedure.shape.Text;
import org.jspecify.annotations.Nullable;

/// @param payerConsent what the payer agreed to after the mandate ended; needed if the payer ended
///   it
/// @param ifVersion reactivate only what you have seen
record ReactivateMandate(
    MandateId id,
    @Nullable Evidence payerConsent,
    @Nullable @Range(min = 1, max = Integer.MAX_VALUE) Integer ifVersion,
    @Nullable @Text(max = 128) String idempotencyKey)
    implements Repeatable {}

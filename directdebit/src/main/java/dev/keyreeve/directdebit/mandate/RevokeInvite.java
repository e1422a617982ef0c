package dev.keyreeve.directdebit.mandate;

import dev.keyreeve.procedure.Repeatable;
import dev.keyreeve.procedure.shape.Range;
import dev.keyreeve.procedure.shape.Text;
import org.jspecify.annotations.Nullable;

/// @param ifVersion revoke only for what you have seen
record RevokeInvite(
    MandateId id,
    @Nullable @Range(min = 1, max = Integer.MAX_VALUE) Integer ifVersion,
    @Nullable @Text(max = 128) String idempotencyKey)
    implements Repeatable {}

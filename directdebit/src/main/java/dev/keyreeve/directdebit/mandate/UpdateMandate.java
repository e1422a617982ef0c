package dev.keyreeve.directdebit.mandate;

import dev.keyreeve.directdebit.payer.Contact;
import dev.keyreeve.procedure.Repeatable;
import dev.keyreeve.procedure.shape.Items;
import dev.keyreeve.procedure.shape.Range;
import dev.keyreeve.procedure.shape.Text;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What is given takes the place of what there is; what is left out stays.
///
/// @param contact the payer's, in all mandates of this payer
/// @param ifVersion update only what you have seen
record UpdateMandate(
    MandateId id,
    @Nullable Contact contact,
    @Nullable @Items(max = 20) Map<@Text(max = 40) String, @Text(max = 500) String> metadata,
    @Nullable @Range(min = 1, max = Integer.MAX_VALUE) Integer ifVersion,
    @Nullable @Text(max = 128) String idempotencyKey)
    implements Repeatable {}

package dev.keyreeve.directdebit.mandate;

import dev.keyreeve.procedure.Repeatable;
import dev.keyreeve.procedure.shape.Range;
import dev.keyreeve.procedure.shape.Text;
import org.jspecify.annotations.Nullable;

/// @param expiresInDays how long the new link works; 14 unless said
/// @param sendEmail whether this server mails the link to the payer, and a confirmation once it is
///   completed; not unless said
/// @param ifVersion resend only for what you have seen
record ResendInvite(
    MandateId id,
    @Nullable @Range(min = 1, max = 60) Integer expiresInDays,
    @Nullable Boolean sendEmail,
    @Nullable @Range(min = 1, max = Integer.MAX_VALUE) Integer ifVersion,
    @Nullable @Text(max = 128) String idempotencyKey)
    implements Repeatable {}

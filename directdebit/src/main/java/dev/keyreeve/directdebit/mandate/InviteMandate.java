package dev.keyreeve.directdebit.mandate;

import dev.keyreeve.directdebit.bacs.MandateReference;
import dev.keyreeve.directdebit.mandate.invite.RedirectUrl;
import dev.keyreeve.directdebit.mandate.payer.Payer;
import dev.keyreeve.directdebit.mandate.schedule.ScheduleDraft;
import dev.keyreeve.procedure.Repeatable;
import dev.keyreeve.procedure.shape.Items;
import dev.keyreeve.procedure.shape.Range;
import dev.keyreeve.procedure.shape.Text;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A mandate whose payer is to complete it.
///
/// @param reference made up if there is none
/// @param expiresInDays how long the link works; 14 unless said
/// @param redirectUrl where the payer can go on to afterwards
/// @param schedule what is to be collected; nothing until one is given unless said
/// @param sendEmail whether this server mails the link to the payer, and a confirmation once it is
///   completed; not unless said
/// @param metadata the agent's own, kept and given back
record InviteMandate(
    Payer payer,
    @Nullable MandateReference reference,
    @Nullable @Range(min = 1, max = 60) Integer expiresInDays,
    @Nullable RedirectUrl redirectUrl,
    @Nullable ScheduleDraft schedule,
    @Nullable Boolean sendEmail,
    @Nullable @Items(max = 20) Map<@Text(max = 40) String, @Text(max = 500) String> metadata,
    @Nullable @Text(max = 128) String idempotencyKey)
    implements Repeatable {}

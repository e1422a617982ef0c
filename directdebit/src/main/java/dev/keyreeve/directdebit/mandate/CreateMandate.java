package dev.keyreeve.directdebit.mandate;

import dev.keyreeve.directdebit.bacs.MandateReference;
import dev.keyreeve.directdebit.bacs.bankaccount.BankDetails;
import dev.keyreeve.directdebit.mandate.payer.Payer;
import dev.keyreeve.directdebit.mandate.schedule.ScheduleDraft;
import dev.keyreeve.procedure.Repeatable;
import dev.keyreeve.procedure.shape.Items;
import dev.keyreeve.procedure.shape.Text;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A mandate whose payer has given authority elsewhere.
///
/// @param reference made up if there is none
/// @param schedule what is to be collected; nothing until one is given unless said
/// @param metadata the agent's own, kept and given back
record CreateMandate(
    Payer payer,
    BankDetails bankDetails,
    Evidence evidence,
    @Nullable MandateReference reference,
    @Nullable ScheduleDraft schedule,
    @Nullable @Items(max = 20) Map<@Text(max = 40) String, @Text(max = 500) String> metadata,
    @Nullable @Text(max = 128) String idempotencyKey)
    implements Repeatable {}

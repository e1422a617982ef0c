package dev.keyreeve.directdebit.mandate;

import dev.keyreeve.directdebit.bacs.bankaccount.BankDetails;
import dev.keyreeve.procedure.Repeatable;
import dev.keyreeve.procedure.shape.Range;
import dev.keyreeve.procedure.shape.Text;
import org.jspecify.annotations.Nullable;

/// @param bankDetails the account that is to be debited
/// @param evidence of the payer's agreement to it
/// @param ifVersion change only what you have seen
record ChangeBankAccount(
    MandateId id,
    BankDetails bankDetails,
    Evidence evidence,
    @Nullable @Range(min = 1, max = Integer.MAX_VALUE) Integer ifVersion,
    @Nullable @Text(max = 128) String idempotencyKey)
    implements Repeatable {}

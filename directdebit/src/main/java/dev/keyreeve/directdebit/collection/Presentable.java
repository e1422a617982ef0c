package dev.keyreeve.directdebit.collection;

import dev.keyreeve.directdebit.bacs.TransactionCode;
import dev.keyreeve.directdebit.calendar.Cycle;
import dev.keyreeve.directdebit.mandate.MandateId;
import dev.keyreeve.directdebit.mandate.MandateReference;
import dev.keyreeve.directdebit.money.Pence;
import org.jspecify.annotations.Nullable;

/// A debit that goes out with a run.
///
/// @param attempt the id that this presentation will have
/// @param n 1 for the first presentation of its collection
/// @param bankAccountId the payer's account
/// @param mandateProviderRef how a provider calls the mandate, if it does
public record Presentable(
    AttemptId attempt,
    CollectionId collection,
    MandateId mandate,
    MandateReference reference,
    String bankAccountId,
    @Nullable String mandateProviderRef,
    int n,
    TransactionCode code,
    Pence amount,
    Cycle cycle) {}

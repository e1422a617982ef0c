package dev.keyreeve.directdebit.rail.scheme;

import dev.keyreeve.directdebit.bacs.TransactionCode;
import dev.keyreeve.directdebit.bacs.bankaccount.BankDetails;
import dev.keyreeve.directdebit.bacs.money.Pence;
import org.jspecify.annotations.Nullable;

/// One instruction or debit that is to be submitted.
///
/// @param id of the instruction, or of the attempt that presents a debit
/// @param reference of the mandate
/// @param amount zero for an instruction
/// @param providerRef by which a provider knows the mandate; null if none does
public record Item(
    String id,
    String workspace,
    String mandate,
    TransactionCode code,
    String reference,
    BankDetails payer,
    Pence amount,
    @Nullable String providerRef) {}

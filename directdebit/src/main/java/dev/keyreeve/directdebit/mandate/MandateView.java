package dev.keyreeve.directdebit.mandate;

import dev.keyreeve.directdebit.bacs.MandateReference;
import dev.keyreeve.directdebit.bacs.bankaccount.BankAccountView;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A mandate as callers see it.
///
/// @param since when it came into this status
/// @param initiator who ended it, if it was cancelled
/// @param reason why it is suspended or over
/// @param resubmitting whether it is being lodged anew for another account; nothing is collected
///   until the bank has it
/// @param bankAccount absent while the payer has given none, or after a provider has followed the
///   payer to another account
/// @param allowedActions what can be asked of it now
/// @param version rises with every change; name it as `ifVersion` to change only what you have seen
record MandateView(
    MandateId id,
    MandateReference reference,
    MandateStatus status,
    Instant since,
    @Nullable LocalDate suspendedUntil,
    @Nullable Initiator initiator,
    @Nullable String reason,
    boolean resubmitting,
    PayerView payer,
    @Nullable BankAccountView bankAccount,
    List<MandateAction> allowedActions,
    Map<String, String> metadata,
    int version,
    Instant createdAt,
    Instant updatedAt) {}

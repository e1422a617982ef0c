package dev.keyreeve.directdebit.rail.gocardless;

import dev.keyreeve.directdebit.bacs.MandateReference;
import org.jspecify.annotations.Nullable;

/// A Bacs mandate to be set up on a payer's account.
///
/// @param reference null lets GoCardless choose; accounts without a service user number of their
///   own may not choose
/// @param creditor which of the account's creditors collects; null if it has one alone
/// @param ownReference the caller's own, kept as metadata so that people find it
public record NewMandate(
    ResourceId bankAccount,
    @Nullable MandateReference reference,
    @Nullable ResourceId creditor,
    String ownReference) {}

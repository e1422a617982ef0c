package dev.keyreeve.directdebit.mandate;

import dev.keyreeve.directdebit.bacs.MandateReference;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/// A mandate right after an event. It names the payer by ids alone: events stay when a person's
/// name and address have to go.
///
/// @param submissions how often it has been queued for lodging
/// @param resubmitting whether it is being lodged anew for another account, or was when it was
///   cancelled
record MandateSnapshot(
    MandateId id,
    MandateReference reference,
    MandateStatus status,
    Instant since,
    @Nullable LocalDate suspendedUntil,
    @Nullable Initiator initiator,
    @Nullable String reason,
    int submissions,
    boolean resubmitting,
    String payerId,
    @Nullable String payerExternalRef,
    int version) {

  static MandateSnapshot of(Mandate mandate) {
    var columns = mandate.state().columns();
    return new MandateSnapshot(
        mandate.id(),
        mandate.reference(),
        columns.status(),
        columns.since(),
        columns.suspendedUntil(),
        columns.initiator(),
        columns.reason(),
        columns.submissions(),
        columns.resubmitting(),
        mandate.payer().id(),
        mandate.payer().externalRef(),
        mandate.version());
  }
}

package dev.keyreeve.directdebit.collection;

import dev.keyreeve.directdebit.mandate.MandateId;
import dev.keyreeve.platform.tenancy.Tx;
import java.time.LocalDate;
import java.util.List;

/// Tells payers of debits before they are made. What it does belongs to the transaction, so it
/// queues and does not send.
@FunctionalInterface
public interface NoticeSender {

  /// @param amount in pence
  record AdvanceNotice(
      CollectionId collection, MandateId mandate, long amount, LocalDate entryOn) {}

  void send(Tx tx, List<AdvanceNotice> notices);
}

package dev.keyreeve.directdebit.rail.reconciliation;

import dev.keyreeve.directdebit.collector.serviceuser.ServiceUser;
import dev.keyreeve.platform.tenancy.Across;

/// Told of every report that was read, in the transaction that applied it.
@FunctionalInterface
public interface AfterImport {
  void imported(Across across, ServiceUser user, Imported report);
}

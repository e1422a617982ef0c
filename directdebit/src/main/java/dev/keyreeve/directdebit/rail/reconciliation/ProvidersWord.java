package dev.keyreeve.directdebit.rail.reconciliation;

import dev.keyreeve.directdebit.bacs.bankreport.AdviceKey;
import dev.keyreeve.directdebit.collector.serviceuser.ServiceUser;
import dev.keyreeve.directdebit.rail.reconciliation.ProviderAdviceRows.About;
import dev.keyreeve.platform.tenancy.Across;
import java.util.Optional;

/// Does what a provider tells of a mandate and a person stands by, though what is known here speaks
/// against it.
public interface ProvidersWord {

  /// @param mandate that the person has chosen
  /// @return whose it was; empty if it is not for a person to stand by, or of another mandate, and
  ///   nothing has changed
  Optional<About> confirm(Across across, ServiceUser user, AdviceKey key, String mandate);
}

package dev.keyreeve.directdebit.rail.scheme;

import dev.keyreeve.directdebit.bacs.BacsAccount;
import dev.keyreeve.directdebit.bacs.calendar.Cycle;
import dev.keyreeve.directdebit.collector.serviceuser.ServiceUser;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a service user submits at once.
///
/// @param collector the account that is credited; null where a provider keeps it
/// @param submitted how many submissions there were on the input day before
public record Batch(
    ServiceUser user,
    @Nullable BacsAccount collector,
    Cycle cycle,
    int submitted,
    List<Item> items) {
  public Batch {
    items = List.copyOf(items);
  }
}

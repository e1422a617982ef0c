package dev.keyreeve.directdebit.rail.gocardless;

import dev.keyreeve.directdebit.rail.gocardless.Answer.Done;
import dev.keyreeve.directdebit.rail.gocardless.Answer.Refused;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/// Asks for which days payments are that GoCardless presents again: events do not tell. Whoever has
/// sent a webhook waits meanwhile, so that nothing is asked twice; what has no answer is asked for
/// with the next events.
final class ChargeDays {
  private final GoCardlessAccountRows accounts;
  private final Connections connections;

  ChargeDays(GoCardlessAccountRows accounts, Connections connections) {
    this.accounts = accounts;
    this.connections = connections;
  }

  /// @return without those that are not known
  Map<ResourceId, LocalDate> of(String serviceUser, Set<ResourceId> payments, Instant now) {
    if (payments.isEmpty() || connections.isResting(serviceUser, now)) return Map.of();
    var account = accounts.find(serviceUser);
    if (account.isEmpty()) return Map.of();

    var days = new HashMap<ResourceId, LocalDate>();
    try (var client = connections.openOnce(account.get(), InstantSource.fixed(now))) {
      for (var payment : payments) {
        switch (client.payment(payment)) {
          case Done<GoCardlessPayment>(var found, _) -> {
            if (found.chargeDate() != null) days.put(payment, found.chargeDate());
          }
          case Refused<GoCardlessPayment>(var refusal, _)
              when refusal.mayPass() || refusal.isOfTheAccount() -> {
            connections.failed(serviceUser, refusal, now);
            return days;
          }
          case Refused<GoCardlessPayment> _ -> {}
        }
      }
    }
    return days;
  }
}

package dev.keyreeve.directdebit.rail.gocardless;

import dev.keyreeve.directdebit.bacs.bankreport.AdviceKey;
import dev.keyreeve.directdebit.bacs.scheme.SchemeEvent;
import dev.keyreeve.directdebit.collection.AttemptId;
import dev.keyreeve.directdebit.collection.AttemptStatus;
import dev.keyreeve.directdebit.collection.Presentations;
import dev.keyreeve.directdebit.collection.Presentations.Presented;
import dev.keyreeve.directdebit.collector.serviceuser.ServiceUser;
import dev.keyreeve.directdebit.collector.serviceuser.ServiceUsers;
import dev.keyreeve.directdebit.rail.gocardless.Answer.Done;
import dev.keyreeve.directdebit.rail.gocardless.Answer.Refused;
import dev.keyreeve.directdebit.rail.reconciliation.ProviderAdviceRows;
import dev.keyreeve.directdebit.rail.reconciliation.ProviderAdviceRows.About;
import dev.keyreeve.platform.tenancy.Across;
import dev.keyreeve.platform.tenancy.Tenancy;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/// Debits of which GoCardless has two payments: it has presented one again just as this server sent
/// another. A person is told in the transaction that finds out; after it, one is called off if it
/// still can be.
final class Doubles {
  private final Tenancy tenancy;
  private final GoCardlessAccountRows accounts;
  private final Connections connections;
  private final Presentations presentations;

  Doubles(
      Tenancy tenancy,
      GoCardlessAccountRows accounts,
      Connections connections,
      Presentations presentations) {
    this.tenancy = tenancy;
    this.accounts = accounts;
    this.connections = connections;
    this.presentations = presentations;
  }

  /// A debit that was found so for the first time.
  ///
  /// @param key of what a person is told
  record Doubled(AdviceKey key, About about) {}

  /// Tells a person, once, if GoCardless has more than one payment of a debit. The service user's
  /// row must be held.
  Optional<Doubled> find(Across across, ServiceUser user, About about) {
    var all = across.in(about.workspace(), tx -> presentations.together(tx, attempt(about)));
    var out = all.stream().filter(Presented::isOut).toList();
    if (out.size() < 2) return Optional.empty();

    var key = AdviceKey.of(List.of("gocardless", "double", all.getFirst().attempt().text()));
    var names = out.stream().map(Presented::providerRef).collect(Collectors.joining(" and "));
    var told =
        new ProviderAdviceRows.Told(
            key,
            null,
            "GoCardless has more than one payment of the same debit: " + names + ".",
            Objects.requireNonNull(out.getLast().providerRef()));
    if (!ProviderAdviceRows.claim(across, user.id(), told)) return Optional.empty();

    ProviderAdviceRows.parked(
        across.handle(),
        user.id(),
        key,
        "The payer may be debited twice. Take one back, or give the money back.",
        about);
    return Optional.of(new Doubled(key, about));
  }

  /// Takes back what GoCardless has not presented yet, the newest first, until one payment is left.
  /// No transaction is open. What cannot be taken back stays with the person who was told.
  void callOff(String serviceUser, List<Doubled> found, Instant now) {
    if (found.isEmpty() || connections.isResting(serviceUser, now)) return;
    var account = accounts.find(serviceUser);
    if (account.isEmpty()) return;

    try (var client = connections.openOnce(account.get(), InstantSource.fixed(now))) {
      for (var each : found) callOff(client, serviceUser, each, now);
    }
  }

  private void callOff(GoCardlessClient client, String serviceUser, Doubled doubled, Instant now) {
    var about = doubled.about();
    var out =
        new ArrayList<>(
            tenancy.read(about.workspace(), now, tx -> presentations.together(tx, attempt(about))));
    out.removeIf(each -> !each.isOut());
    for (var each : List.copyOf(out).reversed()) {
      if (out.size() < 2) break;
      if (each.status() != AttemptStatus.SUBMITTED) continue;

      switch (client.cancelPayment(new ResourceId(Objects.requireNonNull(each.providerRef())))) {
        case Done<GoCardlessPayment> _ -> {
          out.remove(each);
          calledOff(serviceUser, doubled, each, out.size() < 2, now);
        }
        case Refused<GoCardlessPayment>(var refusal, _)
            when refusal.mayPass() || refusal.isOfTheAccount() -> {
          connections.failed(serviceUser, refusal, now);
          return;
        }
        case Refused<GoCardlessPayment> _ -> {}
      }
    }
  }

  /// If this is not kept, GoCardless's own event tells of it.
  private void calledOff(
      String serviceUser, Doubled doubled, Presented one, boolean isDone, Instant now) {
    var about = doubled.about();
    tenancy.across(
        now,
        across -> {
          ServiceUsers.lock(across.handle(), serviceUser);
          across.in(
              about.workspace(),
              tx -> presentations.apply(tx, one.attempt(), new SchemeEvent.DebitCancelled()));
          if (isDone) {
            ProviderAdviceRows.applied(across.handle(), serviceUser, doubled.key(), about, now);
          }
          return one;
        });
  }

  private static AttemptId attempt(About about) {
    return new AttemptId(Objects.requireNonNull(about.attempt()));
  }
}

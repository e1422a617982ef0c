package dev.keyreeve.directdebit.rail.gocardless;

import dev.keyreeve.access.decision.Audience;
import dev.keyreeve.access.scope.ScopeCatalogue;
import dev.keyreeve.directdebit.bacs.bankaccount.BankAccounts;
import dev.keyreeve.directdebit.collection.Presentations;
import dev.keyreeve.directdebit.collection.claim.Claims;
import dev.keyreeve.directdebit.collector.serviceuser.ServiceUser;
import dev.keyreeve.directdebit.collector.serviceuser.ServiceUsers;
import dev.keyreeve.directdebit.mandate.SchemeReports;
import dev.keyreeve.directdebit.rail.reconciliation.ProvidersWord;
import dev.keyreeve.directdebit.rail.scheme.Scheme;
import dev.keyreeve.platform.cipher.FieldCipher;
import dev.keyreeve.platform.schedule.Schedule;
import dev.keyreeve.platform.tenancy.Across;
import dev.keyreeve.platform.tenancy.Tenancy;
import dev.keyreeve.procedure.Api;
import dev.keyreeve.procedure.Procedure;
import java.time.InstantSource;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/// GoCardless, joined to what the server keeps: submissions are sent to it, and what it tells is
/// done to mandates, debits and claims.
public final class GoCardless {
  private final Scheme scheme;
  private final Polls polls;
  private final Api api;
  private final Ingest ingest;
  private final List<Procedure<?, ?>> procedures;

  /// @param after told when events have done something, in the same transaction
  /// @param instead where every account is looked for; null for where GoCardless is
  public GoCardless(
      Jdbi jdbi,
      Tenancy tenancy,
      FieldCipher cipher,
      ServiceUsers users,
      BankAccounts bankAccounts,
      SchemeReports mandates,
      Presentations presentations,
      Claims claims,
      BiConsumer<Across, ServiceUser> after,
      @Nullable ApiAddress instead,
      RandomGenerator random) {
    var accounts = new GoCardlessAccountRows(jdbi, cipher);
    var connections = new Connections(accounts, instead, random);
    var doubles = new Doubles(tenancy, accounts, connections, presentations);
    var sender =
        new SubmissionSender(tenancy, bankAccounts, mandates, presentations, connections, doubles);
    var chargeDays = new ChargeDays(accounts, connections);
    ingest = new Ingest(tenancy, mandates, presentations, claims, chargeDays, doubles, after);
    scheme = new GoCardlessScheme(accounts, connections, sender);
    polls = new Polls(accounts, connections, ingest);
    var withdrawals = new Withdrawals(tenancy, users, accounts, connections, presentations);
    var setUp =
        new GoCardlessProcedures(jdbi, accounts, new Comparison(tenancy, connections), random);
    procedures =
        Stream.concat(Stream.of(withdrawals.procedure()), setUp.procedures().stream()).toList();
    api =
        new Api(
            "gocardless",
            "Webhooks of GoCardless",
            new Audience.Everyone(),
            ScopeCatalogue.of(),
            List.of(new Webhooks(accounts, ingest).procedure()));
  }

  public Scheme scheme() {
    return scheme;
  }

  /// What it tells and a person stands by.
  public ProvidersWord word() {
    return ingest::confirm;
  }

  /// What GoCardless calls; [WebhookProtocol] serves it.
  public Api api() {
    return api;
  }

  /// What belongs to the operators' API.
  public List<Procedure<?, ?>> procedures() {
    return procedures;
  }

  /// Asks each account for events, as long as the schedule works.
  public void runBy(Schedule schedule, InstantSource clock) {
    schedule.every(Polls.LOOKS, "directdebit.gocardless", () -> polls.lookAtDue(clock));
  }

  /// Asks each account for events now.
  public void poll(InstantSource clock) {
    polls.look(clock);
  }
}

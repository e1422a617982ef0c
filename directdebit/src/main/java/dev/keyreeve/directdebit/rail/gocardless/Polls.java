package dev.keyreeve.directdebit.rail.gocardless;

import dev.keyreeve.directdebit.rail.gocardless.Answer.Done;
import dev.keyreeve.directdebit.rail.gocardless.Answer.Refused;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Asks for events, so that what no webhook has told is not lost.
final class Polls {
  private static final Logger log = LoggerFactory.getLogger(Polls.class);
  static final Duration LOOKS = Duration.ofSeconds(5);

  /// How often each account is asked.
  private static final Duration PERIOD = Duration.ofMinutes(1);

  /// Pages of one look at one account; what is left waits for the next.
  private static final int PAGES = 50;

  private final GoCardlessAccountRows accounts;
  private final Connections connections;
  private final Ingest ingest;

  Polls(GoCardlessAccountRows accounts, Connections connections, Ingest ingest) {
    this.accounts = accounts;
    this.connections = connections;
    this.ingest = ingest;
  }

  /// Looks at every account.
  void look(InstantSource clock) {
    look(accounts.notPolledSince(clock.instant().plus(PERIOD)), clock);
  }

  /// Looks at the accounts that have not been asked for a while, or never.
  void lookAtDue(InstantSource clock) {
    look(accounts.notPolledSince(clock.instant().minus(PERIOD)), clock);
  }

  /// One that cannot be read stands in no other's way.
  private void look(List<String> serviceUsers, InstantSource clock) {
    for (var serviceUser : serviceUsers) {
      if (Thread.currentThread().isInterrupted()) return;
      try {
        poll(serviceUser, clock);
      } catch (RuntimeException failure) {
        log.error("the events of service user {} cannot be read", serviceUser, failure);
      }
    }
  }

  private void poll(String serviceUser, InstantSource clock) {
    if (connections.isResting(serviceUser, clock.instant())) return;
    var found = accounts.find(serviceUser);
    if (found.isEmpty()) return;

    var account = found.get();
    try (var client = connections.open(account, clock)) {
      var events = new GoCardlessPoll(client, PageRequest.MAX_LIMIT);
      var answer = account.polledAt() == null ? events.start() : events.after(account.cursor());
      for (int page = 1; ; page++) {
        switch (answer) {
          case Refused<GoCardlessPoll.Batch>(var refusal, _) -> {
            connections.failed(serviceUser, refusal, clock.instant());
            return;
          }
          case Done<GoCardlessPoll.Batch>(var batch, _) -> {
            ingest.take(serviceUser, batch, clock.instant());
            connections.succeeded(account, clock.instant());
            if (!batch.more() || page == PAGES) return;
            answer = events.after(batch.cursor());
          }
        }
      }
    }
  }
}

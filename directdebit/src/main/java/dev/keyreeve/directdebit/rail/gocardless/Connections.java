package dev.keyreeve.directdebit.rail.gocardless;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Opens clients for accounts, and lets an account rest whose calls have come to nothing.
final class Connections {
  private static final Duration TIMEOUT = Duration.ofSeconds(30);
  private static final Duration SHORT = Duration.ofSeconds(3);
  private static final Duration REST = Duration.ofSeconds(30);

  private final GoCardlessAccountRows accounts;
  private final @Nullable ApiAddress instead;
  private final RandomGenerator random;
  private final Map<String, Instant> restUntil = new ConcurrentHashMap<>();

  /// @param instead where every account is looked for; null for where GoCardless is
  /// @param random stretches the waits between tries
  Connections(
      GoCardlessAccountRows accounts, @Nullable ApiAddress instead, RandomGenerator random) {
    this.accounts = accounts;
    this.instead = instead;
    this.random = random;
  }

  GoCardlessClient open(GoCardlessAccount account, InstantSource clock) {
    return open(
        account, TIMEOUT, new Retries(3, Duration.ofMillis(200), Duration.ofSeconds(5)), clock);
  }

  /// One that makes each call once, for whoever is waited for.
  GoCardlessClient openOnce(GoCardlessAccount account, InstantSource clock) {
    return open(account, SHORT, new Retries(1, SHORT, SHORT), clock);
  }

  private GoCardlessClient open(
      GoCardlessAccount account, Duration timeout, Retries retries, InstantSource clock) {
    return new GoCardlessClient(
        instead == null ? account.environment().address() : instead,
        account.token(),
        timeout,
        retries,
        clock,
        random,
        Pause.SLEEP);
  }

  /// Whether calls have come to nothing just now, so that more of them would too.
  boolean isResting(String serviceUser, Instant now) {
    var until = restUntil.get(serviceUser);
    return until != null && now.isBefore(until);
  }

  /// A call came to nothing, and nothing is wrong with what it asked for. One that ended because
  /// the server stops says nothing of the account.
  void failed(String serviceUser, Refusal refusal, Instant now) {
    if (Thread.currentThread().isInterrupted()) return;

    var rest =
        refusal instanceof Refusal.RateLimited(var retryAfter) && retryAfter.compareTo(REST) > 0
            ? retryAfter
            : REST;
    restUntil.put(serviceUser, now.plus(rest));
    accounts.trouble(serviceUser, refusal.inWords(), now);
  }

  /// Calls are answered.
  void succeeded(GoCardlessAccount account, Instant now) {
    restUntil.remove(account.serviceUser());
    if (account.trouble() != null) accounts.trouble(account.serviceUser(), null, now);
  }
}

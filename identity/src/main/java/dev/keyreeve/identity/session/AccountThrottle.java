package dev.keyreeve.identity.session;

import dev.keyreeve.platform.cipher.Fingerprint;
import dev.keyreeve.platform.mail.EmailAddress;
import java.time.Duration;
import java.time.Instant;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/// Bounds how often in a row somebody may fail with the password of one account: five times freely,
/// then after a wait that doubles up to 15 minutes, and never more than 100 times (NIST SP
/// 800-63B-4, section 3.2.2). From then on only a passkey or a reset opens the account.
///
/// Failures are counted in the database, so that neither a restart nor a second node forgets them,
/// and for addresses that nobody has too, so that the wait tells nothing about who has an account.
final class AccountThrottle {
  static final int FREE = 5;
  static final int MOST = 100;
  static final Duration LONGEST_WAIT = Duration.ofMinutes(15);

  /// After this long, failures with an address that nobody has are forgotten.
  static final Duration REMEMBERED = Duration.ofDays(30);

  private final Jdbi jdbi;
  private final Fingerprint fingerprint;

  AccountThrottle(Jdbi jdbi, Fingerprint fingerprint) {
    this.jdbi = jdbi;
    this.fingerprint = fingerprint;
  }

  /// Whether an attempt may be made.
  sealed interface Answer {
    record GoOn() implements Answer {}

    record Wait(Duration time) implements Answer {}

    record Closed() implements Answer {}
  }

  /// Counts an attempt as a failure before it is known to be one, so that attempts at the same time
  /// do not pass together. [#succeeded] takes all back.
  Answer attempt(EmailAddress email, Instant now) {
    var account = accountOf(email);
    return jdbi.inTransaction(
        handle -> {
          // Whoever comes second waits here until the first has counted.
          boolean first =
              handle
                      .createUpdate(
                          """
                          insert into sign_in_failure (account, person_id, failures, last_at)
                          values (:account,
                                  (select id from person where lower(email) = :compared), 1, :now)
                          on conflict do nothing
                          """)
                      .bind("account", account)
                      .bind("compared", email.compared())
                      .bind("now", now)
                      .execute()
                  == 1;
          return first ? new Answer.GoOn() : again(handle, account, now);
        });
  }

  private static Answer again(Handle handle, byte[] account, Instant now) {
    var known =
        handle
            .createQuery(
                """
                select failures, last_at from sign_in_failure where account = :account for update
                """)
            .bind("account", account)
            .map(
                (row, _) ->
                    new Failures(row.getInt("failures"), row.getTimestamp("last_at").toInstant()))
            .findOne();
    // Gone: somebody has succeeded in between.
    if (known.isEmpty()) return new Answer.GoOn();
    if (known.get().number() >= MOST) return new Answer.Closed();

    var next = known.get().lastAt().plus(waitAfter(known.get().number()));
    if (now.isBefore(next)) return new Answer.Wait(Duration.between(now, next));

    handle
        .createUpdate(
            """
            update sign_in_failure set failures = failures + 1, last_at = :now
            where account = :account
            """)
        .bind("account", account)
        .bind("now", now)
        .execute();
    return new Answer.GoOn();
  }

  private record Failures(int number, Instant lastAt) {}

  static Duration waitAfter(int failures) {
    if (failures < FREE) return Duration.ZERO;

    var wait = Duration.ofSeconds(1L << Math.min(failures - FREE, 20));
    return wait.compareTo(LONGEST_WAIT) < 0 ? wait : LONGEST_WAIT;
  }

  /// Forgets failures with addresses that nobody has.
  void forget(Instant now) {
    jdbi.useHandle(
        handle ->
            handle
                .createUpdate(
                    "delete from sign_in_failure where person_id is null and last_at < :before")
                .bind("before", now.minus(REMEMBERED))
                .execute());
  }

  void succeeded(Handle handle, EmailAddress email) {
    handle
        .createUpdate("delete from sign_in_failure where account = :account")
        .bind("account", accountOf(email))
        .execute();
  }

  private byte[] accountOf(EmailAddress email) {
    return fingerprint.of("sign_in_failure.account", email.compared());
  }
}

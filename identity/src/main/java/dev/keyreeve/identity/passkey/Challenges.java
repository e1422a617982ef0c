package dev.keyreeve.identity.passkey;

import dev.keyreeve.platform.token.Token;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/// What authenticators are asked to sign: random, known to the server alone, good for five minutes
/// and for one answer, right or wrong.
final class Challenges {
  static final Duration VALID = Duration.ofMinutes(5);
  private static final int BYTES = 32;

  private final Jdbi jdbi;
  private final SecureRandom random;

  Challenges(Jdbi jdbi, SecureRandom random) {
    this.jdbi = jdbi;
    this.random = random;
  }

  /// @param person who registers a passkey; null where somebody signs in
  byte[] give(@Nullable String person, Instant now) {
    var challenge = new byte[BYTES];
    random.nextBytes(challenge);
    jdbi.useHandle(
        handle ->
            handle
                .createUpdate(
                    """
                    insert into passkey_challenge (digest, person_id, expires_at)
                    values (:digest, :person, :expiresAt)
                    """)
                .bind("digest", Token.sha256(challenge))
                .bind("person", person)
                .bind("expiresAt", now.plus(VALID))
                .execute());
    return challenge;
  }

  /// Whether this was given out to the same, and is answered in time and for the first time. It is
  /// used up in a transaction of its own, so that an answer which is then refused has used it too.
  boolean take(byte[] challenge, @Nullable String person, Instant now) {
    return jdbi.withHandle(
        handle ->
            handle
                    .createUpdate(
                        """
                        delete from passkey_challenge
                        where digest = :digest and person_id is not distinct from :person
                          and expires_at > :now
                        """)
                    .bind("digest", Token.sha256(challenge))
                    .bind("person", person)
                    .bind("now", now)
                    .execute()
                == 1);
  }

  void forgetBefore(Instant now) {
    jdbi.useHandle(
        handle ->
            handle
                .createUpdate("delete from passkey_challenge where expires_at <= :now")
                .bind("now", now)
                .execute());
  }
}

package dev.keyreeve.identity.person;

import dev.keyreeve.platform.token.Token;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// Tokens with which a person whose password is lost chooses a new one. A person has at most one,
/// and it works once.
public final class PasswordResets {
  public static final Duration VALID = Duration.ofHours(24);

  private PasswordResets() {}

  /// Opens a reset; one that was open before is void.
  public static void open(Handle handle, String person, Token token, Instant now) {
    handle
        .createUpdate(
            """
            insert into password_reset (person_id, digest, created_at, expires_at)
            values (:person, :digest, :now, :expiresAt)
            on conflict (person_id) do update
            set digest = excluded.digest, created_at = excluded.created_at,
                expires_at = excluded.expires_at
            """)
        .bind("person", person)
        .bind("digest", token.digest())
        .bind("now", now)
        .bind("expiresAt", now.plus(VALID))
        .execute();
  }

  /// Whose reset this token opens.
  public static Optional<String> personOf(Handle handle, Token token, Instant now) {
    return handle
        .createQuery(
            "select person_id from password_reset where digest = :digest and expires_at > :now")
        .bind("digest", token.digest())
        .bind("now", now)
        .mapTo(String.class)
        .findOne();
  }

  /// Uses a token up.
  ///
  /// @return whose it was, for the one who is first
  public static Optional<String> take(Handle handle, Token token, Instant now) {
    return handle
        .createQuery(
            """
            delete from password_reset where digest = :digest and expires_at > :now
            returning person_id
            """)
        .bind("digest", token.digest())
        .bind("now", now)
        .mapTo(String.class)
        .findOne();
  }
}

package dev.keyreeve.identity.key;

import dev.keyreeve.access.credential.Environment;
import dev.keyreeve.access.scope.Scope;
import dev.keyreeve.procedure.shape.SnakeCase;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A key as operators see it.
///
/// @param keyPrefix how it is shown: its public beginning, `dd_live_1aB3…`
/// @param isActive whether people let it work; see `status` for whether it does
/// @param rateLimit calls a minute
/// @param ipAllowList where it may be used from, within its organisation's own list; anywhere if it
///   is empty
/// @param requestCount calls in its whole life, whatever its secrets were
/// @param lastUsedAt absent if it never was
/// @param secrets those that live, newest first: two while a rotation overlaps
/// @param expiresAt the first instant at which it no longer works; absent if it never expires
/// @param expiresZone where that is the end of a day, if it is one
/// @param createdBy e-mail of the person who issued it
/// @param leakedAt when somebody handed its secret in
@SnakeCase
public record KeyView(
    String id,
    String keyPrefix,
    String name,
    String workspaceId,
    String api,
    Environment environment,
    List<Scope> scopes,
    boolean isActive,
    Status status,
    int rateLimit,
    List<String> ipAllowList,
    List<String> tags,
    long requestCount,
    @Nullable Instant lastUsedAt,
    @Nullable String lastUsedFrom,
    List<SecretView> secrets,
    @Nullable Instant notBefore,
    @Nullable Instant expiresAt,
    @Nullable String expiresZone,
    Instant createdAt,
    @Nullable String createdBy,
    @Nullable Instant revokedAt,
    @Nullable String revokeReason,
    @Nullable Instant leakedAt) {

  /// What people want to know first. Where several hold, the one that its calls are answered with.
  public enum Status {
    ACTIVE,
    /// Deactivated: answered 403 until it is activated.
    INACTIVE,
    /// Not valid yet.
    SCHEDULED,
    EXPIRED,
    REVOKED
  }

  /// A secret that opens what the key opens.
  ///
  /// @param number counts the secrets in the key's life, from 1
  /// @param endsAt when it gives way to a newer one; absent on the newest
  /// @param lastUsedAt absent if it never was
  @SnakeCase
  public record SecretView(
      int number, Instant createdAt, @Nullable Instant endsAt, @Nullable Instant lastUsedAt) {}
}

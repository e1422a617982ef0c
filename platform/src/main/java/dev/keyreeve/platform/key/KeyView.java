package dev.keyreeve.platform.key;

import dev.keyreeve.access.credential.Environment;
import dev.keyreeve.access.scope.Scope;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A key as operators see it.
///
/// @param key how it is shown: its public beginning
/// @param limit calls a minute
public record KeyView(
    String id,
    String key,
    String name,
    String workspaceId,
    String api,
    Environment environment,
    List<Scope> scopes,
    Status status,
    int limit,
    Instant createdAt,
    @Nullable Instant expiresAt) {

  /// What people want to know first.
  public enum Status {
    ACTIVE,
    DEACTIVATED,
    EXPIRED,
    REVOKED
  }
}

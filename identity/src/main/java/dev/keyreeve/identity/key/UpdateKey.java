package dev.keyreeve.identity.key;

import dev.keyreeve.access.credential.KeyId;
import dev.keyreeve.access.scope.Scope;
import dev.keyreeve.identity.organisation.IpAllowList;
import dev.keyreeve.procedure.shape.Items;
import dev.keyreeve.procedure.shape.Range;
import dev.keyreeve.procedure.shape.SnakeCase;
import dev.keyreeve.procedure.shape.Text;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is to become of a key; what is absent stays as it is.
///
/// @param isActive false stops it until it is activated again
/// @param rateLimit calls a minute; what is spent in this minute stays spent
/// @param neverExpires takes its expiry away
/// @param ipAllowList the empty list restricts nothing
@SnakeCase
public record UpdateKey(
    KeyId id,
    @Nullable Boolean isActive,
    @Nullable @Text(max = IssueKey.MAX_NAME, pattern = IssueKey.NAME, plain = true) String name,
    @Nullable @Items(min = 1, max = IssueKey.MAX_SCOPES) List<Scope> scopes,
    @Nullable @Range(min = 1, max = IssueKey.MAX_RATE) Integer rateLimit,
    @Nullable LocalDate expiresOn,
    @Nullable Instant expiresAt,
    @Nullable Boolean neverExpires,
    @Nullable @Items(max = IpAllowList.MAX) List<@Text(max = 64) String> ipAllowList,
    @Nullable @Items(max = IssueKey.MAX_TAGS)
        List<@Text(max = 50, pattern = IssueKey.TAG) String> tags) {
  public UpdateKey {
    if (Boolean.TRUE.equals(neverExpires) && (expiresOn != null || expiresAt != null)) {
      throw new IllegalArgumentException(
          "Give never_expires, expires_on or expires_at, and only one of them.");
    }
  }

  /// Whether it says anything of when the key ends.
  boolean changesExpiry() {
    return expiresOn != null || expiresAt != null || Boolean.TRUE.equals(neverExpires);
  }
}

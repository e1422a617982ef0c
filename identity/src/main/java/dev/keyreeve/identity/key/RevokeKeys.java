package dev.keyreeve.identity.key;

import dev.keyreeve.procedure.shape.SnakeCase;
import dev.keyreeve.procedure.shape.Text;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Which keys of a workspace to revoke: those that all of this fits, of which something must be
/// said.
///
/// @param workspaceId the session's own unless said; the command line names one
/// @param createdBy e-mail or id of the person who issued them
/// @param lastUsedFrom an address, or a range of them, of their last use
/// @param reason for the record
/// @param dryRun only tells which they are
@SnakeCase
record RevokeKeys(
    @Nullable @Text(max = 40) String workspaceId,
    @Nullable @Text(max = 254) String createdBy,
    @Nullable @Text(max = 50) String tag,
    @Nullable Instant createdAfter,
    @Nullable Instant createdBefore,
    @Nullable @Text(max = 64) String lastUsedFrom,
    @Nullable @Text(max = 200, plain = true) String reason,
    @Nullable Boolean dryRun) {
  RevokeKeys {
    if (createdBy == null
        && tag == null
        && createdAfter == null
        && createdBefore == null
        && lastUsedFrom == null) {
      throw new IllegalArgumentException(
          "Say which keys: created_by, tag, created_after, created_before or last_used_from.");
    }
  }

  boolean isDryRun() {
    return Boolean.TRUE.equals(dryRun);
  }
}

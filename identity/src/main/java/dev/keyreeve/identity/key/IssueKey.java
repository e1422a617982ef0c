package dev.keyreeve.identity.key;

import dev.keyreeve.access.credential.Environment;
import dev.keyreeve.access.scope.Scope;
import dev.keyreeve.identity.organisation.IpAllowList;
import dev.keyreeve.procedure.Repeatable;
import dev.keyreeve.procedure.shape.Items;
import dev.keyreeve.procedure.shape.Range;
import dev.keyreeve.procedure.shape.SnakeCase;
import dev.keyreeve.procedure.shape.Text;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// @param workspaceId the session's own unless said; the command line names one
/// @param api the brand of the API that the key opens, such as `dd`; the only one there is unless
///   said
/// @param environment must be the workspace's own, which it is unless said
/// @param rateLimit calls a minute; 60 unless said
/// @param expiresOn the last day on which it works, after today; see [ExpiryDay]
/// @param expiresAt instead of a day, the first instant at which it no longer works
/// @param notBefore the first instant at which it works; at once unless said
/// @param ipAllowList where it may be used from; anywhere unless said
/// @param tags to find it by
@SnakeCase
public record IssueKey(
    @Nullable @Text(max = 40) String workspaceId,
    @Nullable @Text(max = 12) String api,
    @Nullable Environment environment,
    @Text(max = MAX_NAME, pattern = NAME, plain = true) String name,
    @Items(min = 1, max = MAX_SCOPES) List<Scope> scopes,
    @Nullable @Range(min = 1, max = MAX_RATE) Integer rateLimit,
    @Nullable LocalDate expiresOn,
    @Nullable Instant expiresAt,
    @Nullable Instant notBefore,
    @Nullable @Items(max = IpAllowList.MAX) List<@Text(max = 64) String> ipAllowList,
    @Nullable @Items(max = MAX_TAGS) List<@Text(max = 50, pattern = TAG) String> tags,
    @Nullable @Text(max = 128) String idempotencyKey)
    implements Repeatable {
  static final int MAX_NAME = 100;
  static final int MAX_SCOPES = 50;
  static final int MAX_TAGS = 20;

  /// Calls a minute, at most.
  static final int MAX_RATE = 600;

  /// More than blanks.
  static final String NAME = "^.*[^ ].*$";

  static final String TAG = "^[A-Za-z0-9][A-Za-z0-9._:/-]*$";

  /// What most keys need.
  public IssueKey(
      String workspaceId,
      String api,
      @Nullable Environment environment,
      String name,
      List<Scope> scopes,
      @Nullable Integer rateLimit,
      @Nullable Instant expiresAt) {
    this(
        workspaceId,
        api,
        environment,
        name,
        scopes,
        rateLimit,
        null,
        expiresAt,
        null,
        null,
        null,
        null);
  }
}

package dev.keyreeve.platform.webhook;

import dev.keyreeve.procedure.shape.SnakeCase;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An endpoint as operators see it.
///
/// @param eventTypes `*`, families such as `key.*`, and types
/// @param disabledReason why nothing is sent to it, or null if it is enabled
/// @param position the number of the last event that was considered for it
/// @param previousSecretUntil how long deliveries are signed with the secret before this one too
/// @param lastAcceptedAt when it last answered 2xx
@SnakeCase
public record EndpointView(
    String id,
    String workspaceId,
    String url,
    String description,
    List<String> eventTypes,
    boolean enabled,
    @Nullable DisabledReason disabledReason,
    @Nullable Instant disabledAt,
    long position,
    @Nullable Instant previousSecretUntil,
    @Nullable Instant lastAcceptedAt,
    Instant createdAt) {

  /// Why an endpoint is disabled.
  public enum DisabledReason {
    OPERATOR,
    /// It answered 410.
    GONE,
    /// A delivery ran out of tries, and nothing was accepted meanwhile.
    FAILING
  }
}

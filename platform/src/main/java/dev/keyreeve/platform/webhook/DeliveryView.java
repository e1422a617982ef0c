package dev.keyreeve.platform.webhook;

import dev.keyreeve.procedure.shape.SnakeCase;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One event on its way to one endpoint.
///
/// @param seq the event's number in its workspace, which names the delivery too
/// @param eventId what the receiver gets as `webhook-id`
/// @param attempts how many there ever were
/// @param nextTryAt null once it has ended
@SnakeCase
public record DeliveryView(
    long seq,
    String eventId,
    String type,
    Instant occurredAt,
    Status status,
    int attempts,
    @Nullable Instant nextTryAt,
    @Nullable Instant endedAt) {

  /// How far it has come.
  public enum Status {
    PENDING,
    DELIVERED,
    FAILED
  }
}

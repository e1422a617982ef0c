package dev.keyreeve.directdebit.mandate.invite;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A link that one payer can use once, without the token that opens it.
///
/// @param expiresAt the first instant at which it no longer works
public record Invite(
    String id,
    InviteStatus status,
    Instant createdAt,
    Instant expiresAt,
    @Nullable RedirectUrl redirectUrl) {

  /// Whether its payer can use it.
  public boolean isOpenAt(Instant now) {
    return switch (status) {
      case CREATED, SENT, VIEWED -> now.isBefore(expiresAt);
      case COMPLETED, EXPIRED, REVOKED, BOUNCED -> false;
    };
  }
}

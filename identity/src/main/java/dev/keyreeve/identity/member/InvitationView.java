package dev.keyreeve.identity.member;

import dev.keyreeve.access.scope.Role;
import dev.keyreeve.procedure.shape.OneTime;
import dev.keyreeve.procedure.shape.SnakeCase;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// An invitation that nobody has accepted yet.
///
/// @param token what the invited person accepts it with; told once, to whoever invites
@SnakeCase
public record InvitationView(
    String id,
    String organisationId,
    String email,
    Role role,
    Instant createdAt,
    Instant expiresAt,
    @Nullable OneTime token) {

  InvitationView with(OneTime shown) {
    return new InvitationView(id, organisationId, email, role, createdAt, expiresAt, shown);
  }
}

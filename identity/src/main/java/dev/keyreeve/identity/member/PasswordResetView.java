package dev.keyreeve.identity.member;

import dev.keyreeve.procedure.shape.OneTime;
import dev.keyreeve.procedure.shape.SnakeCase;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A reset of a person's password that waits to be used.
///
/// @param token what a new password is chosen with; told once
@SnakeCase
public record PasswordResetView(
    String personId, String email, Instant expiresAt, @Nullable OneTime token) {}

package dev.keyreeve.identity.session;

import dev.keyreeve.procedure.shape.SnakeCase;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One of a person's own sessions.
///
/// @param method how it was opened
/// @param current whether it is the one that asks
@SnakeCase
record SessionView(
    String id,
    Method method,
    String address,
    @Nullable String userAgent,
    Instant createdAt,
    Instant seenAt,
    Instant endsAt,
    boolean current) {}

package dev.keyreeve.identity.passkey;

import dev.keyreeve.procedure.shape.SnakeCase;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A passkey as its person sees it.
///
/// @param backedUp whether its maker keeps copies of it
@SnakeCase
public record PasskeyView(
    String id, String name, boolean backedUp, Instant createdAt, @Nullable Instant usedAt) {}

package dev.keyreeve.platform.passkey;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A passkey as its person sees it.
///
/// @param backedUp whether its maker keeps copies of it
public record PasskeyView(
    String id, String name, boolean backedUp, Instant createdAt, @Nullable Instant usedAt) {}

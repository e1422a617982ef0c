package dev.keyreeve.platform.webhook;

import dev.keyreeve.procedure.shape.SnakeCase;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One request of a delivery.
///
/// @param number 1 for the first
/// @param ending null while it is under way
/// @param status of the response, if there was one
/// @param excerpt the beginning of a response that was not 2xx, at most 1 KiB
@SnakeCase
public record AttemptView(
    int number,
    Instant startedAt,
    @Nullable AttemptOutcome ending,
    @Nullable Integer status,
    @Nullable Long latencyMicros,
    @Nullable String excerpt) {}

package dev.keyreeve.server.config;

import java.time.Duration;

/// How much of the log of requests is kept.
///
/// @param keep in whole days
public record RequestLogSettings(Duration keep, long maxBytes) {}

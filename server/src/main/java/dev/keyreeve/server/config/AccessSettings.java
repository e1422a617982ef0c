package dev.keyreeve.server.config;

import java.time.Duration;

/// How long access is decided without news, and how much guessing is heard.
///
/// @param lease how long a node permits calls after it last read the log of changes
/// @param failuresPerMinute failed authentications that one address may cause
public record AccessSettings(Duration lease, int failuresPerMinute) {}

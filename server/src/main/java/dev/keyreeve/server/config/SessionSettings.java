package dev.keyreeve.server.config;

import java.time.Duration;

/// How long a person stays signed in.
///
/// @param idle without a call
/// @param absolute at the most
public record SessionSettings(Duration idle, Duration absolute) {}

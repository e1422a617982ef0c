package dev.keyreeve.server.config;

/// Where metrics are served.
///
/// @param port 0 for any that is free
public record MetricsSettings(String host, int port) {}

package dev.keyreeve.server.config;

import java.nio.file.Path;

/// The PEM files with which the server speaks TLS.
public record TlsSettings(Path certificate, Path privateKey) {}

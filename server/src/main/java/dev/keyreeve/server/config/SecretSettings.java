package dev.keyreeve.server.config;

import dev.keyreeve.access.credential.Pepper;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Where the server's own secrets are.
///
/// @param pepper null if it is in the file
/// @param olderPepper under which keys may still be digested; null if there is none
public record SecretSettings(
    @Nullable Pepper pepper, @Nullable Pepper olderPepper, Path pepperFile, Path fieldKeysFile) {}

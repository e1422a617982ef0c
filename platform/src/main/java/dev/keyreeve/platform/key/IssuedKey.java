package dev.keyreeve.platform.key;

import dev.keyreeve.procedure.shape.OneTime;
import org.jspecify.annotations.Nullable;

/// A new key, and its secret for the only time.
public record IssuedKey(KeyView details, @Nullable OneTime secret) {}

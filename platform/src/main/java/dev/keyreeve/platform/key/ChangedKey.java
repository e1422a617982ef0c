package dev.keyreeve.platform.key;

import dev.keyreeve.platform.access.Effective;
import dev.keyreeve.procedure.shape.SnakeCase;
import dev.keyreeve.procedure.shape.Unwrapped;

/// A key as a change left it, and since when that holds.
@SnakeCase
public record ChangedKey(@Unwrapped KeyView details, Effective effective) {}

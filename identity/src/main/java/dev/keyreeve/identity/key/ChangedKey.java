package dev.keyreeve.identity.key;

import dev.keyreeve.identity.access.Effective;
import dev.keyreeve.procedure.shape.SnakeCase;
import dev.keyreeve.procedure.shape.Unwrapped;

/// A key as a change left it, and since when that holds.
@SnakeCase
public record ChangedKey(@Unwrapped KeyView details, Effective effective) {}

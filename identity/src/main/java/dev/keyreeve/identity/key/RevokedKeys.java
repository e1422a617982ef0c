package dev.keyreeve.identity.key;

import dev.keyreeve.identity.access.Effective;
import dev.keyreeve.procedure.shape.SnakeCase;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The keys that one action revoked, or would.
///
/// @param dryRun whether nothing was done
/// @param keys as they are now, oldest first
/// @param effective absent where nothing was done
@SnakeCase
record RevokedKeys(boolean dryRun, int count, List<KeyView> keys, @Nullable Effective effective) {}

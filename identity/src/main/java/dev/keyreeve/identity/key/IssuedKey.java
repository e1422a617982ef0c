package dev.keyreeve.identity.key;

import dev.keyreeve.identity.access.Effective;
import dev.keyreeve.procedure.Replayable;
import dev.keyreeve.procedure.shape.OneTime;
import dev.keyreeve.procedure.shape.SnakeCase;
import dev.keyreeve.procedure.shape.Unwrapped;
import org.jspecify.annotations.Nullable;

/// A new key.
///
/// @param key its whole text, for the only time; absent where the answer is given again
/// @param effective absent where the answer is given again
@SnakeCase
public record IssuedKey(
    @Unwrapped KeyView details,
    @Nullable OneTime key,
    @Nullable Effective effective,
    boolean replayed)
    implements Replayable<IssuedKey> {
  @Override
  public IssuedKey asReplay() {
    return new IssuedKey(details, null, null, true);
  }
}

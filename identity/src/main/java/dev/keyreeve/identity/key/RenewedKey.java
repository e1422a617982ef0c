package dev.keyreeve.identity.key;

import dev.keyreeve.identity.access.Effective;
import dev.keyreeve.procedure.shape.OneTime;
import dev.keyreeve.procedure.shape.SnakeCase;
import dev.keyreeve.procedure.shape.Unwrapped;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A key with a new secret.
///
/// @param key the key's whole text with the new secret, for the only time
/// @param oldSecretEndsAt until when the secret before works too; absent if it works no more
/// @param droppedSecrets numbers of the secrets that died with this answer
@SnakeCase
public record RenewedKey(
    @Unwrapped KeyView details,
    @Nullable OneTime key,
    Effective effective,
    @Nullable Instant oldSecretEndsAt,
    List<Integer> droppedSecrets) {}

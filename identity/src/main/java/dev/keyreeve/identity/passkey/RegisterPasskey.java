package dev.keyreeve.identity.passkey;

import dev.keyreeve.procedure.shape.Items;
import dev.keyreeve.procedure.shape.SnakeCase;
import dev.keyreeve.procedure.shape.Text;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What an authenticator answered when a passkey was made.
///
/// @param name to tell it from others
/// @param transports how browsers reach the authenticator, as it said itself
@SnakeCase
public record RegisterPasskey(
    @Text(max = 100, plain = true) String name,
    Base64Url clientDataJson,
    Base64Url attestationObject,
    @Nullable @Items(max = 8) List<@Text(max = 32) String> transports) {}

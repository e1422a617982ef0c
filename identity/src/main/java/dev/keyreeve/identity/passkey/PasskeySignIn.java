package dev.keyreeve.identity.passkey;

import dev.keyreeve.procedure.shape.SnakeCase;
import org.jspecify.annotations.Nullable;

/// What an authenticator answered when somebody signs in.
///
/// @param userHandle of whom it takes the passkey to be
@SnakeCase
public record PasskeySignIn(
    Base64Url credentialId,
    Base64Url clientDataJson,
    Base64Url authenticatorData,
    Base64Url signature,
    @Nullable Base64Url userHandle) {}

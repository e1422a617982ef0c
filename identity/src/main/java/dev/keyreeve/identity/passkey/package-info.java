/// Passkeys: WebAuthn credentials of people, registered and proved. The one room that knows the
/// WebAuthn library and the JSON library that comes with it.
///
/// Start with [dev.keyreeve.identity.passkey.Passkeys]; its two steps of a registration and of a
/// sign-in are those of WebAuthn, sections 7.1 and 7.2.
@NullMarked
package dev.keyreeve.identity.passkey;

import org.jspecify.annotations.NullMarked;

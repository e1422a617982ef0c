package dev.keyreeve.identity.passkey;

import java.util.List;

/// What a browser is to be asked when somebody signs in, in the JSON of WebAuthn, section 5.5
/// (`PublicKeyCredentialRequestOptionsJSON`). It is the same for everybody: the authenticator knows
/// whose passkeys it holds, and no account is named.
///
/// @param timeout in milliseconds
public record RequestOptions(
    Base64Url challenge,
    String rpId,
    int timeout,
    List<CreationOptions.Descriptor> allowCredentials,
    String userVerification) {}

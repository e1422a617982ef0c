package dev.keyreeve.identity.passkey;

import java.util.List;

/// A passkey whose authenticator has shown that it holds it.
///
/// @param credential its model, id and public key (WebAuthn, section 6.5.2)
@SuppressWarnings("ArrayRecordComponent") // never compared as a whole
public record ProvedPasskey(
    byte[] credentialId,
    byte[] credential,
    long signCount,
    boolean backupEligible,
    boolean backedUp,
    List<String> transports,
    String name) {}

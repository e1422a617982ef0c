package dev.keyreeve.identity.passkey;

import java.util.List;

/// What a browser is to be asked when a passkey is made, in the JSON of WebAuthn, section 5.4
/// (`PublicKeyCredentialCreationOptionsJSON`), for
/// `PublicKeyCredential.parseCreationOptionsFromJSON`.
///
/// @param timeout in milliseconds
public record CreationOptions(
    Base64Url challenge,
    Rp rp,
    User user,
    List<Parameters> pubKeyCredParams,
    int timeout,
    List<Descriptor> excludeCredentials,
    Selection authenticatorSelection,
    String attestation) {

  public record Rp(String id, String name) {}

  public record User(Base64Url id, String name, String displayName) {}

  /// @param alg of COSE
  public record Parameters(String type, int alg) {}

  public record Descriptor(String type, Base64Url id, List<String> transports) {}

  public record Selection(
      String residentKey, boolean requireResidentKey, String userVerification) {}
}

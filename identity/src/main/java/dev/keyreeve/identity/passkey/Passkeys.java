package dev.keyreeve.identity.passkey;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.webauthn4j.WebAuthnManager;
import com.webauthn4j.converter.AttestedCredentialDataConverter;
import com.webauthn4j.converter.util.ObjectConverter;
import com.webauthn4j.credential.CredentialRecord;
import com.webauthn4j.credential.CredentialRecordImpl;
import com.webauthn4j.data.AuthenticationData;
import com.webauthn4j.data.AuthenticationParameters;
import com.webauthn4j.data.AuthenticationRequest;
import com.webauthn4j.data.PublicKeyCredentialParameters;
import com.webauthn4j.data.PublicKeyCredentialType;
import com.webauthn4j.data.RegistrationData;
import com.webauthn4j.data.RegistrationParameters;
import com.webauthn4j.data.RegistrationRequest;
import com.webauthn4j.data.attestation.statement.COSEAlgorithmIdentifier;
import com.webauthn4j.data.attestation.statement.NoneAttestationStatement;
import com.webauthn4j.data.client.CollectedClientData;
import com.webauthn4j.data.client.Origin;
import com.webauthn4j.data.client.challenge.DefaultChallenge;
import com.webauthn4j.server.ServerProperty;
import dev.keyreeve.identity.person.Person;
import dev.keyreeve.procedure.Outcome;
import dev.keyreeve.procedure.problem.Code;
import dev.keyreeve.procedure.problem.Reason;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/// Registers passkeys and lets people sign in with them. A passkey must have verified its user, by
/// a PIN or a finger, so it is two factors and asks for no password beside it. Which make of
/// authenticator it is, is not asked.
public final class Passkeys {
  /// Most that a person can have.
  static final int MOST = 20;

  public static final Reason NOT_PROVED =
      new Reason(
          Code.UNPROCESSABLE_CONTENT,
          "passkey_not_proved",
          "What the authenticator answered does not fit what it was asked: ask again.");
  public static final Reason TOO_MANY =
      new Reason(Code.CONFLICT, "too_many_passkeys", "A person has at most 20 passkeys.");
  public static final Reason KNOWN =
      new Reason(Code.CONFLICT, "passkey_known", "This passkey is registered already.");
  public static final Reason NO_SUCH_PASSKEY =
      new Reason(Code.NOT_FOUND, "passkey_not_found", "There is no such passkey.");
  public static final Reason LAST_WAY_IN =
      new Reason(
          Code.CONFLICT, "last_way_in", "This is the only way to sign in: add another first.");

  private static final String NAME = "Keyreeve";
  private static final String TYPE = "public-key";
  private static final String REQUIRED = "required";
  private static final int TIMEOUT_MILLIS = (int) Challenges.VALID.toMillis();

  /// Ed25519, ECDSA on P-256, RSA: what authenticators have, the best first.
  private static final List<COSEAlgorithmIdentifier> ALGORITHMS =
      List.of(
          COSEAlgorithmIdentifier.EdDSA,
          COSEAlgorithmIdentifier.ES256,
          COSEAlgorithmIdentifier.RS256);

  private final Jdbi jdbi;
  private final Challenges challenges;
  private final Supplier<RelyingParty> relyingParty;
  private final SecureRandom random;
  private final ObjectConverter json = new ObjectConverter();
  private final WebAuthnManager webAuthn = WebAuthnManager.createNonStrictWebAuthnManager(json);
  private final AttestedCredentialDataConverter credentials =
      new AttestedCredentialDataConverter(json);

  public Passkeys(Jdbi jdbi, Supplier<RelyingParty> relyingParty, SecureRandom random) {
    this.jdbi = jdbi;
    this.random = random;
    this.challenges = new Challenges(jdbi, random);
    this.relyingParty = relyingParty;
  }

  /// The first step of a registration.
  public CreationOptions creationOptions(Person person, Instant now) {
    var party = relyingParty.get();
    return new CreationOptions(
        Base64Url.of(challenges.give(person.id(), now)),
        new CreationOptions.Rp(party.id(), NAME),
        new CreationOptions.User(
            Base64Url.of(person.id().getBytes(UTF_8)), person.email().text(), person.name()),
        ALGORITHMS.stream()
            .map(alg -> new CreationOptions.Parameters(TYPE, (int) alg.getValue()))
            .toList(),
        TIMEOUT_MILLIS,
        jdbi.withHandle(handle -> PasskeyStore.descriptors(handle, person.id())),
        new CreationOptions.Selection(REQUIRED, true, REQUIRED),
        "none");
  }

  /// What an authenticator answered to the first step, proved; not kept yet.
  public Outcome<ProvedPasskey> prove(String person, RegisterPasskey answer, Instant now) {
    var request =
        new RegistrationRequest(
            answer.attestationObject().bytes(), answer.clientDataJson().bytes());
    var data = orNull(() -> webAuthn.parse(request));
    var challenge = data == null ? null : challengeOf(data.getCollectedClientData());
    if (data == null || challenge == null || !challenges.take(challenge, person, now)) {
      return Outcome.refused(NOT_PROVED);
    }
    var parameters = new RegistrationParameters(property(challenge), parameters(), true);
    return orNull(() -> webAuthn.verify(data, parameters)) == null
        ? Outcome.refused(NOT_PROVED)
        : proved(data, answer);
  }

  /// The library throws many things at an answer that is malformed or false, all of them unchecked.
  private static <T> @Nullable T orNull(Supplier<T> judgement) {
    try {
      return judgement.get();
    } catch (RuntimeException _) {
      return null;
    }
  }

  private Outcome<ProvedPasskey> proved(RegistrationData data, RegisterPasskey answer) {
    var attestation = data.getAttestationObject();
    if (attestation == null) return Outcome.refused(NOT_PROVED);

    var authenticator = attestation.getAuthenticatorData();
    var credential = authenticator.getAttestedCredentialData();
    if (credential == null) return Outcome.refused(NOT_PROVED);

    return Outcome.done(
        new ProvedPasskey(
            credential.getCredentialId(),
            credentials.convert(credential),
            authenticator.getSignCount(),
            authenticator.isFlagBE(),
            authenticator.isFlagBS(),
            answer.transports() == null ? List.of() : answer.transports(),
            answer.name()));
  }

  /// Keeps a proved passkey.
  public Outcome<PasskeyView> register(
      Handle handle, String person, ProvedPasskey proved, Instant now) {
    if (PasskeyStore.list(handle, person).size() >= MOST) return Outcome.refused(TOO_MANY);

    var view = PasskeyStore.insert(handle, person, proved, now, random);
    return view == null ? Outcome.refused(KNOWN) : Outcome.done(view);
  }

  public List<PasskeyView> list(Handle handle, String person) {
    return PasskeyStore.list(handle, person);
  }

  public Outcome<PasskeyView> rename(Handle handle, String person, String id, String name) {
    return PasskeyStore.rename(handle, person, id, name)
        .map(Outcome::done)
        .orElseGet(() -> Outcome.refused(NO_SUCH_PASSKEY));
  }

  /// Deletes a passkey of somebody who has another way in.
  public Outcome<PasskeyView> delete(Handle handle, Person person, String id) {
    var left = PasskeyStore.list(handle, person.id());
    var gone = left.stream().filter(passkey -> passkey.id().equals(id)).findFirst();
    if (gone.isEmpty()) return Outcome.refused(NO_SUCH_PASSKEY);
    if (person.passwordHash() == null && left.size() == 1) return Outcome.refused(LAST_WAY_IN);

    PasskeyStore.delete(handle, person.id(), id);
    return Outcome.done(gone.get());
  }

  /// The first step of a sign-in.
  public RequestOptions requestOptions(Instant now) {
    return new RequestOptions(
        Base64Url.of(challenges.give(null, now)),
        relyingParty.get().id(),
        TIMEOUT_MILLIS,
        List.of(),
        REQUIRED);
  }

  /// An answer to the first step of a sign-in whose challenge was good, and is now used up. Whether
  /// the rest of it is true is for [#personOf] to find out.
  public static final class Answered {
    private final PasskeySignIn answer;
    private final AuthenticationData data;
    private final byte[] challenge;

    Answered(PasskeySignIn answer, AuthenticationData data, byte[] challenge) {
      this.answer = answer;
      this.data = data;
      this.challenge = challenge;
    }
  }

  /// Takes the answer to the first step of a sign-in, in a transaction of its own.
  public Outcome<Answered> take(PasskeySignIn answer, Instant now) {
    var request =
        new AuthenticationRequest(
            answer.credentialId().bytes(),
            answer.userHandle() == null ? null : answer.userHandle().bytes(),
            answer.authenticatorData().bytes(),
            answer.clientDataJson().bytes(),
            answer.signature().bytes());
    var data = orNull(() -> webAuthn.parse(request));
    var challenge = data == null ? null : challengeOf(data.getCollectedClientData());
    return data != null && challenge != null && challenges.take(challenge, null, now)
        ? Outcome.done(new Answered(answer, data, challenge))
        : Outcome.refused(NOT_PROVED);
  }

  /// Whose passkey it was. Its counter is moved on; one that went backwards tells of a copy, and is
  /// refused (WebAuthn, section 6.1.1).
  public Outcome<String> personOf(Handle handle, Answered answered, Instant now) {
    var answer = answered.answer;
    var kept = PasskeyStore.lock(handle, answer.credentialId().bytes()).orElse(null);
    if (kept == null || !isOf(kept, answer)) return Outcome.refused(NOT_PROVED);

    var parameters =
        new AuthenticationParameters(property(answered.challenge), record(kept), null, true);
    return orNull(() -> webAuthn.verify(answered.data, parameters)) == null
        ? Outcome.refused(NOT_PROVED)
        : used(handle, kept, answered.data, now);
  }

  /// Which person the authenticator took the passkey to be of (WebAuthn, section 7.2, step 6).
  private static boolean isOf(PasskeyStore.Kept kept, PasskeySignIn answer) {
    return answer.userHandle() == null
        || new String(answer.userHandle().bytes(), UTF_8).equals(kept.person());
  }

  private static Outcome<String> used(
      Handle handle, PasskeyStore.Kept kept, AuthenticationData data, Instant now) {
    var authenticator = data.getAuthenticatorData();
    if (authenticator == null) return Outcome.refused(NOT_PROVED);

    PasskeyStore.used(
        handle, kept.id(), authenticator.getSignCount(), authenticator.isFlagBS(), now);
    return Outcome.done(kept.person());
  }

  /// Forgets challenges that nobody answered.
  public void forgetChallenges(Instant now) {
    challenges.forgetBefore(now);
  }

  private CredentialRecord record(PasskeyStore.Kept kept) {
    return new CredentialRecordImpl(
        new NoneAttestationStatement(),
        true,
        kept.backupEligible(),
        kept.backedUp(),
        kept.signCount(),
        credentials.convert(kept.credential()),
        null,
        null,
        null,
        null);
  }

  private ServerProperty property(byte[] challenge) {
    var party = relyingParty.get();
    return ServerProperty.builder()
        .origin(new Origin(party.origin()))
        .rpId(party.id())
        .challenge(new DefaultChallenge(challenge))
        .build();
  }

  private static List<PublicKeyCredentialParameters> parameters() {
    return ALGORITHMS.stream()
        .map(alg -> new PublicKeyCredentialParameters(PublicKeyCredentialType.PUBLIC_KEY, alg))
        .toList();
  }

  private static byte @Nullable [] challengeOf(@Nullable CollectedClientData data) {
    return data == null ? null : data.getChallenge().getValue();
  }
}

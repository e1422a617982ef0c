package dev.keyreeve.identity.passkey;

import static dev.keyreeve.platform.TestPlatform.done;
import static org.assertj.core.api.Assertions.assertThat;

import dev.keyreeve.identity.TestIdentity;
import dev.keyreeve.identity.person.People;
import dev.keyreeve.identity.person.Person;
import dev.keyreeve.platform.TestPlatform;
import dev.keyreeve.platform.mail.EmailAddress;
import dev.keyreeve.procedure.Outcome;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@NullMarked
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PasskeysTest {
  private static final RelyingParty PARTY = RelyingParty.at("https://access.example.com");
  private static final Instant NOW = TestPlatform.START;

  private final TestIdentity platform = TestIdentity.start();
  private final Passkeys passkeys =
      new Passkeys(platform.database().jdbi(), () -> PARTY, new SecureRandom());
  private final AtomicInteger people = new AtomicInteger();

  @AfterAll
  void stop() {
    platform.close();
  }

  @Test
  void registersAPasskeyAndSignsInWithIt() {
    var person = person();
    var authenticator = authenticator();

    var view = done(register(person, authenticator));
    var found = done(signIn(authenticator, NOW.plusSeconds(60)));

    assertThat(view.name()).isEqualTo("My key");
    assertThat(found).isEqualTo(person.id());
    assertThat(list(person)).singleElement().extracting(PasskeyView::usedAt).isNotNull();
  }

  @Test
  void asksOfEverybodyTheSameAndNamesNoAccount() {
    var options = passkeys.requestOptions(NOW);

    assertThat(options.rpId()).isEqualTo("access.example.com");
    assertThat(options.allowCredentials()).isEmpty();
    assertThat(options.userVerification()).isEqualTo("required");
    assertThat(options.challenge().bytes()).hasSize(32);
  }

  @Test
  void anAnswerThatIsSentAgainProvesNothing() {
    var authenticator = registered();
    var signed = authenticator.sign(challenge());

    assertThat(signIn(signed, NOW)).isInstanceOf(Outcome.Done.class);
    assertThat(signIn(signed, NOW)).satisfies(PasskeysTest::isNotProved);
  }

  @Test
  void aChallengeIsUsedUpByAWrongAnswerToo() {
    var authenticator = registered();
    var challenge = challenge();

    assertThat(signIn(authenticator.at("https://evil.example").sign(challenge), NOW))
        .satisfies(PasskeysTest::isNotProved);
    assertThat(signIn(authenticator.at(PARTY.origin()).sign(challenge), NOW))
        .satisfies(PasskeysTest::isNotProved);
  }

  @Test
  void aChallengeRunsOut() {
    var authenticator = registered();
    var signed = authenticator.sign(challenge());

    assertThat(signIn(signed, NOW.plus(Duration.ofMinutes(5))))
        .satisfies(PasskeysTest::isNotProved);
  }

  @Test
  void aChallengeOfARegistrationSignsNobodyIn() {
    var person = person();
    var authenticator = authenticator();
    done(register(person, authenticator));
    var ours = creationChallenge(person);

    assertThat(signIn(authenticator.sign(ours), NOW)).satisfies(PasskeysTest::isNotProved);
  }

  @Test
  void aChallengeOfOnePersonRegistersNothingForAnother() {
    var created = authenticator().create(creationChallenge(person()));

    assertThat(prove(person(), created)).satisfies(PasskeysTest::isNotProved);
  }

  @Test
  void anotherOriginIsRefused() {
    var authenticator = registered().at("https://access.example.com.evil.example");

    assertThat(signIn(authenticator, NOW)).satisfies(PasskeysTest::isNotProved);
    assertThat(register(person(), authenticator().at("http://access.example.com")))
        .satisfies(PasskeysTest::isNotProved);
  }

  @Test
  void anotherRelyingPartyIsRefused() {
    assertThat(signIn(registered().forParty("example.com"), NOW))
        .satisfies(PasskeysTest::isNotProved);
    assertThat(register(person(), authenticator().forParty("example.com")))
        .satisfies(PasskeysTest::isNotProved);
  }

  @Test
  void anAuthenticatorThatDidNotVerifyItsUserIsRefused() {
    assertThat(signIn(registered().withoutVerifying(), NOW)).satisfies(PasskeysTest::isNotProved);
    assertThat(register(person(), authenticator().withoutVerifying()))
        .satisfies(PasskeysTest::isNotProved);
  }

  @Test
  void aCounterThatGoesBackTellsOfACopy() {
    var authenticator = registered();
    done(signIn(authenticator.countingFrom(41), NOW));

    assertThat(signIn(authenticator.countingFrom(40), NOW)).satisfies(PasskeysTest::isNotProved);
    assertThat(signIn(authenticator.countingFrom(41), NOW)).satisfies(PasskeysTest::isNotProved);
    assertThat(signIn(authenticator.countingFrom(42), NOW)).isInstanceOf(Outcome.Done.class);
  }

  @Test
  void anotherKeyWithTheSameIdIsRefused() {
    var authenticator = registered();
    var other = authenticator();
    var challenge = challenge();

    var forged = other.sign(challenge);
    var signed =
        new VirtualAuthenticator.Signed(
            authenticator.sign(challenge).credentialId(),
            forged.clientDataJson(),
            forged.authenticatorData(),
            forged.signature());

    assertThat(signIn(signed, NOW)).satisfies(PasskeysTest::isNotProved);
  }

  @Test
  void garbageIsRefusedLikeAnythingElse() {
    var garbage = new VirtualAuthenticator.Signed("AAAA", "e30", "AAAA", "AAAA");

    assertThat(signIn(garbage, NOW)).satisfies(PasskeysTest::isNotProved);
    assertThat(prove(person(), new VirtualAuthenticator.Created("e30", "AAAA")))
        .satisfies(PasskeysTest::isNotProved);
  }

  @Test
  void aPasskeyIsRegisteredOnce() {
    var authenticator = authenticator();
    done(register(person(), authenticator));

    assertThat(register(person(), authenticator))
        .satisfies(outcome -> isRefused(outcome, Passkeys.KNOWN.word()));
  }

  @Test
  void theLastWayInIsKept() {
    var person = person();
    var view = done(register(person, authenticator()));
    platform
        .database()
        .jdbi()
        .useHandle(
            handle ->
                handle.execute("update person set password = null where id = ?", person.id()));

    assertThat(delete(person, view.id()))
        .satisfies(outcome -> isRefused(outcome, Passkeys.LAST_WAY_IN.word()));
    done(register(person, authenticator()));
    assertThat(delete(person, view.id())).isInstanceOf(Outcome.Done.class);
  }

  @Test
  void anAddressIsNoRelyingParty() {
    assertThat(RelyingParty.at("http://127.0.0.1:8080"))
        .isEqualTo(new RelyingParty("localhost", "http://localhost:8080"));
    assertThat(RelyingParty.at("https://access.example.com").origin())
        .isEqualTo("https://access.example.com");
  }

  private VirtualAuthenticator authenticator() {
    return new VirtualAuthenticator(PARTY.id(), PARTY.origin());
  }

  private VirtualAuthenticator registered() {
    var authenticator = authenticator();
    done(register(person(), authenticator));
    return authenticator;
  }

  private Person person() {
    var email = EmailAddress.inAscii("person" + people.incrementAndGet() + "@example.com");
    return platform
        .database()
        .jdbi()
        .inTransaction(
            handle -> {
              var id =
                  People.insert(handle, email, "A person", "$argon2id$", NOW, new SecureRandom());
              return People.find(handle, id).orElseThrow();
            });
  }

  private String creationChallenge(Person person) {
    return passkeys.creationOptions(person, NOW).challenge().toString();
  }

  private String challenge() {
    return passkeys.requestOptions(NOW).challenge().toString();
  }

  private Outcome<PasskeyView> register(Person person, VirtualAuthenticator authenticator) {
    return prove(person, authenticator.create(creationChallenge(person)))
        .then(
            proved ->
                platform
                    .database()
                    .jdbi()
                    .inTransaction(handle -> passkeys.register(handle, person.id(), proved, NOW)));
  }

  private Outcome<ProvedPasskey> prove(Person person, VirtualAuthenticator.Created created) {
    return passkeys.prove(
        person.id(),
        new RegisterPasskey(
            "My key",
            Base64Url.parse(created.clientDataJson()),
            Base64Url.parse(created.attestationObject()),
            null),
        NOW);
  }

  private Outcome<String> signIn(VirtualAuthenticator authenticator, Instant now) {
    return signIn(authenticator.sign(challenge()), now);
  }

  private Outcome<String> signIn(VirtualAuthenticator.Signed signed, Instant now) {
    var answer =
        new PasskeySignIn(
            Base64Url.parse(signed.credentialId()),
            Base64Url.parse(signed.clientDataJson()),
            Base64Url.parse(signed.authenticatorData()),
            Base64Url.parse(signed.signature()),
            null);
    return passkeys
        .take(answer, now)
        .then(
            answered ->
                platform
                    .database()
                    .jdbi()
                    .inTransaction(handle -> passkeys.personOf(handle, answered, now)));
  }

  private Outcome<PasskeyView> delete(Person person, String id) {
    return platform
        .database()
        .jdbi()
        .inTransaction(
            handle -> passkeys.delete(handle, People.find(handle, person.id()).orElseThrow(), id));
  }

  private List<PasskeyView> list(Person person) {
    return platform.database().jdbi().withHandle(handle -> passkeys.list(handle, person.id()));
  }

  private static void isNotProved(Outcome<?> outcome) {
    isRefused(outcome, Passkeys.NOT_PROVED.word());
  }

  private static void isRefused(@Nullable Outcome<?> outcome, String reason) {
    assertThat(outcome)
        .isInstanceOfSatisfying(
            Outcome.Refused.class,
            refused -> assertThat(refused.problem().reason().word()).isEqualTo(reason));
  }
}

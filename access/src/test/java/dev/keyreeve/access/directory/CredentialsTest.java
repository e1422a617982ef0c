package dev.keyreeve.access.directory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyreeve.access.credential.CommandLineToken;
import dev.keyreeve.access.credential.Credential;
import dev.keyreeve.access.credential.Environment;
import dev.keyreeve.access.credential.KeyId;
import dev.keyreeve.access.credential.KeyToken;
import dev.keyreeve.access.credential.Pepper;
import dev.keyreeve.access.credential.Peppers;
import dev.keyreeve.access.credential.Secret;
import dev.keyreeve.access.limit.Limit;
import dev.keyreeve.access.subject.Anyone;
import dev.keyreeve.access.subject.CommandLine;
import dev.keyreeve.access.subject.Key;
import dev.keyreeve.access.subject.KeyBuilder;
import dev.keyreeve.access.subject.KeySecret;
import dev.keyreeve.access.subject.KeyState;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CredentialsTest {
  private static final Lookup UNKNOWN = new Lookup.Unknown();
  private static final Lookup UNAVAILABLE = new Lookup.Unavailable();

  private static final long NOW = 1_000_000;

  private final Random random = new Random(5);
  private final AtomicLong nanos = new AtomicLong();
  private final Pepper pepper = new Pepper(1, new byte[32]);
  private final Lease lease = new Lease(Duration.ofSeconds(3), nanos::get);
  private final KeyDirectory directory = new KeyDirectory(Peppers.of(pepper), lease);
  private final CommandLineToken operator = CommandLineToken.random(new SecureRandom());
  private final Credentials credentials =
      new Credentials(directory, new SessionDirectory(lease), operator);

  private final KeyToken token = issue("dd", Environment.LIVE, KeyId.random(random));
  private final Key key = keyOf(token);

  @BeforeEach
  void knowsAKey() {
    lease.renewFrom(lease.mark());
    directory.put(key);
  }

  @Test
  void findTheKeyOfItsToken() {
    assertThat(lookup(token)).isEqualTo(known(key, 1));
  }

  @Test
  void tellNeitherAnUnknownIdNorAWrongSecretNorAnotherPrefixApart() {
    var unknownId = issue("dd", Environment.LIVE, KeyId.random(random));
    var wrongSecret = issue("dd", Environment.LIVE, token.id());
    var malformed = Secret.of(token.secret().reveal() + "0");

    assertThat(lookup(unknownId)).isEqualTo(UNKNOWN);
    assertThat(lookup(wrongSecret)).isEqualTo(UNKNOWN);
    assertThat(credentials.lookup(new Credential.Token(malformed), NOW)).isEqualTo(UNKNOWN);
  }

  @Test
  void refuseTheRightSecretUnderAnotherBrandOrEnvironment() {
    for (var prefix : List.of("dg_live_", "dd_test_", "d_live_", "ddd_live_")) {
      directory.put(KeyBuilder.like(key).prefix(prefix).build());

      assertThat(lookup(token)).as(prefix).isEqualTo(UNKNOWN);
    }
  }

  @Test
  void acceptBothSecretsWhileARotationOverlaps() {
    var next = issue("dd", Environment.LIVE, token.id());
    var rotating =
        KeyBuilder.like(key).secrets(secret(2, Key.NEVER, next), secret(1, NOW + 1, token)).build();
    directory.put(rotating);

    assertThat(lookup(token)).isEqualTo(known(rotating, 1));
    assertThat(lookup(next)).isEqualTo(known(rotating, 2));

    assertThat(directory.lookup(token.secret().reveal(), NOW + 1)).isEqualTo(UNKNOWN);
    assertThat(directory.lookup(next.secret().reveal(), NOW + 1)).isEqualTo(known(rotating, 2));
  }

  @Test
  void forgetAKeyThatWasRemoved() {
    directory.remove(key.id());

    assertThat(lookup(token)).isEqualTo(UNKNOWN);
    assertThat(credentials.current(key, 1, NOW)).isEqualTo(UNKNOWN);
    assertThat(directory.find(key.id())).isNull();
    assertThat(directory.size()).isZero();
  }

  @Test
  void answerForNoKeyOnceTheLeaseHasRunOut() {
    nanos.addAndGet(Duration.ofSeconds(3).toNanos());

    assertThat(lookup(token)).isEqualTo(UNAVAILABLE);
    assertThat(lookup(issue("dd", Environment.LIVE, KeyId.random(random)))).isEqualTo(UNAVAILABLE);
    assertThat(credentials.current(key, 1, NOW)).isEqualTo(UNAVAILABLE);

    lease.renewFrom(lease.mark());

    assertThat(lookup(token)).isEqualTo(known(key, 1));
  }

  @Test
  void showTheFactsOfAnAdmittedKeyAsTheyAreNow() {
    var revoked = KeyBuilder.like(key).state(KeyState.REVOKED).build();

    directory.put(revoked);

    assertThat(credentials.current(key, 1, NOW)).isEqualTo(known(revoked, 1));
    assertThat(credentials.current(new CommandLine(), 0, NOW))
        .isEqualTo(new Lookup.Known(new CommandLine()));
    assertThat(credentials.current(new Anyone(), 0, NOW)).isEqualTo(new Lookup.Known(new Anyone()));
  }

  @Test
  void knowAnAdmittedKeyNoMoreOnceTheSecretThatProvedItIsReplaced() {
    var next = issue("dd", Environment.LIVE, token.id());
    var rotating =
        KeyBuilder.like(key).secrets(secret(2, Key.NEVER, next), secret(1, NOW + 1, token)).build();
    directory.put(rotating);

    assertThat(credentials.current(key, 1, NOW)).isEqualTo(known(rotating, 1));
    assertThat(credentials.current(key, 1, NOW + 1)).isEqualTo(UNKNOWN);
    assertThat(credentials.current(key, 2, NOW + 1)).isEqualTo(known(rotating, 2));
  }

  @Test
  void knowTheOperatorByItsWholeToken() {
    var another = CommandLineToken.random(new SecureRandom());
    var shortened = operator.secret().reveal().substring(0, 46);

    assertThat(credentials.lookup(new Credential.Token(operator.secret()), NOW))
        .isEqualTo(new Lookup.Known(new CommandLine()));
    assertThat(credentials.lookup(new Credential.Token(another.secret()), NOW)).isEqualTo(UNKNOWN);
    assertThat(credentials.lookup(new Credential.Token(Secret.of(shortened)), NOW))
        .isEqualTo(UNKNOWN);
    assertThat(credentials.lookup(new Credential.Token(Secret.of("kop_")), NOW)).isEqualTo(UNKNOWN);
  }

  @Test
  void takeAKeyWhoseBrandBeginsLikeAnOperatorsTokenForAKey() {
    var awkward = issue("kop", Environment.LIVE, KeyId.random(random));
    var itsKey = keyOf(awkward);
    directory.put(itsKey);

    assertThat(lookup(awkward)).isEqualTo(known(itsKey, 1));
  }

  @Test
  void tellAbsentFromUnrecognised() {
    assertThat(credentials.lookup(new Credential.Absent(), NOW)).isEqualTo(new Lookup.Absent());
    assertThat(credentials.lookup(new Credential.Unrecognised(), NOW)).isEqualTo(UNKNOWN);
  }

  private Lookup lookup(KeyToken presented) {
    // Read anew from its text, as a request's is.
    assertThat(KeyToken.parse(presented.secret().reveal())).isNotNull();
    return credentials.lookup(new Credential.Token(presented.secret()), NOW);
  }

  private KeySecret secret(int number, long endsAtMillis, KeyToken issued) {
    return KeySecret.of(number, pepper.version(), endsAtMillis, pepper.digest(issued));
  }

  private KeyToken issue(String brand, Environment environment, KeyId id) {
    return KeyToken.issue(brand, environment, id, random);
  }

  private Key keyOf(KeyToken issued) {
    var prefix = issued.secret().reveal().replaceAll("_(live|test)_.*", "_$1_");
    return KeyBuilder.aKey(new Limit(0, 0, 60), new Limit(1, 0, 60))
        .id(issued.id())
        .prefix(Objects.requireNonNull(prefix))
        .secret(secret(1, Key.NEVER, issued))
        .build();
  }

  private static Lookup known(Key key, int secret) {
    return new Lookup.Known(key, Objects.requireNonNull(key.liveSecret(secret, NOW)));
  }
}

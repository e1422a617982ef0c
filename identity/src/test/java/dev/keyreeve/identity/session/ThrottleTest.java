package dev.keyreeve.identity.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyreeve.access.network.Address;
import dev.keyreeve.identity.TestIdentity;
import dev.keyreeve.platform.TestPlatform;
import dev.keyreeve.platform.mail.EmailAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@NullMarked
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ThrottleTest {
  private static final Address ADDRESS = Address.parse("192.0.2.1");

  private final TestIdentity platform = TestIdentity.start();
  private final AddressThrottle addresses = new AddressThrottle(new SecureRandom());
  private final AccountThrottle accounts =
      new AccountThrottle(platform.database().jdbi(), platform.fingerprint());

  @AfterAll
  void stop() {
    platform.close();
  }

  @Test
  void anAddressMayFailTwentyTimesAndThenTwiceAMinute() {
    long now = 1_000_000;
    for (int i = 0; i < 20; i++) assertThat(addresses.attempt(ADDRESS, now)).isZero();

    assertThat(addresses.attempt(ADDRESS, now)).isEqualTo(30_000);
    assertThat(addresses.attempt(ADDRESS, now + 29_999)).isEqualTo(1);
    assertThat(addresses.attempt(ADDRESS, now + 30_000)).isZero();
    assertThat(addresses.attempt(ADDRESS, now + 30_000)).isEqualTo(30_000);
  }

  @Test
  void anAddressThatSucceedsPaysNothing() {
    var address = Address.parse("192.0.2.2");
    for (int i = 0; i < 100; i++) {
      assertThat(addresses.attempt(address, 0)).isZero();
      addresses.succeeded(address);
    }
  }

  @Test
  void addressesOfOneSubscriberAreOne() {
    for (int i = 0; i < 20; i++) addresses.attempt(Address.parse("2001:db8:7::" + i), 0);

    assertThat(addresses.attempt(Address.parse("2001:db8:7::ffff"), 0)).isPositive();
    assertThat(addresses.attempt(Address.parse("2001:db8:7:1::1"), 0)).isZero();
  }

  @Test
  void anAccountWaitsLongerWithEachFailureWhetherOrNotAnybodyHasIt() {
    var email = EmailAddress.inAscii("nobody@example.com");
    var now = TestPlatform.START;
    for (int i = 0; i < 5; i++) {
      assertThat(accounts.attempt(email, now)).isEqualTo(new AccountThrottle.Answer.GoOn());
    }

    assertThat(accounts.attempt(email, now)).isEqualTo(wait(1));
    now = now.plusSeconds(1);
    assertThat(accounts.attempt(email, now)).isEqualTo(new AccountThrottle.Answer.GoOn());
    assertThat(accounts.attempt(EmailAddress.inAscii("NOBODY@example.com"), now))
        .isEqualTo(wait(2));
  }

  @Test
  void anAccountIsClosedAfterAHundredFailuresHoweverSlowlyTheyCame() {
    var email = EmailAddress.inAscii("slow@example.com");
    var now = TestPlatform.START;
    for (int i = 0; i < 100; i++) {
      assertThat(accounts.attempt(email, now)).isEqualTo(new AccountThrottle.Answer.GoOn());
      now = now.plus(AccountThrottle.LONGEST_WAIT);
    }

    assertThat(accounts.attempt(email, now.plus(Duration.ofDays(400))))
        .isEqualTo(new AccountThrottle.Answer.Closed());
  }

  @Test
  void attemptsAtTheSameTimeDoNotPassTogether() throws Exception {
    var email = EmailAddress.inAscii("race@example.com");
    var attempts = new ArrayList<Callable<AccountThrottle.Answer>>();
    for (int i = 0; i < 32; i++) {
      attempts.add(() -> accounts.attempt(email, TestPlatform.START));
    }

    int passed = 0;
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var answer : threads.invokeAll(attempts)) {
        if (answer.get() instanceof AccountThrottle.Answer.GoOn) passed++;
      }
    }

    assertThat(passed).isEqualTo(5);
  }

  @Test
  void aSuccessForgivesAll() {
    var email = EmailAddress.inAscii("late@example.com");
    for (int i = 0; i < 5; i++) accounts.attempt(email, TestPlatform.START);

    platform.database().jdbi().useHandle(handle -> accounts.succeeded(handle, email));

    assertThat(accounts.attempt(email, TestPlatform.START))
        .isEqualTo(new AccountThrottle.Answer.GoOn());
  }

  private static AccountThrottle.Answer wait(int seconds) {
    return new AccountThrottle.Answer.Wait(Duration.ofSeconds(seconds));
  }
}

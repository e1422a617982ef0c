package dev.keyreeve.access.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.keyreeve.access.credential.KeyId;
import dev.keyreeve.access.limit.Spending.Allowance;
import dev.keyreeve.access.limit.Spending.Exhausted;
import dev.keyreeve.access.limit.Spending.Granted;
import dev.keyreeve.access.limit.Spending.NeverPossible;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MeterTest {
  /// A minute's first millisecond.
  private static final long NOW = Instant.parse("2026-01-01T12:00:00Z").toEpochMilli();

  private static final long END = NOW / 1000 + 60;

  private final Meter meter = new Meter();
  private final Random random = new Random(6);

  @Test
  void admitsTheLastCallOfAWindowAndRefusesTheNext() {
    var key = limit(60);
    var all = limit(1_000);

    for (int left = 59; left >= 0; left--) {
      assertThat(meter.spend(key, all, 1, NOW)).isEqualTo(new Allowance(60, left, END));
    }

    assertThat(meter.spend(key, all, 1, NOW)).isEqualTo(new Exhausted(60, 0, END, 60));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 29, 30, 59})
  void beginsANewWindowAtItsEdgeAndNoEarlier(int phase) {
    var key = new Limit(meter.allocate(), phase, 1);
    var all = limit(1_000);
    long edge = NOW + (60 - phase) * 1000L;

    assertThat(meter.spend(key, all, 1, edge - 60_000)).isInstanceOf(Granted.class);
    assertThat(meter.spend(key, all, 1, edge - 1)).isEqualTo(new Exhausted(1, 0, edge / 1000, 1));
    assertThat(meter.spend(key, all, 1, edge)).isEqualTo(new Allowance(1, 0, edge / 1000 + 60));
  }

  @Test
  void reportsOneResetThroughoutAWindow() {
    for (int phase = 0; phase < 60; phase++) {
      var key = new Limit(meter.allocate(), phase, 1_000);
      var all = limit(10_000);
      long edge = NOW + (60 - phase) * 1000L;

      for (long now = edge; now < edge + 60_000; now += 1 + random.nextInt(500)) {
        assertThat(((Allowance) meter.spend(key, all, 1, now)).resetSeconds())
            .isEqualTo(edge / 1000 + 60);
      }
    }
  }

  @Test
  void givesAnIdThePhaseThatItHasOnEveryNode() {
    var id = KeyId.parse("1aB3cD4eF5gH");

    assertThat(Limit.of(5, id.hashCode(), 60))
        .isEqualTo(Limit.of(5, KeyId.parse("1aB3cD4eF5gH").hashCode(), 60));
    assertThat(Limit.of(0, id.hashCode(), 60).phaseSeconds()).isEqualTo(25);
    assertThat(Limit.of(0, "acme".hashCode(), 60).phaseSeconds()).isEqualTo(46);
  }

  @Test
  void admitsWhoeverWaitsAsLongAsItWasTold() {
    for (int i = 0; i < 50_000; i++) {
      var key = randomLimit();
      var all = randomLimit();
      var another = randomLimit();
      int most = Math.min(key.calls(), all.calls());
      long now = NOW + random.nextInt(200_000);
      for (int spends = random.nextInt(40); spends > 0; spends--) {
        meter.spend(random.nextBoolean() ? key : another, all, 1 + random.nextInt(3), now);
        now += random.nextInt(4_000);
      }

      int cost = 1 + random.nextInt(most);
      if (meter.spend(key, all, cost, now) instanceof Exhausted refused) {
        assertThat(refused.retryAfterSeconds()).isBetween(1, 60);
        assertThat(refused.remaining()).isLessThan(cost);
        assertThat(refused.resetSeconds() * 1000).isGreaterThan(now);
        assertThat(meter.spend(key, all, cost, now + refused.retryAfterSeconds() * 1000L))
            .isInstanceOf(Granted.class);
      }
    }
  }

  @Test
  void spendsNothingFromEitherLimitWhenOneRefuses() {
    var key = limit(5);
    var all = limit(3);
    var another = limit(100);

    assertThat(meter.spend(key, all, 2, NOW)).isEqualTo(new Allowance(3, 1, END));
    for (int i = 0; i < 10; i++) {
      assertThat(meter.spend(key, all, 2, NOW)).isEqualTo(new Exhausted(3, 1, END, 60));
    }

    assertThat(meter.spend(another, all, 1, NOW)).isEqualTo(new Allowance(3, 0, END));
    assertThat(meter.spend(key, limit(100), 3, NOW)).isEqualTo(new Allowance(5, 0, END));
    for (int i = 0; i < 10; i++) {
      assertThat(meter.spend(key, another, 1, NOW)).isEqualTo(new Exhausted(5, 0, END, 60));
    }
    assertThat(meter.spend(another, limit(100), 99, NOW)).isEqualTo(new Allowance(100, 0, END));
  }

  @Test
  void reportsTheLimitWithLessLeft() {
    assertThat(meter.spend(limit(10), limit(20), 1, NOW)).isEqualTo(new Allowance(10, 9, END));
    assertThat(meter.spend(limit(20), limit(10), 1, NOW)).isEqualTo(new Allowance(10, 9, END));
  }

  @Test
  void reportsTheLaterResetWhereEquallyMuchIsLeft() {
    assertThat(meter.spend(limit(10), limit(10, 5), 1, NOW)).isEqualTo(new Allowance(10, 9, END));
    assertThat(meter.spend(limit(10, 5), limit(10), 1, NOW)).isEqualTo(new Allowance(10, 9, END));
  }

  @Test
  void namesTheLimitThatRefusesLongerWhereBothRefuse() {
    var soon = limit(2, 40);
    var late = limit(3, 10);
    meter.spend(soon, limit(9), 2, NOW);
    meter.spend(late, limit(9), 3, NOW);

    assertThat(meter.spend(soon, late, 1, NOW)).isEqualTo(new Exhausted(3, 0, END - 10, 50));
    assertThat(meter.spend(late, soon, 1, NOW)).isEqualTo(new Exhausted(3, 0, END - 10, 50));
  }

  @Test
  void neverReportsLessThanNothingAfterALimitWasLowered() {
    var key = limit(60);
    meter.spend(key, limit(100), 50, NOW);

    var refused = meter.spend(key.withCalls(20), limit(100), 1, NOW);
    var raised = meter.spend(key.withCalls(52), limit(100), 1, NOW);

    assertThat(refused).isEqualTo(new Exhausted(20, 0, END, 60));
    assertThat(raised).isEqualTo(new Allowance(52, 1, END));
  }

  @Test
  void givesNoNewWindowToAClockThatGoesBack() {
    var key = limit(2);
    var all = limit(9);
    meter.spend(key, all, 1, NOW);

    for (long back : new long[] {1, 999, 60_000, 3_600_000}) {
      assertThat(meter.spend(key, all, 2, NOW - back))
          .isEqualTo(new Exhausted(2, 1, END, (int) (60 + (back + 999) / 1000)));
    }

    assertThat(meter.spend(key, all, 1, NOW - 1)).isEqualTo(new Allowance(2, 0, END));
    assertThat(meter.spend(key, all, 1, NOW)).isEqualTo(new Exhausted(2, 0, END, 60));
  }

  @Test
  void beginsAnewAfterAYearOfSilence() {
    var key = limit(1);
    var all = limit(1);
    meter.spend(key, all, 1, NOW);

    long later = NOW + Duration.ofDays(365).toMillis();

    assertThat(meter.spend(key, all, 1, later)).isEqualTo(new Allowance(1, 0, later / 1000 + 60));
  }

  @Test
  void saysThatARequestLargerThanAWindowCanNeverPass() {
    var key = limit(5);
    var all = limit(3);

    assertThat(meter.spend(key, all, 4, NOW)).isEqualTo(new NeverPossible(4, 3));
    assertThat(meter.spend(all, key, 4, NOW)).isEqualTo(new NeverPossible(4, 3));
    assertThat(meter.spend(key, all, Integer.MAX_VALUE, NOW))
        .isEqualTo(new NeverPossible(Integer.MAX_VALUE, 3));
    assertThat(meter.spend(key, all, 3, NOW)).isInstanceOf(Granted.class);
    assertThat(meter.spend(key, all, 4, NOW)).isEqualTo(new NeverPossible(4, 3));
  }

  @Test
  void countsToTheLargestLimitThereIs() {
    var key = limit(Integer.MAX_VALUE);
    var all = limit(Integer.MAX_VALUE);
    int most = Integer.MAX_VALUE;

    assertThat(meter.spend(key, all, most - 1, NOW)).isEqualTo(new Allowance(most, 1, END));
    assertThat(meter.spend(key, all, 2, NOW)).isEqualTo(new Exhausted(most, 1, END, 60));
    assertThat(meter.spend(key, all, 1, NOW)).isEqualTo(new Allowance(most, 0, END));
    assertThat(meter.spend(key, all, 1, NOW)).isEqualTo(new Exhausted(most, 0, END, 60));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, Integer.MIN_VALUE})
  void takesNoRequestThatWouldPayNothingOrBack(int cost) {
    var key = limit(5);
    var all = limit(5);
    meter.spend(key, all, 5, NOW);

    assertThatIllegalArgumentException().isThrownBy(() -> meter.spend(key, all, cost, NOW));
    assertThat(meter.spend(key, all, 1, NOW)).isInstanceOf(Exhausted.class);
  }

  @Test
  void givesEachLimitACellOfItsOwn() {
    var all = limit(Integer.MAX_VALUE);

    for (int i = 0; i < 40_000; i++) {
      assertThat(meter.spend(limit(1), all, 1, NOW)).isInstanceOf(Granted.class);
    }

    assertThat(meter.spend(all, limit(Integer.MAX_VALUE), 1, NOW))
        .isEqualTo(new Allowance(Integer.MAX_VALUE, Integer.MAX_VALUE - 40_001, END));
  }

  private Limit limit(int calls) {
    return limit(calls, 0);
  }

  private Limit limit(int calls, int phaseSeconds) {
    return new Limit(meter.allocate(), phaseSeconds, calls);
  }

  private Limit randomLimit() {
    return new Limit(meter.allocate(), random.nextInt(60), 1 + random.nextInt(20));
  }
}

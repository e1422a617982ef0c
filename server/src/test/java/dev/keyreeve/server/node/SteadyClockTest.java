package dev.keyreeve.server.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class SteadyClockTest {
  private final AtomicLong wall = new AtomicLong(1_000_000);
  private final AtomicLong nanos = new AtomicLong(5);
  private final SteadyClock clock = new SteadyClock(wall::get, nanos::get);

  @Test
  void followsTheTimeOfDay() {
    pass(250);

    assertThat(clock.millis()).isEqualTo(1_000_250);
  }

  @Test
  void followsAClockThatIsSetForward() {
    wall.addAndGet(3_600_000);

    assertThat(clock.millis()).isEqualTo(4_600_000);
  }

  @Test
  void neverGoesBackAndIsCaughtUpWith() {
    wall.addAndGet(-10_000);

    long before = clock.millis();
    for (int i = 0; i < 20; i++) {
      pass(1_000);
      long now = clock.millis();
      assertThat(now).isGreaterThanOrEqualTo(before);
      before = now;
    }

    assertThat(clock.millis()).isEqualTo(wall.get());
  }

  @Test
  void runsAtHalfSpeedWhileItIsAhead() {
    wall.addAndGet(-10_000);
    pass(4_000);

    assertThat(clock.millis()).isEqualTo(1_002_000);
  }

  private void pass(long millis) {
    wall.addAndGet(millis);
    nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(millis));
  }
}

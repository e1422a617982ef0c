package dev.keyreeve.platform.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RetryScheduleTest {
  private static final Instant NOW = Instant.parse("2026-03-02T09:00:00Z");
  private static final RetrySchedule SCHEDULE =
      new RetrySchedule(List.of(Duration.ofSeconds(10), Duration.ofMinutes(5)));

  @Test
  void waitsLongerEachTimeAndThenNoMore() {
    assertThat(SCHEDULE.next(1, NOW, null, () -> 0)).contains(NOW.plusSeconds(10));
    assertThat(SCHEDULE.next(2, NOW, null, () -> 0)).contains(NOW.plusSeconds(300));
    assertThat(SCHEDULE.next(3, NOW, null, () -> 0)).isEmpty();
  }

  @Test
  void whatWasAskedForAgainWhileItWasTriedWaitsAsAfterTheFirstTry() {
    assertThat(SCHEDULE.next(0, NOW, null, () -> 0)).contains(NOW.plusSeconds(10));
  }

  @Test
  void stretchesWaitsByUpToATenth() {
    var random = new Random(7);
    for (int i = 0; i < 1_000; i++) {
      assertThat(SCHEDULE.next(1, NOW, null, random).orElseThrow())
          .isBetween(NOW.plusSeconds(10), NOW.plusSeconds(11));
    }
    assertThat(SCHEDULE.next(1, NOW, null, () -> -1).orElseThrow()).isAfter(NOW.plusMillis(10_990));
  }

  @Test
  void waitsForAReceiverThatWantsMoreTimeAndIsNotHurriedByOne() {
    assertThat(SCHEDULE.next(1, NOW, NOW.plusSeconds(60), () -> 0)).contains(NOW.plusSeconds(60));
    assertThat(SCHEDULE.next(1, NOW, NOW.plusSeconds(1), () -> 0)).contains(NOW.plusSeconds(10));
    assertThat(SCHEDULE.next(3, NOW, NOW.plusSeconds(60), () -> 0)).isEmpty();
  }
}

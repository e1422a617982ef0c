package dev.keyreeve.access.directory;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LeaseTest {
  private static final long LENGTH = Duration.ofSeconds(3).toNanos();

  private final AtomicLong nanos = new AtomicLong();

  @Test
  void hasRunOutUntilTheLogWasReadOnce() {
    var lease = lease();

    assertThat(lease.isFresh()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(longs = {0, -1, Long.MAX_VALUE - 5, Long.MIN_VALUE, 123_456_789})
  void isFreshForItsLengthAndNoLonger(long start) {
    nanos.set(start);
    var lease = lease();

    lease.renewFrom(lease.mark());

    assertThat(lease.isFresh()).isTrue();
    nanos.set(start + LENGTH - 1);
    assertThat(lease.isFresh()).isTrue();
    nanos.set(start + LENGTH);
    assertThat(lease.isFresh()).isFalse();
    nanos.set(start + 1_000 * LENGTH);
    assertThat(lease.isFresh()).isFalse();
  }

  @Test
  void runsFromTheMomentBeforeTheReadingAndNotFromItsEnd() {
    var lease = lease();
    var mark = lease.mark();

    nanos.addAndGet(LENGTH);
    lease.renewFrom(mark);

    assertThat(lease.isFresh()).isFalse();
  }

  @Test
  void becomesFreshAgainWhenItIsRenewed() {
    var lease = lease();
    nanos.addAndGet(10 * LENGTH);

    lease.renewFrom(lease.mark());

    assertThat(lease.isFresh()).isTrue();
  }

  private Lease lease() {
    return new Lease(Duration.ofNanos(LENGTH), nanos::get);
  }
}

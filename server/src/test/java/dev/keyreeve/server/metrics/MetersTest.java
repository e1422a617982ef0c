package dev.keyreeve.server.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyreeve.access.network.Address;
import dev.keyreeve.access.subject.ProvedBy;
import dev.keyreeve.procedure.CallObserver;
import dev.keyreeve.procedure.problem.Code;
import dev.keyreeve.procedure.problem.Reason;
import dev.keyreeve.procedure.problem.Reasons;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class MetersTest {
  private final Meters meters = new Meters();

  @AfterEach
  void close() {
    meters.close();
  }

  @Test
  void hasNoMeterThatNothingFeeds() {
    assertThat(meters.text()).contains("jvm_memory_used_bytes").doesNotContain("keyreeve_");
  }

  @Test
  void countsCallsByHowTheyEnded() {
    meters.observed(seen(null, 1));
    meters.observed(seen(null, 20));
    meters.observed(seen(Reasons.INSUFFICIENT_SCOPE, 1));
    meters.observed(seen(Reasons.RATE_LIMITED, 12));

    assertThat(meters.text())
        .contains("keyreeve_decisions_total{outcome=\"permitted\"} 21.0")
        .contains("keyreeve_decisions_total{outcome=\"insufficient_scope\"} 1.0")
        .contains("keyreeve_decisions_total{outcome=\"rate_limited\"} 12.0")
        .doesNotContain("keyreeve_call_seconds");
  }

  @Test
  void boundsTheNumberOfOutcomes() {
    for (int i = 0; i < 3 * Meters.MOST_TAGS; i++) {
      var word = "a" + Integer.toString(i, 4).replace('0', 'a').replace('1', 'b');
      meters.observed(
          seen(
              new Reason(Code.FORBIDDEN, word.replace('2', 'c').replace('3', 'd'), "A reason."),
              1));
    }

    var lines = meters.text().lines().toList();

    assertThat(lines.stream().filter(line -> line.startsWith("keyreeve_decisions_total{")))
        .hasSize(Meters.MOST_TAGS + 1);
    assertThat(lines).contains("keyreeve_decisions_total{outcome=\"other\"} 1000.0");
  }

  private static CallObserver.Seen seen(@Nullable Reason refusal, int calls) {
    return new CallObserver.Seen(
        0,
        "req_1",
        null,
        ProvedBy.NOTHING,
        Address.parse("192.0.2.1"),
        null,
        refusal,
        true,
        calls,
        1_000);
  }

  @Test
  void readsGaugesWhenItIsAsked() {
    var depth = new AtomicLong(7);
    var lost = new AtomicLong();
    meters.journal(depth::get, lost::get);
    meters.lease(() -> Duration.ofMillis(1_500));
    meters.revoked(Duration.ofMillis(30));
    lost.set(3);

    assertThat(meters.text())
        .contains("keyreeve_journal_depth 7.0")
        .contains("keyreeve_journal_lost_total 3.0")
        .contains("keyreeve_lease_age_seconds 1.5")
        .contains("keyreeve_revocation_acknowledged_seconds_bucket{le=\"0.05\"} 1");
  }
}

package dev.keyreeve.access.decision;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.keyreeve.access.directory.Lookup;
import dev.keyreeve.access.limit.Limit;
import dev.keyreeve.access.limit.Meter;
import dev.keyreeve.access.limit.Spending;
import dev.keyreeve.access.network.Address;
import dev.keyreeve.access.scope.Role;
import dev.keyreeve.access.scope.Scope;
import dev.keyreeve.access.scope.ScopeCatalogue;
import dev.keyreeve.access.subject.KeyBuilder;
import java.lang.management.ManagementFactory;
import java.util.Set;
import java.util.function.LongFunction;
import org.junit.jupiter.api.Test;

/// A warm decision allocates its result and nothing else. Measured beside the bare results, so that
/// the layout of objects on this JVM does not matter.
class AllocationTest {
  private static final long NOW = 1_767_268_800_000L;
  private static final int ROUNDS = 200_000;
  private static final Address CLIENT = Address.parse("192.0.2.7");
  private static final Audience AUDIENCE = new Audience.Keys("dd");
  private static final Scope WRITE = Scope.parse("mandates:write");
  private static final Requirement TO_WRITE = Requirement.holds(WRITE);

  private final ScopeCatalogue catalogue =
      ScopeCatalogue.of(ScopeCatalogue.Entry.scope(WRITE, "Write.", Role.OPERATOR));
  private final Meter meter = new Meter();
  private final AccessCheck access = new AccessCheck(meter);
  private final Limit key = new Limit(meter.allocate(), 0, 600);
  private final Limit all = new Limit(meter.allocate(), 30, 6_000);
  private final Lookup writer =
      new Lookup.Known(
          KeyBuilder.aKey(key, all)
              .scopes(catalogue.grant(Set.of(WRITE)))
              .addresses("203.0.113.0/24", "192.0.2.0/24")
              .organisationAddresses("192.0.2.0/24")
              .build());

  /// Where results go, so that none is optimised away.
  @SuppressWarnings("unused") // only ever written
  private volatile Object last = "";

  @Test
  void allocatesNothingForAPermittedCallBeyondItsAnswer() {
    var subject = ((Lookup.Known) writer).subject();

    long answer =
        bytesPerRound(
            now -> {
              last = new Decision.Admitted(subject, new Spending.Allowance(600, 599, now));
              return new Decision.Permitted(subject);
            });
    long decision =
        bytesPerRound(
            now -> {
              // Ten calls a window, so that the limit is never reached.
              var admission = access.admit(writer, AUDIENCE, CLIENT, 1, NOW + now * 6_000);
              last = admission;
              return access.permit(((Decision.Admitted) admission).subject(), TO_WRITE);
            });

    assertThat(decision).isPositive().isLessThanOrEqualTo(answer);
  }

  @Test
  void allocatesNothingForALimitedCallBeyondItsAnswer() {
    meter.spend(key, all, 600, NOW);

    long answer =
        bytesPerRound(now -> new Decision.RateLimited(new Spending.Exhausted(600, 0, now, 60)));
    long decision = bytesPerRound(_ -> access.admit(writer, AUDIENCE, CLIENT, 1, NOW));

    assertThat(last).isInstanceOf(Decision.RateLimited.class);
    assertThat(decision).isPositive().isLessThanOrEqualTo(answer);
  }

  @Test
  void allocatesNothingToLookWhetherASubscriptionMayGoOnBeyondItsAnswer() {
    var subject = ((Lookup.Known) writer).subject();

    long answer = bytesPerRound(_ -> new Decision.Permitted(subject));
    long decision =
        bytesPerRound(_ -> access.stillPermits(writer, AUDIENCE, TO_WRITE, CLIENT, NOW));

    assertThat(last).isInstanceOf(Decision.Permitted.class);
    assertThat(decision).isPositive().isLessThanOrEqualTo(answer);
  }

  /// Bytes that one round allocates, to the nearest whole one.
  private long bytesPerRound(LongFunction<Decision> round) {
    var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    for (int i = 0; i < ROUNDS; i++) last = round.apply(i);

    long before = threads.getCurrentThreadAllocatedBytes();
    for (int i = ROUNDS; i < 2 * ROUNDS; i++) last = round.apply(i);
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;

    return Math.round((double) allocated / ROUNDS);
  }
}

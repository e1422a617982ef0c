package dev.keyreeve.access.limit;

import dev.keyreeve.access.Linearizability;
import dev.keyreeve.access.network.Address;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/// Meters, as several threads see them at every instant. A payment from two limits is not among the
/// operations: it may hold calls of one for an instant when the other refuses it.
@Isolated("Lincheck rewrites classes while they run.")
class MeterLinearizabilityTest {
  private static final long NOW = 1_767_268_800_000L;

  @Test
  void paysFromALimitAsIfOneRequestCameAfterTheOther() {
    Linearizability.check(OneLimit.class);
  }

  @Test
  void paysFromTheLimitOfAnAddressAsIfOneRequestCameAfterTheOther() {
    Linearizability.check(OneAddress.class);
  }

  @Test
  void noticesAMeterThatForgetsAPayment() {
    Linearizability.checkFails(Forgetful.class);
  }

  @Param(name = "cost", gen = IntGen.class, conf = "1:2")
  @Param(name = "minute", gen = IntGen.class, conf = "0:1")
  public static class OneLimit {
    private final Meter meter = new Meter();
    private final Limit limit = new Limit(meter.allocate(), 0, 3);

    @Operation
    public String spend(@Param(name = "cost") int cost, @Param(name = "minute") int minute) {
      return meter.spend(limit, cost, NOW + minute * 60_000L).toString();
    }

    @Operation
    public String probe(@Param(name = "minute") int minute) {
      return meter.probe(limit, 1, NOW + minute * 60_000L).toString();
    }
  }

  @Param(name = "address", gen = IntGen.class, conf = "1:2")
  public static class OneAddress {
    private final AddressMeter meter = new AddressMeter(2, 7, 4);

    @Operation
    public String spend(@Param(name = "address") int last) {
      return meter.spend(new Address(0, 0xffff_c000_0200L + last), 1, NOW).toString();
    }
  }

  /// Reads and writes where it should compare and set.
  public static class Forgetful {
    private volatile int spent;

    @Operation
    public boolean spend() {
      int before = spent;
      if (before >= 3) return false;
      spent = before + 1;
      return true;
    }

    @Operation
    public int left() {
      return 3 - spent;
    }
  }
}

package dev.keyreeve.access.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyreeve.access.limit.Spending.Exhausted;
import dev.keyreeve.access.limit.Spending.Granted;
import dev.keyreeve.access.network.Address;
import java.util.HashSet;
import org.junit.jupiter.api.Test;

class AddressMeterTest {
  private static final long NOW = 1_767_268_800_000L;

  private final AddressMeter meter = new AddressMeter(2, 7, 16);

  @Test
  void limitsEachIpv4AddressInWhateverWriting() {
    spend("192.0.2.7");
    spend("::ffff:192.0.2.7");

    assertThat(spend("192.0.2.7")).isInstanceOf(Exhausted.class);
    assertThat(spend("192.0.2.8")).isInstanceOf(Granted.class);
  }

  @Test
  void limitsTheAddressesOfOneIpv6NetworkTogether() {
    spend("2001:db8:0:1::1");
    spend("2001:db8:0:1:ffff::2");

    assertThat(spend("2001:db8:0:1::3")).isInstanceOf(Exhausted.class);
    assertThat(spend("2001:db8:0:2::1")).isInstanceOf(Granted.class);
  }

  @Test
  void lendsEachWindowAnew() {
    spend("192.0.2.7");
    spend("192.0.2.7");

    assertThat(meter.spend(Address.parse("192.0.2.7"), 1, NOW + 60_000))
        .isInstanceOf(Granted.class);
  }

  @Test
  void spreadsAddressesOverAllItsCells() {
    var granted = 0;
    var one = new AddressMeter(1, 7, 16);
    int addresses = 1000;
    for (int i = 0; i < addresses; i++) {
      var address = Address.parse("198.51." + i / 250 + "." + i % 250);
      if (one.spend(address, 1, NOW) instanceof Granted) granted++;
    }

    // Of 1,000 addresses, 7.6 share a cell on average.
    assertThat(granted).isGreaterThan(970);
  }

  @Test
  void drawsAnewWhichAddressesShareACell() {
    var refusals = new HashSet<Integer>();
    for (int seed = 0; seed < 5; seed++) {
      var one = new AddressMeter(1, seed, 16);
      for (int i = 0; i < 2_000; i++) {
        var address = Address.parse("198.51." + i / 250 + "." + i % 250);
        if (one.spend(address, 1, NOW) instanceof Exhausted) refusals.add(seed << 16 | i);
      }
    }

    // Were they the same under each seed, there would be as many of each address as seeds.
    assertThat(refusals).isNotEmpty();
    assertThat(refusals.stream().map(refused -> refused & 0xffff).distinct().count())
        .isGreaterThan(refusals.size() / 2);
  }

  private Spending spend(String address) {
    return meter.spend(Address.parse(address), 1, NOW);
  }
}

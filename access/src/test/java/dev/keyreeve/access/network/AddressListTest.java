package dev.keyreeve.access.network;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import org.junit.jupiter.api.Test;

class AddressListTest {
  private final AddressList offices =
      new AddressList(
          List.of(
              Cidr.parse("192.0.2.0/24"),
              Cidr.parse("2001:db8:1::/48"),
              Cidr.parse("203.0.113.7")));

  @Test
  void allowsEveryAddressWhenItIsEmpty() {
    assertThat(AddressList.UNRESTRICTED.allows(Address.parse("198.51.100.1"))).isTrue();
    assertThat(AddressList.UNRESTRICTED.allows(Address.UNKNOWN)).isTrue();
  }

  @Test
  void allowsTheAddressesOfItsRanges() {
    assertThat(List.of("192.0.2.200", "::ffff:192.0.2.200", "2001:db8:1:2::3", "203.0.113.7"))
        .allMatch(address -> offices.allows(Address.parse(address)));
  }

  @Test
  void refusesEveryOtherAddress() {
    assertThat(List.of("192.0.3.1", "203.0.113.8", "2001:db8:2::1", "::192.0.2.1", "127.0.0.1"))
        .noneMatch(address -> offices.allows(Address.parse(address)));
  }

  @Test
  void refusesAnUnknownAddressEvenWhenItsRangesCoverEverything() {
    var everywhere = new AddressList(List.of(Cidr.parse("0.0.0.0/0"), Cidr.parse("::/0")));

    assertThat(everywhere.allows(Address.UNKNOWN)).isFalse();
    assertThat(offices.allows(Address.UNKNOWN)).isFalse();
  }

  @Test
  void matchesWithoutAllocation() {
    var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    var last = Address.parse("203.0.113.7");
    var none = Address.parse("198.51.100.1");

    long before = threads.getCurrentThreadAllocatedBytes();
    int allowed = 0;
    for (int i = 0; i < 100_000; i++) {
      if (offices.allows(last)) allowed++;
      if (offices.allows(none)) allowed++;
    }
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;

    assertThat(allowed).isEqualTo(100_000);
    assertThat(allocated).isLessThan(100_000);
  }
}

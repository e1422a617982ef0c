package dev.keyreeve.access.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CidrTest {

  @ParameterizedTest
  @CsvSource({
    "10.0.0.0/8, 10.0.0.0/8",
    "0.0.0.0/0, 0.0.0.0/0",
    "192.0.2.1, 192.0.2.1",
    "192.0.2.1/32, 192.0.2.1",
    "2001:DB8::/32, 2001:db8::/32",
    "::/0, ::/0",
    "::1/128, ::1",
    "2001:db8::1, 2001:db8::1",
    "::ffff:10.0.0.0/104, 10.0.0.0/8",
    "::ffff:0:0/96, 0.0.0.0/0",
    "::ffff:192.0.2.1, 192.0.2.1",
    "::/80, ::/80"
  })
  void printsTheOneTextOfEachRange(String text, String canonical) {
    var range = Cidr.parse(text);

    assertThat(range).hasToString(canonical);
    assertThat(Cidr.parse(canonical)).isEqualTo(range);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/",
        "/8",
        "10.0.0.0/",
        "10.0.0.0/33",
        "10.0.0.0/-1",
        "10.0.0.0/08",
        "10.0.0.0/+8",
        "10.0.0.0/8/8",
        "10.0.0.0/ 8",
        "10.0.0.0/255.0.0.0",
        "10.0.0.0/9999999999",
        "2001:db8::/129",
        "2001:db8::/",
        "10.0.0/8",
        "example.com/8",
        "*",
        "10.0.0.*",
        "::ffff:10.0.0.0/8",
        "::ffff:0:0/90",
        "10.0.0.1/8",
        "2001:db8::1/32"
      })
  void refusesWhatIsNotARange(String text) {
    assertThatThrownBy(() -> Cidr.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void namesTheRangeThatATextWithHostBitsMayHaveMeant() {
    assertThatThrownBy(() -> Cidr.parse("10.1.2.3/8")).hasMessageContaining("10.0.0.0/8");
  }

  @ParameterizedTest
  @CsvSource({
    "10.0.0.0/8, 10.255.255.255, true",
    "10.0.0.0/8, 11.0.0.0, false",
    "10.0.0.0/8, ::ffff:10.0.0.1, true",
    "10.0.0.0/8, ::10.0.0.1, false",
    "0.0.0.0/0, 203.0.113.9, true",
    "0.0.0.0/0, 2001:db8::1, false",
    "::/0, 2001:db8::1, true",
    "::/0, 203.0.113.9, false",
    "::/0, ::, false",
    "::/64, ::1, true",
    "::/64, 203.0.113.9, false",
    "2001:db8::/64, 2001:db8::ffff:ffff:ffff:ffff, true",
    "2001:db8::/64, 2001:db8:0:1::, false",
    "2001:db8::/65, 2001:db8::8000:0:0:0, false",
    "192.0.2.1, 192.0.2.1, true",
    "192.0.2.1, 192.0.2.2, false"
  })
  void containsTheAddressesOfItsFamilyThatShareItsPrefix(
      String range, String address, boolean contained) {
    assertThat(Cidr.parse(range).contains(Address.parse(address))).isEqualTo(contained);
  }

  @Test
  void agreesWithArithmeticOnRandomRanges() {
    var random = new Random(11);
    for (int i = 0; i < 50_000; i++) {
      var bits = new BigInteger(random.nextBoolean() ? 32 : 128, random);
      int width = bits.bitLength() > 32 ? 128 : 32;
      int prefix = random.nextInt(width + 1);
      var base = bits.shiftRight(width - prefix).shiftLeft(width - prefix);
      var near =
          random.nextBoolean()
              ? base.flipBit(random.nextInt(width))
              : base.or(new BigInteger(width - prefix, random));
      if (near.signum() == 0) continue;

      boolean contained = new Cidr(address(base, width), prefix).contains(address(near, width));

      boolean expected = near.shiftRight(width - prefix).equals(base.shiftRight(width - prefix));
      assertThat(contained)
          .as("%s/%d of %d bits and %s", base, prefix, width, near)
          .isEqualTo(expected);
    }
  }

  private static Address address(BigInteger bits, int width) {
    long high = bits.shiftRight(64).longValue();
    long low = bits.longValue();
    return width == 32 ? Address.ipv4(low) : new Address(high, low);
  }
}

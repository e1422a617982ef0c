package dev.keyreeve.access.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressTest {

  @ParameterizedTest
  @CsvSource({
    "0.0.0.0, 0.0.0.0",
    "192.0.2.1, 192.0.2.1",
    "255.255.255.255, 255.255.255.255",
    "::, ::",
    "::1, ::1",
    "1::, 1::",
    "2001:DB8::1, 2001:db8::1",
    "2001:db8:0:0:0:0:0:1, 2001:db8::1",
    "2001:db8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
    "2001:0:0:1:0:0:0:1, 2001:0:0:1::1",
    "2001:db8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
    "0001:0002:0003:0004:0005:0006:0007:0008, 1:2:3:4:5:6:7:8",
    "1:2:3:4:5:6:7::, 1:2:3:4:5:6:7:0",
    "64:ff9b::192.0.2.33, 64:ff9b::c000:221",
    "1:2:3:4:5:6:1.2.3.4, 1:2:3:4:5:6:102:304",
    "::ffff:192.0.2.1, 192.0.2.1",
    "::ffff:c000:201, 192.0.2.1",
    "0:0:0:0:0:ffff:10.0.0.1, 10.0.0.1",
    "::192.0.2.1, ::c000:201"
  })
  void printsTheOneTextOfEachAddress(String text, String canonical) {
    var address = Address.parse(text);

    assertThat(address).hasToString(canonical);
    assertThat(Address.parse(canonical)).isEqualTo(address);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "localhost",
        "example.com",
        "1",
        "1.2.3",
        "1.2.3.4.5",
        "1.2.3.",
        ".1.2.3",
        "1..2.3",
        "256.0.0.1",
        "1.2.3.999",
        "1.2.3.1000",
        "01.2.3.4",
        "1.2.3.04",
        "0x7f.0.0.1",
        "2130706433",
        "-1.2.3.4",
        "+1.2.3.4",
        "1.2.3.4 ",
        " 1.2.3.4",
        "1.2.3.4:80",
        "1.2.3.4/32",
        "1.2.3.४",
        ":",
        ":::",
        "1:",
        ":1",
        "1:2:3:4:5:6:7",
        "1:2:3:4:5:6:7:8:9",
        "1:2:3:4:5:6:7:8::",
        "::1::",
        "1::2::3",
        "12345::",
        "g::",
        "::1%eth0",
        "fe80::1%1",
        "[::1]",
        "::1.2.3",
        "::1.2.3.4:5",
        "::1.2.3.4.5",
        "1:2:3:4:5:6:7:1.2.3.4",
        "::256.1.1.1",
        "::01.2.3.4",
        "1:2:3:4:5:6:7:8 ",
        "1.2.3.4::",
        "::+1",
        "::-1"
      })
  void refusesWhatIsNotALiteralAddress(String text) {
    assertThat(Address.parseOrNull(text)).isNull();
    assertThatThrownBy(() -> Address.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void agreesWithTheJdkOnRandomAddresses() throws Exception {
    var random = new Random(7);
    for (int i = 0; i < 20_000; i++) {
      var bytes = new byte[random.nextBoolean() ? 4 : 16];
      random.nextBytes(bytes);
      for (int zeros = random.nextInt(bytes.length); zeros > 0; zeros--) {
        bytes[random.nextInt(bytes.length)] = 0;
      }

      var address = Address.of(bytes);

      var jdk = InetAddress.getByAddress(bytes);
      assertThat(Address.parse(jdk.getHostAddress())).isEqualTo(address);
      assertThat(Address.parse(address.toString())).isEqualTo(address);
      assertThat(Address.of(InetAddress.ofLiteral(address.toString()).getAddress()))
          .isEqualTo(address);
    }
  }

  @Test
  void foldsAnIpv4MappedAddressToIpv4() {
    var mapped = new byte[] {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1, 10, 1, 2, 3};

    var address = Address.of(mapped);

    assertThat(address).isEqualTo(Address.of(new byte[] {10, 1, 2, 3}));
    assertThat(address.isIpv4()).isTrue();
  }

  @Test
  void knowsTheUnspecifiedAddressAsUnknown() {
    assertThat(Address.parse("::")).isEqualTo(Address.UNKNOWN);
    assertThat(Address.UNKNOWN.isUnknown()).isTrue();
    assertThat(Address.parse("0.0.0.0").isUnknown()).isFalse();
  }

  @Test
  void refusesBytesOfAnotherLength() {
    assertThatThrownBy(() -> Address.of(new byte[5])).isInstanceOf(IllegalArgumentException.class);
  }
}

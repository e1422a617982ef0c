package dev.keyreeve.platform.webhook;

import static dev.keyreeve.platform.webhook.AddressGuard.Reach.PUBLIC;
import static dev.keyreeve.platform.webhook.AddressGuard.Reach.PUBLIC_AND_LOOPBACK;
import static org.assertj.core.api.Assertions.assertThat;

import dev.keyreeve.platform.webhook.AddressGuard.Allowed;
import dev.keyreeve.platform.webhook.AddressGuard.Forbidden;
import dev.keyreeve.platform.webhook.AddressGuard.Why;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressGuardTest {
  private final List<String> asked = new ArrayList<>();

  /// Every name has these addresses.
  private AddressGuard guard(AddressGuard.Reach reach, String... addresses) {
    return new AddressGuard(
        reach,
        host -> {
          asked.add(host);
          if (addresses.length == 0) throw new UnknownHostException(host);
          var found = new InetAddress[addresses.length];
          for (int i = 0; i < found.length; i++) {
            found[i] = InetAddress.ofLiteral(addresses[i]);
          }
          return found;
        });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {
        "https://example.com/hook https://example.com/hook",
        "https://example.com https://example.com/",
        "HTTPS://EXAMPLE.com/Hook https://example.com/Hook",
        "https://hooks.example.co.uk:8443/a/b?c=d%20e https://hooks.example.co.uk:8443/a/b?c=d%20e",
        "https://xn--bcher-kva.example/ https://xn--bcher-kva.example/",
        "https://1and1.example/ https://1and1.example/"
      })
  void allowsPublicHostsAndNormalisesTheirUrls(String url, String kept) {
    var verdict = guard(PUBLIC, "93.184.215.14", "2606:2800:21f::1").judge(url);

    assertThat(verdict).isInstanceOf(Allowed.class);
    assertThat(((Allowed) verdict).url()).hasToString(kept);
    assertThat(((Allowed) verdict).addresses()).hasSize(2);
    assertThat(asked).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://8.8.8.8/", "https://[2606:4700:4700::1111]:9443/x"})
  void allowsPublicAddressesWithoutAskingForThem(String url) {
    assertThat(guard(PUBLIC).judge(url)).isInstanceOf(Allowed.class);
    assertThat(asked).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {
        "http://example.com/ SCHEME",
        "http://127.0.0.1/ SCHEME",
        "ftp://example.com/ SCHEME",
        "file://example.com/etc/passwd SCHEME",
        "gopher://example.com/ SCHEME",
        "ws://example.com/ SCHEME",
        "jar:https://example.com/!/x SYNTAX",
        "javascript:alert(1) SYNTAX",
        "file:///etc/passwd SYNTAX",
        "https:example.com SYNTAX",
        "https:///path SYNTAX",
        "//example.com/ SYNTAX",
        "example.com SYNTAX",
        "https://exa%6dple.com/ HOST",
        "https://exämple.com/ SYNTAX",
        "https://example.com\\@10.0.0.1/ SYNTAX",
        "https://example.com\\.evil/ SYNTAX",
        "https://[::1/ SYNTAX",
        "https://[fe80::1%25eth0]/ HOST",
        "https://[::ffff:127.0.0.1%25lo]/ HOST",
        "https://user@example.com/ USER_INFO",
        "https://user:pass@example.com/ USER_INFO",
        "https://@example.com/ USER_INFO",
        "https://example.com@10.0.0.1/ USER_INFO",
        "https://example.com/#@10.0.0.1 FRAGMENT",
        "https://example.com/# FRAGMENT",
        "https://example.com:0/ PORT",
        "https://example.com:65536/ PORT",
        "https://example.com:99999999999/ HOST",
        "https://example.com:-1/ HOST",
        "https://example.com:/ HOST",
        "https://example.com:80:443/ HOST",
        "https://localhost/ HOST",
        "https://metadata/ HOST",
        "https://example.com./ HOST",
        "https://.example.com/ HOST",
        "https://ex_ample.com/ HOST",
        "https://-example.com/ HOST",
        "https://2130706433/ HOST",
        "https://017700000001/ HOST",
        "https://0x7f000001/ HOST",
        "https://0x7f.1/ HOST",
        "https://127.1/ HOST",
        "https://127.0.1/ HOST",
        "https://0177.0.0.1/ HOST",
        "https://127.0.0.01/ HOST",
        "https://0/ HOST",
        "https://1.2.3.4.5/ HOST",
        "https://256.1.1.1/ HOST",
        "https://foo.0x7f/ HOST",
        "https://127.0.0.1/ ADDRESS",
        "https://127.255.255.254:8443/ ADDRESS",
        "https://0.0.0.0/ ADDRESS",
        "https://10.1.2.3/ ADDRESS",
        "https://100.64.0.1/ ADDRESS",
        "https://169.254.169.254/latest/meta-data/ ADDRESS",
        "https://172.20.0.1/ ADDRESS",
        "https://192.0.2.10/ ADDRESS",
        "https://192.168.1.1/ ADDRESS",
        "https://198.18.0.1/ ADDRESS",
        "https://203.0.113.7/ ADDRESS",
        "https://224.0.0.251/ ADDRESS",
        "https://255.255.255.255/ ADDRESS",
        "https://[::]/ ADDRESS",
        "https://[::1]/ ADDRESS",
        "https://[0:0:0:0:0:0:0:1]/ ADDRESS",
        "https://[::ffff:10.0.0.1]/ ADDRESS",
        "https://[::ffff:a9fe:a9fe]/ ADDRESS",
        "https://[::10.0.0.1]/ ADDRESS",
        "https://[64:ff9b::10.0.0.1]/ ADDRESS",
        "https://[64:ff9b::a9fe:a9fe]/ ADDRESS",
        "https://[64:ff9b:1::1]/ ADDRESS",
        "https://[2002:a9fe:a9fe::]/ ADDRESS",
        "https://[2001:0:4136:e378:8000:63bf:3fff:fdd2]/ ADDRESS",
        "https://[2001:db8::1]/ ADDRESS",
        "https://[3fff::1]/ ADDRESS",
        "https://[fd00:ec2::254]/ ADDRESS",
        "https://[fe80::1]/ ADDRESS",
        "https://[ff02::1]/ ADDRESS"
      })
  void refusesWhatMayNotBeReached(String url, Why why) {
    assertThat(guard(PUBLIC, "93.184.215.14").judge(url)).isEqualTo(new Forbidden(why));
    assertThat(asked).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "0.0.0.0",
        "10.0.0.1",
        "100.100.100.200",
        "169.254.169.254",
        "172.17.0.1",
        "192.168.0.1",
        "198.19.0.1",
        "240.0.0.1",
        "::1",
        "::",
        "::ffff:192.168.0.1",
        "64:ff9b::7f00:1",
        "2002:7f00:1::",
        "2001::1",
        "fc00::1",
        "fe80::1",
        "ff05::1"
      })
  void refusesANameOfWhichAnyAddressIsInner(String inner) {
    var verdict = new Forbidden(Why.ADDRESS);

    assertThat(guard(PUBLIC, inner).judge("https://example.com/")).isEqualTo(verdict);
    assertThat(guard(PUBLIC, "8.8.8.8", inner).judge("https://example.com/")).isEqualTo(verdict);
    assertThat(guard(PUBLIC, inner, "8.8.8.8").judge("https://example.com/")).isEqualTo(verdict);
  }

  @Test
  void tellsANameWithoutAddressesLikeOneWithInnerOnes() {
    assertThat(guard(PUBLIC).judge("https://example.com/"))
        .isEqualTo(guard(PUBLIC, "10.0.0.1").judge("https://example.com/"));
  }

  @Test
  void refusesAUrlThatIsTooLong() {
    var longest = "https://example.com/" + "a".repeat(2028);

    assertThat(guard(PUBLIC, "8.8.8.8").judge(longest)).isInstanceOf(Allowed.class);
    assertThat(guard(PUBLIC, "8.8.8.8").judge(longest + "a")).isEqualTo(new Forbidden(Why.SYNTAX));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://127.0.0.1:8080/",
        "http://localhost:8080/",
        "https://localhost/",
        "http://[::1]:8080/",
        "http://me.example/"
      })
  void reachesLoopbackWhereThatIsSwitchedOn(String url) {
    assertThat(guard(PUBLIC_AND_LOOPBACK, "127.0.0.1").judge(url)).isInstanceOf(Allowed.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {
        "http://8.8.8.8/ ADDRESS",
        "http://10.0.0.1/ ADDRESS",
        "https://192.168.0.1/ ADDRESS",
        "http://0.0.0.0/ ADDRESS",
        "http://mixed.example/ ADDRESS"
      })
  void reachesNothingElseByHttpEvenThen(String url, Why why) {
    assertThat(guard(PUBLIC_AND_LOOPBACK, "127.0.0.1", "8.8.8.8").judge(url))
        .isEqualTo(new Forbidden(why));
  }
}

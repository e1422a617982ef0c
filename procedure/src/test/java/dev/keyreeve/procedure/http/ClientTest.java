package dev.keyreeve.procedure.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyreeve.access.network.Address;
import dev.keyreeve.access.network.Cidr;
import dev.keyreeve.procedure.http.Canonical.Accepted;
import dev.keyreeve.procedure.http.Canonical.Refused;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClientTest {
  private static final TrustedProxies PROXIES =
      new TrustedProxies(List.of(Cidr.parse("10.0.0.0/8"), Cidr.parse("2001:db8:f::/48")));
  private static final List<String> TRUSTED =
      List.of("10.0.0.1", "::ffff:10.9.9.9", "2001:db8:f::1");
  private static final List<String> UNTRUSTED =
      List.of("198.51.100.7", "11.0.0.1", "2001:db8:e::1", "::ffff:198.51.100.8");
  private static final TestRequest THROUGH_PROXY = TestRequest.get("/a").from("10.0.0.1");

  @Test
  void takesThePeerWhereNothingIsForwarded() {
    assertThat(Stream.concat(TRUSTED.stream(), UNTRUSTED.stream()))
        .allSatisfy(
            peer ->
                assertThat(clientOf(TestRequest.get("/a").from(peer)))
                    .isEqualTo(Address.parse(peer)));
  }

  @Test
  void findsTheFirstUntrustedHopFromTheRightInEveryCombination() {
    var addresses = Stream.concat(TRUSTED.stream(), UNTRUSTED.stream()).toList();
    int combinations = 0;
    for (var peer : addresses) {
      for (var left : addresses) {
        for (var middle : addresses) {
          for (var right : addresses) {
            var hops = List.of(left, middle, right);
            var oneLine =
                TestRequest.get("/a").from(peer).with("X-Forwarded-For", String.join(", ", hops));
            var threeLines = TestRequest.get("/a").from(peer);
            for (var hop : hops) threeLines = threeLines.with("x-forwarded-for", hop);

            var answer = read(oneLine);

            assertThat(answerOf(read(threeLines))).isEqualTo(answerOf(answer));
            assertThat(answerOf(answer))
                .as("%s through %s", hops, peer)
                .isEqualTo(expected(peer, hops));
            combinations++;
          }
        }
      }
    }
    assertThat(combinations).isGreaterThan(2_000);
  }

  /// The rule in the words of the page: go from the server towards the client while the one that
  /// speaks is trusted.
  private static Object expected(String peer, List<String> hops) {
    if (UNTRUSTED.contains(peer)) return Refused.UNTRUSTED_FORWARDING;

    var fromTheServer = new ArrayList<>(hops.reversed());
    var client = fromTheServer.removeFirst();
    while (TRUSTED.contains(client) && !fromTheServer.isEmpty())
      client = fromTheServer.removeFirst();
    return Address.parse(client);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "X-Forwarded-For",
        "x-forwarded-for",
        "X-Forwarded-Proto",
        "X-Forwarded-Host",
        "X-Forwarded-Uri",
        "X-Forwarded-Port",
        "X-Forwarded-Prefix",
        "X-FORWARDED-anything",
        "X-Forwarded-",
        "Forwarded",
        "forwarded",
        "X-Real-IP",
        "x-real-ip"
      })
  void refusesEveryForwardingHeaderFromAnUntrustedPeer(String name) {
    for (var peer : List.of("198.51.100.7", "2001:db8::1", "127.0.0.1", "::1", "::")) {
      for (var value :
          List.of("", "203.0.113.9", "10.0.0.1", "for=203.0.113.9", "junk", "2001:db8::9")) {
        var request = TestRequest.get("/a").from(peer).with(name, value);

        assertThat(read(request)).isEqualTo(Refused.UNTRUSTED_FORWARDING);
        assertThat(CanonicalRequest.of(request, TrustedProxies.NONE))
            .isEqualTo(Refused.UNTRUSTED_FORWARDING);
      }
    }
  }

  @Test
  void trustsNoUnknownPeerHoweverWideTheRanges() {
    var everybody = new TrustedProxies(List.of(Cidr.parse("::/0"), Cidr.parse("0.0.0.0/0")));
    var request = TestRequest.get("/a").from("::").with("X-Forwarded-For", "203.0.113.9");

    assertThat(CanonicalRequest.of(request, everybody)).isEqualTo(Refused.UNTRUSTED_FORWARDING);
  }

  @ParameterizedTest
  @CsvSource({
    "203.0.113.9, 203.0.113.9",
    "' 203.0.113.9 ', 203.0.113.9",
    "203.0.113.9:443, 203.0.113.9",
    "203.0.113.9:65535, 203.0.113.9",
    "2001:db8::9, 2001:db8::9",
    "[2001:db8::9], 2001:db8::9",
    "[2001:db8::9]:443, 2001:db8::9",
    "::ffff:203.0.113.9, 203.0.113.9",
    "[::ffff:203.0.113.9]:443, 203.0.113.9",
    "'junk, 203.0.113.9', 203.0.113.9",
    "'10.0.0.1,,203.0.113.9', 203.0.113.9",
    "'<script>, 203.0.113.9 , 10.0.0.2', 203.0.113.9"
  })
  void readsAddressesWithAndWithoutPorts(String value, String client) {
    assertThat(clientOf(THROUGH_PROXY.with("X-Forwarded-For", value)))
        .isEqualTo(Address.parse(client));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        ",",
        "203.0.113.9,",
        "203.0.113.9, ",
        "203.0.113.9,,10.0.0.2",
        "unknown",
        "_hidden",
        "localhost",
        "proxy.example.com",
        "203.0.113",
        "203.0.113.09",
        "203.0.113.256",
        "203.0.113.9:",
        "203.0.113.9:x",
        "203.0.113.9:123456",
        "203.0.113.9 10.0.0.1",
        "[203.0.113.9]",
        "[203.0.113.9]:80",
        "[2001:db8::9",
        "2001:db8::9]",
        "[2001:db8::9]443",
        "[2001:db8::9]:",
        "[]",
        "[]:80",
        "[",
        "]",
        "fe80::1%eth0",
        "::",
        "\"203.0.113.9\"",
        "for=203.0.113.9",
        "junk, 10.0.0.2",
        "203.0.113.9;10.0.0.1",
        "0xcb.0.113.9",
        "3405803785",
        "203.0.113.9\u0000"
      })
  void refusesAHopThatIsNoAddress(String value) {
    assertThat(read(THROUGH_PROXY.with("X-Forwarded-For", value)))
        .isEqualTo(Refused.AMBIGUOUS_FORWARDING);
  }

  @Test
  void refusesTheStandardHeaderEvenFromATrustedProxy() {
    var standard = THROUGH_PROXY.with("Forwarded", "for=203.0.113.9");

    assertThat(read(standard)).isEqualTo(Refused.UNSUPPORTED_FORWARDING);
    assertThat(read(standard.with("X-Forwarded-For", "203.0.113.9")))
        .isEqualTo(Refused.UNSUPPORTED_FORWARDING);
  }

  @Test
  void readsNoRealIpHeader() {
    var realIp = THROUGH_PROXY.with("X-Real-IP", "203.0.113.1");

    assertThat(read(realIp)).isEqualTo(Refused.UNSUPPORTED_FORWARDING);
    assertThat(clientOf(realIp.with("X-Forwarded-For", "203.0.113.9")))
        .isEqualTo(Address.parse("203.0.113.9"));
  }

  @Test
  void takesTheProxyForTheClientWhereItForwardsNoAddress() {
    assertThat(clientOf(THROUGH_PROXY.with("X-Forwarded-Proto", "https")))
        .isEqualTo(Address.parse("10.0.0.1"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"http", "HTTP", "http, https", "https,http", "ws", "", "https,", "x"})
  void refusesWhatAProxyReceivedOverAnythingButHttps(String protocol) {
    var request =
        THROUGH_PROXY.with("X-Forwarded-For", "203.0.113.9").with("X-Forwarded-Proto", protocol);

    assertThat(read(request)).isEqualTo(Refused.HTTPS_REQUIRED);
  }

  @Test
  void refusesItAlsoWhereOneOfSeveralLinesSaysSo() {
    var request = THROUGH_PROXY.with("X-Forwarded-Proto", "https");

    assertThat(clientOf(request.with("X-Forwarded-Proto", "https")))
        .isEqualTo(Address.parse("10.0.0.1"));
    assertThat(read(request.with("x-forwarded-proto", "http"))).isEqualTo(Refused.HTTPS_REQUIRED);
  }

  private static Canonical read(TestRequest request) {
    return CanonicalRequest.of(request, PROXIES);
  }

  private static Object answerOf(Canonical canonical) {
    return canonical instanceof Accepted(Head head) ? head.client() : canonical;
  }

  private static Object clientOf(TestRequest request) {
    return answerOf(read(request));
  }
}

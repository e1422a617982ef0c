package dev.keyreeve.procedure.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.keyreeve.procedure.http.Canonical.Accepted;
import dev.keyreeve.procedure.http.Canonical.Refused;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CanonicalPathTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      quoteCharacter = '"',
      value = {
        "/ /",
        "/a /a",
        "/a/ /a/",
        "/dd/v1/mandates/man_1aB3 /dd/v1/mandates/man_1aB3",
        "/trpc/mandates.list /trpc/mandates.list",
        "/trpc/mandates.list,mandates.get /trpc/mandates.list,mandates.get",
        "/trpc/mandates.list%2Cmandates.get /trpc/mandates.list,mandates.get",
        "/trpc/mandates.list%2cmandates.get /trpc/mandates.list,mandates.get",
        "/... /...",
        "/.a /.a",
        "/a. /a.",
        "/..a /..a",
        "/a.. /a..",
        "/a/.../b /a/.../b",
        "/.well-known/jwks.json /.well-known/jwks.json",
        "/a~b_c-d /a~b_c-d",
        "/a:b@c /a:b@c",
        "/!$&'()*+,= /!$&'()*+,=",
        "/%21%24%26%27%28%29%2A%2B%2C%3D%3A%40 /!$&'()*+,=:@",
        "/a+b /a+b",
        "/a%2Bb /a+b",
        "/%22%3C%3E%5B%5D%5E%60%7B%7C%7D /\"\"<>[]^`{|}",
        "/%C3%A9 /é",
        "/caf%c3%a9/x /café/x",
        "/%E2%82%AC /€",
        "/%F0%9F%94%91 /🔑",
        "/%EF%BC%8F /／",
        "/%C2%A0 /\u00a0"
      })
  void acceptsACanonicalPathAndDecodesIt(String target, String path) {
    assertThat(pathOf(target)).isEqualTo(path.replace("\"\"", "\""));
  }

  @Test
  void decodesASpace() {
    assertThat(pathOf("/a%20b")).isEqualTo("/a b");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "*",
        "a",
        "a/b",
        "?",
        "?a=b",
        "#",
        "http://api.example.com/",
        "https://api.example.com/a",
        "HTTP://x/",
        "api.example.com:443",
        "%2Fa",
        "\\a",
        " /a",
        "./a",
        "../a",
        ";/a"
      })
  void refusesATargetThatIsNotAPath(String target) {
    assertThat(read(target)).isEqualTo(Refused.INVALID_TARGET);
  }

  static List<String> ambiguousPaths() {
    var paths =
        new ArrayList<>(
            List.of(
                // empty and dot segments
                "//",
                "///",
                "//a",
                "/a//b",
                "/a//",
                "//evil.example/a",
                "/.",
                "/..",
                "/./",
                "/../",
                "/a/.",
                "/a/..",
                "/a/./b",
                "/a/../b",
                "/./a",
                "/../a",
                "/../../etc/passwd",
                "/a/b/../../c",
                "/a/..?x=1",
                "/.?x=1",
                // the same, encoded once, twice, in halves and overlong
                "/%2e",
                "/%2E",
                "/%2e%2e",
                "/%2E%2E/a",
                "/.%2e/a",
                "/%2e./a",
                "/a/%2e%2e/b",
                "/a%2fb",
                "/a%2Fb",
                "/%2f",
                "/a/%2F/b",
                "/%2f%2fa",
                "/..%2fa",
                "/..%2Fadmin",
                "/%2e%2e%2fa",
                "/a%252fb",
                "/%252e%252e/a",
                "/a%25",
                "/a%2525",
                "/%25%32%66",
                "/%2%66",
                "/%u002f",
                "/%c0%af",
                "/%C0%AE%C0%AE/a",
                "/%c0%2f",
                "/%e0%80%af",
                "/%E0%80%AE",
                "/%f0%80%80%af",
                "/%F0%80%80%AE",
                "/%f8%80%80%80%af",
                "/%fc%80%80%80%80%af",
                "/%c1%9c",
                "/%c1%81",
                // path parameters
                "/;",
                "/a;",
                "/a;b",
                "/a;b=c",
                "/..;/a",
                "/a/..;/b",
                "/.;/a",
                "/;/a",
                "/a;/b",
                "/a%3b",
                "/a%3Bb=c",
                "/..%3b/a",
                "/..%3B/a",
                "/%2e%2e;/a",
                "/a;jsessionid=1",
                // backslashes
                "/\\",
                "/a\\b",
                "/..\\a",
                "/\\..\\a",
                "/a%5c",
                "/a%5Cb",
                "/..%5c..%5ca",
                "/%5C%5Ca",
                // what ends a path elsewhere
                "/a#b",
                "/#",
                "/a%23b",
                "/a%3Fb",
                "/a%3f",
                "/a#?b",
                "/%23",
                // control characters
                "/a\u0000",
                "/a\u0000.json",
                "/a\tb",
                "/a\nb",
                "/a\rb",
                "/a\r\nHost: x",
                "/a b",
                "/ ",
                "/a ",
                "/\u007f",
                "/a%00",
                "/%00",
                "/a%00.json",
                "/a%0a",
                "/a%0d%0aHost:%20x",
                "/%09",
                "/%1f",
                "/%7f",
                "/%7F",
                "/%C2%80",
                "/%C2%85",
                "/%c2%9f",
                // broken triplets
                "/%",
                "/a%",
                "/%2",
                "/a%4",
                "/%zz",
                "/%g0",
                "/%0g",
                "/%%",
                "/%%20",
                "/% 20",
                "/%+2",
                "/%-1",
                "/%2/",
                "/%2?c",
                "/%?2c",
                "/%0x",
                "/%\u0662\u0660",
                // octets that are not UTF-8
                "/%80",
                "/%bf",
                "/%ff",
                "/%fe",
                "/%c3",
                "/%C3/a",
                "/a%c3",
                "/%C3%28",
                "/%e2%82",
                "/%E2%28%A1",
                "/%f0%9f%94",
                "/%ed%a0%80",
                "/%ED%BF%BF",
                "/%ed%a0%bd%ed%b4%91",
                "/%f4%90%80%80",
                "/%F5%80%80%80",
                "/%c3%a9%80",
                // raw characters that a path cannot hold
                "/é",
                "/€",
                "/／",
                "/．．/a",
                "/\u2024\u2024/a",
                "/a\u00a0",
                "/\u0085",
                "/\u2028",
                "/\ud83d\udd11",
                "/\ud83d",
                "/\udd11",
                "/\"",
                "/<",
                "/>",
                "/[",
                "/]",
                "/^",
                "/`",
                "/{",
                "/|",
                "/}",
                "/{id}",
                // needless encoding
                "/%61dmin",
                "/%41",
                "/a%2db",
                "/a%5fb",
                "/a%7eb",
                "/%30",
                "/mandates%2elist",
                "/%6D%61%6E"));
    // every octet that needs no encoding, and every raw octet that is none of a path's
    IntStream.rangeClosed('a', 'z').forEach(c -> paths.add("/x%" + Integer.toHexString(c)));
    IntStream.rangeClosed('A', 'Z').forEach(c -> paths.add("/x%" + Integer.toHexString(c) + "/y"));
    IntStream.rangeClosed('0', '9').forEach(c -> paths.add("/%" + Integer.toHexString(c) + "y"));
    IntStream.range(0, 32).forEach(c -> paths.add("/x%%%02X".formatted(c)));
    IntStream.range(0, 32).forEach(c -> paths.add("/x" + (char) c));
    IntStream.range(0x80, 0x100).forEach(c -> paths.add("/x" + (char) c));
    IntStream.range(0x80, 0x100).forEach(c -> paths.add("/x%%%02X".formatted(c)));
    return paths;
  }

  @ParameterizedTest
  @MethodSource("ambiguousPaths")
  void refusesAPathThatIsNotInItsCanonicalForm(String target) {
    assertThat(read(target)).isEqualTo(Refused.AMBIGUOUS_PATH);
  }

  @Test
  void readsAPathInOneWayHoweverOftenItIsEncodedAgain() {
    var random = new Random(3);
    for (int i = 0; i < 20_000; i++) {
      var path = randomText(random);

      var encoded = encode(path);

      if (read(encoded) instanceof Accepted(Head head)) {
        assertThat(head.path()).isEqualTo(path);
        assertThat(encode(head.path())).isEqualTo(encoded);
      } else {
        assertThat(path).matches("(?s).*(//|/\\.\\.?(/.*|$)|[;?#%\\\\\\x00-\\x1f\\x7f-\\x9f]).*");
      }
    }
  }

  @Test
  void neverAcceptsADangerousPathAmongRandomTargets() {
    var pieces =
        List.of(
            "/", "/", "/", ".", "..", "%2e", "%2F", "%5c", ";", "\\", "%", "%2", "%25", "%00",
            "%c0%af", "%C3%A9", "é", "a", "b", "~", ",", "%2C", "?", "#", "&", "=", "+", " ", "\n",
            "\u0000", "%0A", "%C2%85", "%80", "\ud83d");
    var random = new Random(5);
    int accepted = 0;
    for (int i = 0; i < 50_000; i++) {
      var target = new StringBuilder(random.nextInt(20) == 0 ? "" : "/");
      for (int n = random.nextInt(8); n > 0; n--) {
        boolean anyCharacter = random.nextInt(6) == 0;
        target.append(
            anyCharacter
                ? (char) random.nextInt(0x180) + ""
                : pieces.get(random.nextInt(pieces.size())));
      }

      var answer = read(target.toString());

      if (answer instanceof Accepted(Head head)) {
        accepted++;
        assertThat(head.path()).startsWith("/").doesNotContain("//", ";", "\\", "%", "?", "#");
        assertThat(List.of(head.path().split("/", -1))).doesNotContain(".", "..");
        assertThat(head.path().chars().noneMatch(Character::isISOControl)).isTrue();
      }
    }
    assertThat(accepted).isGreaterThan(1_000);
  }

  private static Canonical read(String target) {
    return CanonicalRequest.of(TestRequest.get(target), TrustedProxies.NONE);
  }

  private static String pathOf(String target) {
    assertThat(read(target)).isInstanceOf(Accepted.class);
    return ((Accepted) read(target)).head().path();
  }

  private static String randomText(Random random) {
    var text = new StringBuilder("/");
    for (int n = random.nextInt(10); n > 0; n--) {
      text.appendCodePoint(
          switch (random.nextInt(8)) {
            case 0 -> '/';
            case 1 -> '.';
            case 2 -> 0xa0 + random.nextInt(0x1000);
            case 3 -> 0x1f300 + random.nextInt(0x300);
            case 4 -> random.nextInt(0xa0);
            default -> 'a' + random.nextInt(26);
          });
    }
    return text.toString();
  }

  /// The encoder of RFC 3986, section 2.4: each octet that a segment cannot hold, and nothing else.
  private static String encode(String path) {
    var encoded = new StringBuilder();
    for (byte octet : path.getBytes(UTF_8)) {
      boolean raw = octet > 0 && ("/" + AsciiSet.UNRESERVED + "!$&'()*+,=:@").indexOf(octet) >= 0;
      encoded.append(raw ? (char) octet + "" : "%%%02X".formatted(octet));
    }
    return encoded.toString();
  }
}

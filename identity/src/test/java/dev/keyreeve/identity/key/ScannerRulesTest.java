package dev.keyreeve.identity.key;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyreeve.access.credential.Environment;
import dev.keyreeve.access.credential.KeyId;
import dev.keyreeve.access.credential.KeyToken;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Runs the expressions that stand in the generated files.
class ScannerRulesTest {
  private static final String BRAND = "dd";
  private static final List<String> BRANDS = List.of("ag", BRAND);
  private static final String ALPHABET =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

  static List<Pattern> expressions() {
    return List.of(
        inFile("regex = '''(.*dd_.*)'''", ScannerRules.gitleaks(BRANDS)),
        inFile("key: '(.*dd_.*)'", ScannerRules.trufflehog(BRANDS)),
        inFile("Secret format:  (dd_.*)", ScannerRules.github(BRANDS)));
  }

  private static Pattern inFile(String line, String file) {
    var found = Pattern.compile(line).matcher(file);
    assertThat(found.find()).isTrue();
    return Pattern.compile(found.group(1));
  }

  @ParameterizedTest
  @MethodSource("expressions")
  void findEveryKeyInText(Pattern expression) {
    var random = new Random(7);
    for (int i = 0; i < 1000; i++) {
      var key = key(random);

      var found = expression.matcher("export KEY=\"" + key + "\" # nightly");

      assertThat(found.find()).describedAs(key).isTrue();
      assertThat(found.group()).isEqualTo(key);
    }
  }

  @ParameterizedTest
  @MethodSource("expressions")
  void findNothingThatHasNotTheForm(Pattern expression) {
    var random = new Random(8);
    for (int i = 0; i < 1000; i++) {
      var key = key(random);
      int at = random.nextInt(key.length());
      var broken =
          switch (i % 4) {
            case 0 -> key.substring(0, at) + "-" + key.substring(at + 1);
            case 1 -> key.substring(0, key.length() - 1);
            case 2 -> "zz" + key.substring(BRAND.length());
            default -> key.substring(0, 8) + "2" + key.substring(9);
          };

      assertThat(expression.matcher(broken).matches()).describedAs(broken).isFalse();
      assertThat(KeyToken.parse(broken))
          .describedAs(broken)
          .satisfies(
              token -> {
                if (token != null) assertThat(token.hasPrefix("dd_live_")).isFalse();
              });
    }
  }

  @Test
  void letTheChecksumTellAChangedKeyFromAKey() {
    var random = new Random(9);
    var expression = expressions().getFirst();
    for (int i = 0; i < 1000; i++) {
      var key = key(random);
      int at = 9 + random.nextInt(key.length() - 9);
      char other = ALPHABET.charAt(random.nextInt(ALPHABET.length()));
      var changed = key.substring(0, at) + other + key.substring(at + 1);

      assertThat(expression.matcher(changed).matches()).isTrue();
      assertThat(KeyToken.parse(changed) != null).isEqualTo(changed.equals(key));
    }
  }

  @Test
  void giveVectorsThatAreWhatTheySay() {
    var lines = ScannerRules.vectors(BRANDS).lines().filter(line -> !line.startsWith("#")).toList();

    assertThat(lines).hasSize(12);
    assertThat(lines)
        .allSatisfy(
            line ->
                assertThat(KeyToken.parse(line.substring(8)) != null)
                    .describedAs(line)
                    .isEqualTo(line.startsWith("valid ")));
  }

  @Test
  void nameEachBrandOnce() {
    for (var file :
        List.of(
            ScannerRules.gitleaks(BRANDS),
            ScannerRules.github(BRANDS),
            ScannerRules.trufflehog(BRANDS))) {
      for (var brand : BRANDS) {
        assertThat(file.split(Pattern.quote(ScannerRules.expression(brand)), -1)).hasSize(2);
      }
    }
  }

  private static String key(Random random) {
    var environment = random.nextBoolean() ? Environment.LIVE : Environment.TEST;
    return KeyToken.issue(BRAND, environment, KeyId.random(random), random).secret().reveal();
  }
}

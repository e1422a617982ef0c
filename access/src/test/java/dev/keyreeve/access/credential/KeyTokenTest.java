package dev.keyreeve.access.credential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeyTokenTest {
  private static final String TOKEN = "dd_live_11aB3cD4eF5gH0123456789ABCDEFGHIJKLMNOPQRSTUV2jIda2";

  private final Random random = new Random(1);

  @ParameterizedTest
  @CsvSource({
    "dd_live_, 1aB3cD4eF5gH, dd_live_11aB3cD4eF5gH0123456789ABCDEFGHIJKLMNOPQRSTUV2jIda2",
    "dg_test_, zzzzzzzzzzzz, dg_test_1zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz02WqhT",
    "dz_live_, 000000000000, dz_live_1000000000000000000000000000000000000000000001XiCpw",
    "test1live2ab_test_, Keyreeve0001,"
        + " test1live2ab_test_1Keyreeve0001abcdefghijklmnopqrstuvwxyz0123452ElVqf",
  })
  void readsTheTokensThatWereWrittenElsewhere(String prefix, String id, String text) {
    var token = parsed(text);

    assertThat(token.id()).hasToString(id);
    assertThat(token.hasPrefix(prefix)).isTrue();
    assertThat(token.secret().reveal()).isEqualTo(text);
  }

  @Test
  void readsEveryTokenThatItIssues() {
    for (int i = 0; i < 100_000; i++) {
      var id = KeyId.random(random);
      var environment = i % 2 == 0 ? Environment.LIVE : Environment.TEST;
      var issued = KeyToken.issue("dd", environment, id, random);

      var read = parsed(issued.secret().reveal());

      assertThat(read.id()).isEqualTo(id);
      assertThat(read.hasPrefix("dd_" + environment + "_")).isTrue();
      assertThat(read.secret()).isEqualTo(issued.secret());
    }
  }

  @Test
  void refusesEveryEditOfOneCharacter() {
    var others = "\u0000\u00e9\uff11\u0130\ud83d";

    for (int at = 0; at < TOKEN.length(); at++) {
      for (int c = 0; c < 128 + others.length(); c++) {
        char edited = c < 128 ? (char) c : others.charAt(c - 128);
        if (edited == TOKEN.charAt(at)) continue;

        assertThat(KeyToken.parse(TOKEN.substring(0, at) + edited + TOKEN.substring(at + 1)))
            .as("character %d made %d", at, (int) edited)
            .isNull();
      }
    }
  }

  @Test
  void refusesALiveKeyThatWasMadeOfATestKey() {
    for (int i = 0; i < 1_000; i++) {
      var issued = KeyToken.issue("dd", Environment.TEST, KeyId.random(random), random);

      var edited = issued.secret().reveal().replace("_test_", "_live_");

      assertThat(KeyToken.parse(edited)).isNull();
    }
  }

  @Test
  void refusesEveryOtherLength() {
    for (int length = 0; length < TOKEN.length(); length++) {
      assertThat(KeyToken.parse(TOKEN.substring(0, length))).isNull();
      assertThat(KeyToken.parse(TOKEN.substring(TOKEN.length() - length))).isNull();
    }
    for (int more = 1; more < 100; more++) {
      assertThat(KeyToken.parse(TOKEN + "0".repeat(more))).isNull();
      assertThat(KeyToken.parse("0".repeat(more) + TOKEN)).isNull();
      assertThat(KeyToken.parse("d".repeat(more) + TOKEN)).isNull();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "2", "9", "A", "z"})
  void refusesAnotherVersionEvenWithItsChecksum(String version) {
    var text = "dd_live_" + version + TOKEN.substring(9, TOKEN.length() - 6);

    assertThat(KeyToken.parse(text + Checksum.of(text))).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "d_live_",
        "1d_live_",
        "Dd_live_",
        "d-d_live_",
        "d_d_live_",
        "_live_",
        "dd_prod_",
        "dd_LIVE_",
        "dd_live-",
        "ddlive_",
        "abcdefghijklm_live_"
      })
  void refusesAnotherPrefixEvenWithItsChecksum(String prefix) {
    var text = prefix + TOKEN.substring(8, TOKEN.length() - 6);

    assertThat(KeyToken.parse(text + Checksum.of(text))).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"-", "_", "+", "/", "=", " ", "\u00e9", "\u0000"})
  void refusesCharactersThatAreNoDigitsEvenWithTheirChecksum(String character) {
    var text = "dd_live_1" + character + TOKEN.substring(10, TOKEN.length() - 6);

    assertThat(KeyToken.parse(text + Checksum.of(text))).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"aa", "live", "test", "livetest", "test1live2ab", "a1", "kop", "z23456789012"})
  void readsABrandThatLooksLikeAnotherPart(String brand) {
    for (var environment : Environment.values()) {
      var id = KeyId.random(random);
      var issued = KeyToken.issue(brand, environment, id, random);

      var read = parsed(issued.secret().reveal());

      assertThat(read.id()).isEqualTo(id);
      assertThat(read.hasPrefix(brand + "_" + environment + "_")).isTrue();
      assertThat(read.hasPrefix(brand + "_")).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a", "1a", "Aa", "a_b", "a-b", "a\u00e9", "abcdefghijklm"})
  void issuesNothingUnderAnIllFormedBrand(String brand) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> KeyToken.issue(brand, Environment.LIVE, KeyId.random(random), random));
  }

  @Test
  void refusesRandomTextWithoutAnException() {
    for (int i = 0; i < 200_000; i++) {
      var text = new StringBuilder(random.nextInt(3) == 0 ? "dd_live_1" : "");
      int length = random.nextInt(90);
      while (text.length() < length) {
        text.append((char) random.nextInt(random.nextBoolean() ? 128 : 0x10000));
      }

      assertThat(KeyToken.parse(text.toString())).isNull();
    }
  }

  @Test
  void showsItsPublicPartAlone() {
    assertThat(parsed(TOKEN)).hasToString("dd_live_11aB3…");
  }

  private static KeyToken parsed(String text) {
    return Objects.requireNonNull(KeyToken.parse(text), text);
  }
}

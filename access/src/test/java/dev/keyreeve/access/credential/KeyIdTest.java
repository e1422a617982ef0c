package dev.keyreeve.access.credential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Comparator;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeyIdTest {
  private final Random random = new Random(2);

  @Test
  void readsBackWhatItWrites() {
    for (int i = 0; i < 100_000; i++) {
      var text = Base62.random(random, KeyId.LENGTH);

      var id = KeyId.parse(text);

      assertThat(id).hasToString(text).isEqualTo(KeyId.parse(text)).hasSameHashCodeAs(id);
    }
  }

  @Test
  void keepsTheOrderOfTheTextInItsHalves() {
    var byHalves = Comparator.comparingLong(KeyId::head).thenComparingLong(KeyId::tail);

    for (int i = 0; i < 100_000; i++) {
      var one = Base62.random(random, KeyId.LENGTH);
      var other = one.substring(0, i % 12) + Base62.random(random, KeyId.LENGTH - i % 12);

      int order = byHalves.compare(KeyId.parse(one), KeyId.parse(other));

      assertThat(Integer.signum(order)).isEqualTo(Integer.signum(one.compareTo(other)));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1aB3cD4eF5g", "1aB3cD4eF5gHi", "1aB3cD4eF5g_", "1aB3cD4eF5g\u00e9"})
  void refusesWhatIsNotTwelveDigits(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> KeyId.parse(text));
  }

  @ParameterizedTest
  @CsvSource({"-1, 0", "0, -1", "0x1000000000, 0", "0, 0x1000000000", "0x3e, 0", "0, 0xfc0000000"})
  void isNeverMadeOfBitsThatAreNoDigits(String head, String tail) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new KeyId(Long.decode(head), Long.decode(tail)));
  }
}

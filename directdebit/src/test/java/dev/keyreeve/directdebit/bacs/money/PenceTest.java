package dev.keyreeve.directdebit.bacs.money;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PenceTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "65 | 6500",
        "65.00 | 6500",
        "0.07 | 7",
        "1234.50 | 123450",
        "1,234.50 | 123450",
        "12,345,678.90 | 1234567890",
        "0 | 0"
      })
  void readsPoundsAsBanksPrintThem(String text, long pence) {
    assertThat(Pence.parse(text)).isEqualTo(new Pence(pence));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "-1",
        "+1",
        "1.5",
        "1.234",
        "1.",
        ".50",
        "12,34.00",
        "1,2345",
        ",123",
        "£1",
        "1e3",
        "1 000",
        "٦٥",
        "99999999999999",
        "1,234,567,890,123,456"
      })
  void refusesWhatIsNoAmountWithoutEchoingIt(String text) {
    assertThatThrownBy(() -> Pence.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("An amount is in pounds, as in 1234.50 or 1,234.50.");
  }

  @Test
  void comesBackFromItsText() {
    new Random(1)
        .longs(10_000, 0, 999_999_999_999_999L)
        .mapToObj(Pence::new)
        .forEach(amount -> assertThat(Pence.parse(amount.toString())).isEqualTo(amount));
  }

  @Test
  void addsUpExactlyOrNotAtAll() {
    var most = new Pence(Long.MAX_VALUE);

    assertThat(Pence.sum(Stream.of(new Pence(10), new Pence(20)))).isEqualTo(new Pence(30));
    assertThat(Pence.sum(Stream.of())).isEqualTo(Pence.ZERO);
    assertThatThrownBy(() -> most.plus(new Pence(1))).isInstanceOf(ArithmeticException.class);
    assertThatThrownBy(() -> new Pence(-1)).isInstanceOf(IllegalArgumentException.class);
  }
}

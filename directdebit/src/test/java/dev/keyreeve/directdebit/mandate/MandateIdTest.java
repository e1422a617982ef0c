package dev.keyreeve.directdebit.mandate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MandateIdTest {

  /// The example of the ULID specification: 1469918176385 ms is written 01ARYZ6S41.
  private static final Instant EXAMPLE = Instant.ofEpochMilli(1469918176385L);

  @Test
  void beginsWithTheTimeInCrockfordsBase32() {
    var id = MandateId.generate(EXAMPLE, new Random(1));

    assertThat(id.toString()).startsWith("man_01ARYZ6S41").hasSize(30);
    assertThat(MandateId.parse(id.toString())).isEqualTo(id);
  }

  @Test
  void differsWithinAMillisecondAndSortsByTime() {
    var random = new Random(1);

    var ids =
        Stream.iterate(EXAMPLE, now -> now.plusMillis(1))
            .limit(1_000)
            .map(now -> MandateId.generate(now, random).toString())
            .toList();

    assertThat(ids).isSorted().doesNotHaveDuplicates();
    assertThat(MandateId.generate(EXAMPLE, random))
        .isNotEqualTo(MandateId.generate(EXAMPLE, random));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "man_",
        "01ARYZ6S410123456789ABCDEF",
        "inv_01ARYZ6S410123456789ABCDEF",
        "man_81ARYZ6S410123456789ABCDEF", // beyond 128 bits
        "man_01ARYZ6S410123456789ABCDEI",
        "man_01aryz6s410123456789abcdef",
        "man_01ARYZ6S410123456789ABCDE",
        "man_01ARYZ6S410123456789ABCDEF\n",
      })
  void refusesWhatIsNoId(String text) {
    assertThatThrownBy(() -> MandateId.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }
}

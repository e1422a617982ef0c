package dev.keyreeve.access.credential;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class Base62Test {
  @Test
  void drawsEveryDigitEquallyOften() {
    int expected = 10_000;
    var counts = new int[62];

    for (char digit : Base62.random(new Random(3), 62 * expected).toCharArray()) {
      counts[Base62.valueOf(digit)]++;
    }

    // 61 degrees of freedom: the mean is 61 and the standard deviation 11. Taking bytes modulo 62
    // would give about 5000.
    double chiSquare = 0;
    for (int count : counts) {
      chiSquare += Math.pow(count - expected, 2) / expected;
    }
    assertThat(chiSquare).isBetween(20.0, 130.0);
  }

  @Test
  void knowsTheValueOfItsDigitsAlone() {
    for (char c = 0; c < 0x200; c++) {
      assertThat(Base62.valueOf(c)).isEqualTo(Base62.DIGITS.indexOf(c));
    }
  }

  @Test
  void fillsWithZeros() {
    assertThat(Base62.encode(0, 6)).isEqualTo("000000");
    assertThat(Base62.encode(61, 6)).isEqualTo("00000z");
    assertThat(Base62.encode(62, 6)).isEqualTo("000010");
    assertThat(Base62.encode(0xffff_ffffL, 6)).isEqualTo("4gfFC3");
  }
}

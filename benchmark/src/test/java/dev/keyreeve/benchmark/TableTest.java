package dev.keyreeve.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TableTest {
  @Test
  void linesUpItsColumns() {
    var table = new Table("server", "us");

    table.row("keyreeve", "7.5").row("peer", "12.0");

    assertThat(table)
        .hasToString(
            """
            | server   | us   |
            |----------|------|
            | keyreeve | 7.5  |
            | peer     | 12.0 |
            """);
  }

  @Test
  void refusesARowThatDoesNotFit() {
    var table = new Table("server", "us");

    assertThatThrownBy(() -> table.row("keyreeve")).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void takesTheMiddleOfThreeRounds() {
    assertThat(Table.median(9.5, 7.0, 8.25)).isEqualTo(8.25);
  }

  @Test
  void saysHowManyTimesAsMuch() {
    assertThat(Table.ratio(9, 7.5)).isEqualTo("1.20");
  }
}

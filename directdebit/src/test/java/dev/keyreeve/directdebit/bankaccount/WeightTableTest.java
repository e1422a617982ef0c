package dev.keyreeve.directdebit.bankaccount;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WeightTableTest {

  private static final String ROW =
      "001000 001099 MOD10    0    0    0    0    0    0    7    3    1    7    3    1    7    1";

  @TempDir Path directory;

  @Test
  void readsTheOperatorsFiles() throws IOException {
    var table = load(ROW + "\r\n" + ROW.replace("MOD10", "DBLAL") + "   5\r\n", "001055 001001");

    var passes = table.passesFor(SortCode.parse("00-10-55"));

    assertThat(passes).extracting(WeightRow::exception).containsExactly(0, 5);
    assertThat(table.passesFor(SortCode.parse("00-11-00"))).isEmpty();
    assertThat(table.substituteFor(SortCode.parse("00-10-55"))).isEqualTo("001001");
    assertThat(table.substituteFor(SortCode.parse("00-10-56"))).isEqualTo("001056");
  }

  @Test
  void theSyntheticTableHasEveryExceptionAndSparesTheSandbox() {
    var table = WeightTable.synthetic();

    var exceptions =
        IntStream.range(0, 3_000)
            .mapToObj("%06d"::formatted)
            .flatMap(digits -> table.passesFor(new SortCode(digits)).stream())
            .map(WeightRow::exception);

    assertThat(exceptions).containsAll(IntStream.rangeClosed(0, 14).boxed().toList());
    assertThat(table.passesFor(SortCode.parse("00-00-99"))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "001000 001099 MOD12 0 0 0 0 0 0 7 3 1 7 3 1 7 1",
        "001000 001099 MOD10 0 0 0 0 0 0 7 3 1 7 3 1 7",
        "001000 001099 MOD10 0 0 0 0 0 0 7 3 1 7 3 1 7 1 15",
        "001000 001099 MOD10 0 0 0 0 0 0 7 3 1 7 3 1 7 x",
        "001099 001000 MOD10 0 0 0 0 0 0 7 3 1 7 3 1 7 1",
        "1000 001099 MOD10 0 0 0 0 0 0 7 3 1 7 3 1 7 1",
      })
  void namesTheLineThatItCannotRead(String line) {
    assertThatThrownBy(() -> load(line, ""))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(line);
  }

  @Test
  void namesTheSubstitutionThatItCannotRead() {
    assertThatThrownBy(() -> load(ROW, "001055")).hasMessageContaining("001055");
  }

  @Test
  void refusesAThirdPassForASortCode() {
    assertThatThrownBy(() -> load(String.join("\n", ROW, ROW, ROW), ""))
        .hasMessageContaining("more than two rows")
        .hasMessageContaining("001000");
  }

  private WeightTable load(String weights, String substitutions) throws IOException {
    return WeightTable.load(
        Files.writeString(directory.resolve("weights.txt"), weights),
        Files.writeString(directory.resolve("substitutions.txt"), substitutions));
  }
}

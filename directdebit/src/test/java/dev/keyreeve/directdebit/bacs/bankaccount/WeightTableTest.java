package dev.keyreeve.directdebit.bacs.bankaccount;

import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import dev.keyreeve.directdebit.bacs.table.TableReading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
        "001000 001099 mod10 0 0 0 0 0 0 7 3 1 7 3 1 7 1",
        "001000 001099 MOD10 0 0 0 0 0 0 7 3 1 7 3 1 7",
        "001000 001099 MOD10 0 0 0 0 0 0 7 3 1 7 3 1 7 1 0",
        "001000 001099 MOD10 0 0 0 0 0 0 7 3 1 7 3 1 7 1 15",
        "001000 001099 MOD10 0 0 0 0 0 0 7 3 1 7 3 1 7 1 1 1",
        "001000 001099 MOD10 0 0 0 0 0 0 7 3 1 7 3 1 7 x",
        "001000 001099 MOD10 0 0 0 0 0 0 7 3 1 7 3 1 7 1000",
        "001099 001000 MOD10 0 0 0 0 0 0 7 3 1 7 3 1 7 1",
        "1000 001099 MOD10 0 0 0 0 0 0 7 3 1 7 3 1 7 1",
        "00-10-00 001099 MOD10 0 0 0 0 0 0 7 3 1 7 3 1 7 1",
        "00100\u0661 001099 MOD10 0 0 0 0 0 0 7 3 1 7 3 1 7 1",
      })
  void namesTheLineThatItCannotRead(String line) throws IOException {
    assertThat(faults("# a remark\n\n" + line, ""))
        .singleElement(as(STRING))
        .startsWith("line 3 of " + directory.resolve("weights.txt") + ": \"")
        .contains(line.substring(0, 30));
  }

  @Test
  void namesEveryFaultyLineOfBothFilesAtOnce() throws IOException {
    var weights = String.join("\n", "nonsense", ROW, ROW + " 99");
    var substitutions =
        """
        001055 001001
        001055 001002
        001055
        x y
        """;

    assertThat(faults(weights, substitutions))
        .satisfiesExactly(
            fault -> assertThat(fault).contains("line 1 of", "weights.txt", "17 columns"),
            fault -> assertThat(fault).contains("line 3 of", "weights.txt", "1 to 14"),
            fault -> assertThat(fault).contains("line 2 of", "substitutions.txt", "before it"),
            fault -> assertThat(fault).contains("line 3 of", "two sort codes"),
            fault -> assertThat(fault).contains("line 4 of", "six digits"));
  }

  @Test
  void refusesAThirdPassForASortCode() throws IOException {
    assertThat(faults(String.join("\n", ROW, ROW, ROW), ""))
        .singleElement(as(STRING))
        .startsWith("line 3 of ")
        .endsWith("it is the third row for sort code 001000, which has two at most");
  }

  @Test
  void refusesAThirdPassThatBeginsBeforeTheOthersDo() throws IOException {
    var wide = ROW.replace("001000 001099", "000900 001010");
    var late = ROW.replace("001000 001099", "001005 001020");

    assertThat(faults(String.join("\n", ROW, late, wide), ""))
        .singleElement(as(STRING))
        .startsWith("line 3 of ")
        .contains("sort code 001005");
    assertThat(load(String.join("\n", ROW, wide), "").size()).isEqualTo(2);
  }

  @Test
  void refusesFilesThatAreNoTables() throws IOException {
    var lacking = directory.resolve("lacking.txt");
    var substitutions = Files.writeString(directory.resolve("substitutions.txt"), "");

    assertThat(refusal(WeightTable.read(lacking, substitutions)))
        .containsExactly(lacking + " does not exist");
    assertThat(refusal(WeightTable.read(directory, substitutions)))
        .containsExactly(directory + " cannot be read");
    assertThat(faults("# nothing but a remark", ""))
        .singleElement(as(STRING))
        .contains("no weights");
    assertThat(faults((ROW + "\n").repeat(20_000), ""))
        .singleElement(as(STRING))
        .endsWith("has more than 1 MiB");
    assertThat(faults("x\n".repeat(10_001), ""))
        .singleElement(as(STRING))
        .endsWith("has more than 10,000 rows");
    assertThat(faults("x\n".repeat(250), "")).hasSize(101).last(as(STRING)).contains("150 faults");
  }

  @Test
  void knowsWhetherItIsInvented() throws IOException {
    assertThat(WeightTable.synthetic().isSynthetic()).isTrue();
    assertThat(load(ROW, "").isSynthetic()).isFalse();
  }

  private WeightTable load(String weights, String substitutions) throws IOException {
    return switch (read(weights, substitutions)) {
      case TableReading.Read<WeightTable>(var table) -> table;
      case TableReading.Refused<WeightTable>(var faults) -> throw new AssertionError(faults);
    };
  }

  private List<String> faults(String weights, String substitutions) throws IOException {
    return refusal(read(weights, substitutions));
  }

  private static List<String> refusal(TableReading<WeightTable> reading) {
    return switch (reading) {
      case TableReading.Read<WeightTable> _ -> throw new AssertionError("not refused");
      case TableReading.Refused<WeightTable>(var faults) -> faults;
    };
  }

  private TableReading<WeightTable> read(String weights, String substitutions) throws IOException {
    return WeightTable.read(
        Files.writeString(directory.resolve("weights.txt"), weights),
        Files.writeString(directory.resolve("substitutions.txt"), substitutions));
  }
}

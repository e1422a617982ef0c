package dev.keyreeve.directdebit.bacs.bankaccount;

import static dev.keyreeve.directdebit.bacs.bankaccount.ModulusResult.UNCHECKED;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import dev.keyreeve.directdebit.bacs.table.TableReading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Every case is calculated by hand over the synthetic table. A comment gives the products of the
/// digits that have a weight, from u to h, their total, and what is left of it by the modulus.
class ModulusCheckTest {

  private static final int TABLES_OF_A_KIND = 20;
  private static final int ACCOUNTS_OF_A_TABLE = 500;

  @TempDir private Path directory;

  private final ModulusCheck modulus = new ModulusCheck(WeightTable.synthetic());

  @ParameterizedTest
  @DisplayName("a sort code outside every range is not checked")
  @CsvSource({
    "00-00-01, 12345678", // where the sandbox bank lives
    "20-00-00, 55779911",
    "00-09-99, 00000000", // just before the first range
    "00-21-00, 00000000", // just after the last
  })
  void leavesWhatTheTableLacksUnchecked(String sortCode, String account) {
    assertThat(check(sortCode, account)).isEqualTo(UNCHECKED);
  }

  @ParameterizedTest
  @DisplayName("each method adds the products and takes the modulus")
  @CsvSource({
    // MOD10: 21 3 4 7 15 9 14 and 7 make 80, left 0; with an 8 at the end 81, left 1
    "00-10-00, 31415927, PASS",
    "00-10-99, 31415928, FAIL",
    // MOD11 with a negative weight: 25 27 8 24 5 20 27 4 and -8 make 132, left 0; with -6 134, left
    // 2
    "00-11-05, 31415928, PASS",
    "00-11-05, 31415926, FAIL",
    // DBLAL: 1 4 3 8 3 2 4 2 5 (1+8) 2 and (1+6) make 50, left 0; with 12 at the end, (1+2), 46,
    // left 6
    "00-12-34, 31415928, PASS",
    "00-12-34, 31415926, FAIL",
  })
  void checksByTheMethodOfTheRow(String sortCode, String account, ModulusResult expected) {
    assertThat(check(sortCode, account)).isEqualTo(expected);
  }

  @ParameterizedTest
  @DisplayName("two passes must both hold")
  @CsvSource({
    // MOD11 24 7 24 5 20 0 2 6 = 88, left 0; DBLAL 3 2 4 2 5 0 1 (1+2) = 20, left 0
    "00-13-00, 31415016, PASS",
    // MOD11 24 7 24 5 20 27 0 3 = 110, left 0; DBLAL 3 2 4 2 5 (1+8) 0 6 = 31, left 1
    "00-13-00, 31415903, FAIL",
    // MOD11 24 7 24 5 20 27 0 7 = 114, left 4; DBLAL 3 2 4 2 5 (1+8) 0 (1+4) = 30, left 0
    "00-13-00, 31415907, FAIL",
  })
  void asksBothPasses(String sortCode, String account, ModulusResult expected) {
    assertThat(check(sortCode, account)).isEqualTo(expected);
  }

  @ParameterizedTest
  @DisplayName("exception 1 adds 27 to the total")
  @CsvSource({
    // DBLAL 2 0 0 2 3 2 4 2 5 (1+8) 2 2 = 33, and 27 = 60, left 0; with a 0 at the end 58, left 8
    "00-20-01, 31415921, PASS",
    "00-20-01, 31415920, FAIL",
  })
  void exception1(String sortCode, String account, ModulusResult expected) {
    assertThat(check(sortCode, account)).isEqualTo(expected);
  }

  @ParameterizedTest
  @DisplayName("exception 2 has weights of its own, and exception 9 a second chance")
  @CsvSource({
    // a=3, g=0, weights 0 0 1 2 5 3 6 4 8 7 10 9 3 1: 2 0 0 6 18 4 32 7 50 81 0 9 = 209, left 0
    "00-20-02, 31415909, PASS",
    // a=3, g=9, weights 8 7 10 9 3 1 from c on: 32 7 50 81 27 1 = 198, left 0
    "00-20-02, 31415991, PASS",
    // a=0, the row's weights: 0 7 24 5 20 27 0 5 = 88, left 0
    "00-20-02, 01415905, PASS",
    // exception 2: 200, left 2; exception 9 as 30-96-34: z gives 12, then 6 8 28 6 25 36 0 0 = 121,
    // left 0
    "00-20-02, 31415900, PASS",
    // exception 2: 201, left 3; exception 9: 122, left 1
    "00-20-02, 31415901, FAIL",
  })
  void exceptions2And9(String sortCode, String account, ModulusResult expected) {
    assertThat(check(sortCode, account)).isEqualTo(expected);
  }

  @ParameterizedTest
  @DisplayName("exception 3 drops the second pass where c is 6 or 9")
  @CsvSource({
    // MOD11 24 7 36 5 20 27 0 2 = 121, left 0; DBLAL would leave 1, but c=6
    "00-20-03, 31615902, PASS",
    // MOD11 24 7 54 5 20 27 0 0 = 137, left 5; DBLAL would leave 0, but c=9
    "00-20-03, 31915900, FAIL",
    // c=4: MOD11 110, left 0; DBLAL 3 2 4 2 5 (1+8) 0 6 = 31, left 1
    "00-20-03, 31415903, FAIL",
    // c=4: MOD11 88, left 0; DBLAL 20, left 0
    "00-20-03, 31415016, PASS",
  })
  void exception3(String sortCode, String account, ModulusResult expected) {
    assertThat(check(sortCode, account)).isEqualTo(expected);
  }

  @ParameterizedTest
  @DisplayName("exception 4 wants g and h to be the remainder")
  @CsvSource({
    // 4 21 6 20 4 15 18 = 88, left 0, and gh is 00
    "00-20-04, 31415900, PASS",
    // 4 21 6 20 4 15 6 = 76, left 10, and gh is 10
    "00-20-04, 31415310, PASS",
    // the same total, but gh is 01, whose digits have the same sum
    "00-20-04, 31415301, FAIL",
  })
  void exception4(String sortCode, String account, ModulusResult expected) {
    assertThat(check(sortCode, account)).isEqualTo(expected);
  }

  @ParameterizedTest
  @DisplayName("exception 5 wants g and h to be what is missing, after substitution")
  @CsvSource({
    // MOD11 15 24 7 24 5 20 18 = 113, left 3, 8 missing, g=8; DBLAL (1+0) 3 2 4 2 5 (1+8) 8 = 34,
    // left 4, 6 missing, h=6
    "00-20-05, 31415986, PASS",
    // MOD11 15 24 7 24 5 20 4 = 99, left 0, so g=0; DBLAL (1+0) 3 2 4 2 5 4 0 = 21, left 1, 9
    // missing, h=9
    "00-20-05, 31415209, PASS",
    // g=8 holds, h=5 does not
    "00-20-05, 31415985, FAIL",
    // h=7 holds (33, left 3), g=7 does not
    "00-20-05, 31415977, FAIL",
    // MOD11 15 24 7 24 5 20 16 = 111, left 1: no digit can be 10
    "00-20-05, 31415860, FAIL",
    // as 00-20-11: MOD11 5 3 24 7 24 5 20 18 = 106, left 7, 4 missing, g=4; DBLAL 1 2 3 2 4 2 5
    // (1+8) 4 = 32, left 2, h=8
    "00-20-55, 31415948, PASS",
    // would hold as 00-20-55 itself: MOD11 25 15 24 7 24 5 20 18 = 138, left 6, g=5; DBLAL 36, left
    // 6, h=4
    "00-20-55, 31415954, FAIL",
  })
  void exception5(String sortCode, String account, ModulusResult expected) {
    assertThat(check(sortCode, account)).isEqualTo(expected);
  }

  @ParameterizedTest
  @DisplayName("exception 6 leaves foreign currency accounts unchecked")
  @CsvSource({
    // a=4, g=h=5: a foreign currency account; MOD11 would leave 9
    "00-20-06, 41415955, UNCHECKED",
    "00-20-06, 81415955, UNCHECKED",
    // a=3: MOD11 24 7 24 5 20 27 10 5 = 122, left 1
    "00-20-06, 31415955, FAIL",
    // g is not h: MOD11 32 7 24 5 20 27 10 0 = 125, left 4
    "00-20-06, 41415950, FAIL",
    // MOD11 88, left 0; DBLAL 20, left 0
    "00-20-06, 31415016, PASS",
  })
  void exception6(String sortCode, String account, ModulusResult expected) {
    assertThat(check(sortCode, account)).isEqualTo(expected);
  }

  @ParameterizedTest
  @DisplayName("exception 7 forgets u to b where g is 9")
  @CsvSource({
    // g=9: 4 3 35 9 27 2 = 80, left 0 (with w to b, 18 0 0 7 9 7, it would be 121)
    "00-20-07, 31415992, PASS",
    "00-20-07, 31415991, FAIL",
    // g=2: 18 7 9 7 4 3 35 9 6 2 = 100, left 0
    "00-20-07, 31415922, PASS",
  })
  void exception7(String sortCode, String account, ModulusResult expected) {
    assertThat(check(sortCode, account)).isEqualTo(expected);
  }

  @ParameterizedTest
  @DisplayName("exception 8 calculates with 09-01-26")
  @CsvSource({
    // y=2, z=6: 2 12 21 3 4 7 15 9 14 3 = 90, left 0 (with the sort code itself 98)
    "00-20-08, 31415923, PASS",
    // would hold with the sort code itself: 6 16 21 3 4 7 15 9 14 5 = 100
    "00-20-08, 31415925, FAIL",
  })
  void exception8(String sortCode, String account, ModulusResult expected) {
    assertThat(check(sortCode, account)).isEqualTo(expected);
  }

  @ParameterizedTest
  @DisplayName("exception 10 forgets u to b after 09 or 99, and exception 11 is a second chance")
  @CsvSource({
    // ab=09, g=9: 24 5 20 27 18 5 = 99, left 0; exception 11: 218, left 9
    "00-20-10, 09415995, PASS",
    // ab=99, g=9: 99 again; exception 11: 236, left 5
    "00-20-10, 99415995, PASS",
    // ab=31: w gives 10, then 24 7 24 5 20 0 0 9 = 99, left 0; exception 11: 6 3 16 5 30 0 0 9 =
    // 69, left 3
    "00-20-10, 31415009, PASS",
    // exception 10: 96, left 8; exception 11: 6 3 16 5 30 0 0 6 = 66, left 0
    "00-20-10, 31415006, PASS",
    // exception 10: 92, left 4; exception 11: 68, left 2
    "00-20-10, 31415010, FAIL",
  })
  void exceptions10And11(String sortCode, String account, ModulusResult expected) {
    assertThat(check(sortCode, account)).isEqualTo(expected);
  }

  @ParameterizedTest
  @DisplayName("of exceptions 12 and 13 one is enough")
  @CsvSource({
    // MOD11 24 7 24 5 20 0 0 8 = 88, left 0; MOD10 58, left 8
    "00-20-12, 31415008, PASS",
    // MOD11 108, left 9; MOD10 21 3 4 7 15 9 0 1 = 60, left 0
    "00-20-12, 31415901, PASS",
    // MOD11 112, left 2; MOD10 74, left 4
    "00-20-12, 31415921, FAIL",
  })
  void exceptions12And13(String sortCode, String account, ModulusResult expected) {
    assertThat(check(sortCode, account)).isEqualTo(expected);
  }

  @ParameterizedTest
  @DisplayName("exception 14 tries again without a last digit of 0, 1 or 9")
  @CsvSource({
    // 24 7 24 5 20 0 0 8 = 88, left 0
    "00-20-14, 31415008, PASS",
    // 80, 81 and 89 fail; 03141500 gives 21 6 20 4 15 = 66, left 0
    "00-20-14, 31415000, PASS",
    "00-20-14, 31415001, PASS",
    "00-20-14, 31415009, PASS",
    // 85, left 8; 03141500 would hold, but h is 5
    "00-20-14, 31415005, FAIL",
    // 84, left 7; 03141502 gives 68, left 2
    "00-20-14, 31415020, FAIL",
  })
  void exception14(String sortCode, String account, ModulusResult expected) {
    assertThat(check(sortCode, account)).isEqualTo(expected);
  }

  /// The rows that the exceptions are published for: which method each has, and which go in pairs.
  static Stream<List<WeightRow>> tables() {
    var random = new Random(20);
    return Stream.of(
            "MOD10 0",
            "MOD11 0",
            "DBLAL 0",
            "MOD11 0 DBLAL 0",
            "MOD10 0 MOD11 0",
            "DBLAL 1",
            "MOD11 2 MOD11 9",
            "MOD11 0 DBLAL 3",
            "MOD11 4",
            "MOD11 5 DBLAL 5",
            "MOD11 6 DBLAL 6",
            "MOD11 7",
            "MOD10 7",
            "MOD11 8",
            "MOD10 8",
            "MOD11 10 MOD11 11",
            "MOD11 12 MOD10 13",
            "MOD11 14")
        .flatMap(
            passes ->
                Stream.generate(() -> rows(passes.split(" "), random)).limit(TABLES_OF_A_KIND));
  }

  private static List<WeightRow> rows(String[] passes, Random random) {
    var rows = new ArrayList<WeightRow>();
    for (var i = 0; i < passes.length; i += 2) {
      var weights = random.ints(14, 0, 20).boxed().toList();
      rows.add(
          new WeightRow(
              0,
              999_999,
              WeightRow.Method.valueOf(passes[i]),
              weights,
              Integer.parseInt(passes[i + 1])));
    }
    return rows;
  }

  @Test
  @DisplayName("a second calculation comes to the same for any weights, exception and digits")
  void agreesWithASecondCalculation() throws IOException {
    var results = new EnumMap<ModulusResult, Integer>(ModulusResult.class);
    var random = new Random(5);
    for (var rows : tables().toList()) {
      var lines = rows.stream().map(ModulusCheckTest::line).collect(joining("\n"));
      var substitute = "%06d".formatted(random.nextInt(1_000_000));
      var check = new ModulusCheck(table(lines, "123456 " + substitute));
      for (var i = 0; i < ACCOUNTS_OF_A_TABLE; i++) {
        var sortCode = i % 5 == 0 ? "123456" : "%06d".formatted(random.nextInt(1_000_000));
        var account = account(random);
        var stand = sortCode.equals("123456") ? substitute : sortCode;

        var result = check.check(new SortCode(sortCode), AccountNumber.ofDigits(account));

        assertThat(result)
            .as("%s %s by%n%s", sortCode, account, lines)
            .isEqualTo(ModulusOracle.check(rows, sortCode, stand, account));
        results.merge(result, 1, Integer::sum);
      }
    }
    assertThat(results.values()).hasSize(3).allMatch(count -> count > 100);
  }

  /// Often one of those that an exception is about.
  private static String account(Random random) {
    var digits = "%08d".formatted(random.nextInt(100_000_000));
    return switch (random.nextInt(5)) {
      case 0 ->
          (random.nextBoolean() ? "09" : "99") + digits.substring(2, 6) + "9" + digits.charAt(7);
      case 1 -> digits.substring(0, 2) + (random.nextBoolean() ? "6" : "9") + digits.substring(3);
      case 2 -> digits.substring(0, 7) + digits.charAt(6);
      case 3 -> digits.substring(0, 7) + "019".charAt(random.nextInt(3));
      default -> digits;
    };
  }

  private static String line(WeightRow row) {
    var weights = row.weights().stream().map("%4d"::formatted).collect(joining(" "));
    var exception = row.exception() == 0 ? "" : "   " + row.exception();
    return "%06d %06d %s %s%s".formatted(row.from(), row.to(), row.method(), weights, exception);
  }

  private WeightTable table(String weights, String substitutions) throws IOException {
    var reading =
        WeightTable.read(
            Files.writeString(directory.resolve("weights.txt"), weights),
            Files.writeString(directory.resolve("substitutions.txt"), substitutions));
    return switch (reading) {
      case TableReading.Read<WeightTable>(var table) -> table;
      case TableReading.Refused<WeightTable>(var faults) -> throw new AssertionError(faults);
    };
  }

  private ModulusResult check(String sortCode, String account) {
    return modulus.check(SortCode.parse(sortCode), AccountNumber.ofDigits(account));
  }
}

package dev.keyreeve.directdebit.bacs.standard18;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyreeve.directdebit.bacs.AccountName;
import dev.keyreeve.directdebit.bacs.BacsAccount;
import dev.keyreeve.directdebit.bacs.Fault;
import dev.keyreeve.directdebit.bacs.MandateReference;
import dev.keyreeve.directdebit.bacs.Reading;
import dev.keyreeve.directdebit.bacs.ServiceUserNumber;
import dev.keyreeve.directdebit.bacs.TransactionCode;
import dev.keyreeve.directdebit.bacs.VolumeSerial;
import dev.keyreeve.directdebit.bacs.bankaccount.AccountNumber;
import dev.keyreeve.directdebit.bacs.bankaccount.SortCode;
import dev.keyreeve.directdebit.bacs.money.Pence;
import dev.keyreeve.procedure.Golden;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Standard18Test {

  private static final LocalDate MONDAY = LocalDate.parse("2026-07-06");
  private static final LocalDate TUESDAY = LocalDate.parse("2026-07-07");
  private static final LocalDate WEDNESDAY = LocalDate.parse("2026-07-08");

  private static final BacsAccount LETTINGS = account("20-00-00", "11223344", "PORTER LETTINGS");
  private static final BacsAccount DEPOSITS = account("20-00-00", "55667788", "PORTER DEPOSITS");
  private static final BacsAccount ADA = account("00-00-01", "12345678", "ADA LOVELACE");
  private static final BacsAccount MARY = account("00-00-21", "87654321", "MARY SHELLEY");

  private static final Standard18File RENT =
      file(
          Layout.SINGLE_DAY,
          debit(TransactionCode.FIRST_COLLECTION, ADA, LETTINGS, 95_000, TUESDAY),
          debit(TransactionCode.REGULAR_COLLECTION, MARY, LETTINGS, 120_050, TUESDAY),
          instruction(TransactionCode.NEW_INSTRUCTION, MARY, TUESDAY));

  private static final Standard18File SEVERAL_DAYS =
      file(
          Layout.MULTI_DAY,
          debit(TransactionCode.REGULAR_COLLECTION, ADA, LETTINGS, 1, TUESDAY),
          debit(TransactionCode.REPRESENTATION, MARY, LETTINGS, 99_999_999_999L, WEDNESDAY),
          debit(TransactionCode.FINAL_COLLECTION, MARY, DEPOSITS, 50_000, WEDNESDAY),
          debit(TransactionCode.REGULAR_COLLECTION, MARY, LETTINGS, 99, TUESDAY));

  private static final Standard18File INSTRUCTIONS =
      file(
          Layout.SINGLE_DAY,
          instruction(TransactionCode.NEW_INSTRUCTION, ADA, TUESDAY),
          instruction(TransactionCode.CANCELLED_INSTRUCTION, MARY, TUESDAY),
          instruction(TransactionCode.CONVERTED_INSTRUCTION, ADA, TUESDAY));

  @Test
  void writesASubmissionAsCommitted() {
    Golden.assertMatches(Standard18Test.class, "single-day.txt", visible(RENT));
    Golden.assertMatches(Standard18Test.class, "multi-day.txt", visible(SEVERAL_DAYS));
    Golden.assertMatches(Standard18Test.class, "instructions.txt", visible(INSTRUCTIONS));
  }

  @Test
  void endsEveryLineWithCarriageReturnAndLineFeed() {
    var text = new String(Standard18Writer.write(RENT), ISO_8859_1);

    assertThat(text).endsWith("\r\n");
    assertThat(text.replace("\r\n", "")).doesNotContain("\r", "\n");
  }

  /// The columns as the layout of Standard 18 counts them, from 1.
  @ParameterizedTest
  @CsvSource({
    "1, 1, 10, VOL1187001",
    "1, 42, 47, 123456",
    "1, 80, 80, 1",
    "2, 1, 21, HDR1A123456S  1123456",
    "2, 22, 35, 18700100010001",
    "2, 42, 53, ' 26187 26201'",
    "3, 1, 15, HDR2F0200000100",
    "4, 5, 10, ' 26188'",
    "4, 21, 40, 000000001 DAILY  001",
    "5, 1, 17, 00000112345678001",
    "5, 18, 35, '20000011223344    '",
    "5, 36, 46, 00000095000",
    "5, 47, 64, 'PORTER LETTINGS   '",
    "5, 65, 82, 'RENT-CODE01       '",
    "5, 83, 100, 'ADA LOVELACE      '",
    "7, 16, 17, 0N",
    "7, 36, 46, 00000000000",
    "8, 1, 17, 20000011223344099",
    "8, 18, 31, 20000011223344",
    "8, 36, 46, 00000215050",
    "8, 65, 82, 'CONTRA            '",
    "8, 83, 100, 'PORTER LETTINGS   '",
    "11, 1, 17, UTL10000000215050",
    "11, 18, 30, 0000000215050",
    "11, 31, 44, 00000020000001",
    "11, 53, 59, 0000001",
  })
  void putsEachFieldIntoItsColumns(int line, int first, int last, String value) {
    assertThat(lines(RENT).get(line - 1).substring(first - 1, last)).isEqualTo(value);
  }

  @Test
  void balancesEachAccountAndDayWithAContra() {
    assertThat(SEVERAL_DAYS.contras())
        .containsExactly(
            new Contra(LETTINGS, new Pence(100), TUESDAY),
            new Contra(LETTINGS, new Pence(99_999_999_999L), WEDNESDAY),
            new Contra(DEPOSITS, new Pence(50_000), WEDNESDAY));
    assertThat(INSTRUCTIONS.contras()).isEmpty();
  }

  @Test
  void readsBackWhatItWrites() {
    var files = new RandomFiles(new Random(18));

    for (var i = 0; i < 2_000; i++) {
      var file = files.next();

      var bytes = Standard18Writer.write(file);

      assertThat(Standard18Reader.read(bytes)).isEqualTo(new Reading.Read<>(file));
      assertThat(Pence.sum(file.contras().stream().map(Contra::amount))).isEqualTo(file.total());
    }
  }

  @Test
  void refusesALineOfAnotherLengthByItsNumber() {
    for (var file : List.of(RENT, SEVERAL_DAYS, INSTRUCTIONS)) {
      for (var number = 1; number <= lines(file).size(); number++) {
        var line = lines(file).get(number - 1);

        assertThat(faults(with(file, number, line + " "))).extracting(Fault::line).contains(number);
        assertThat(faults(with(file, number, line.substring(0, line.length() - 1))))
            .extracting(Fault::line)
            .contains(number);
        assertThat(faults(with(file, number, ""))).extracting(Fault::line).contains(number);
      }
    }
  }

  @Test
  void refusesACharacterThatBacsDoesNotCarryByItsLine() {
    var bytes = Standard18Writer.write(RENT);
    var line = 1;

    for (var i = 0; i < bytes.length; i++) {
      for (var foreign : new int[] {'a', '\'', '\t', 0, 0x80, 0xFF}) {
        var mutated = bytes.clone();
        mutated[i] = (byte) foreign;
        assertThat(faults(mutated)).extracting(Fault::line).contains(line);
      }
      if (bytes[i] == '\n') line++;
    }
  }

  /// A digit of a total, a count, an amount or a repeated label is never lost: either it is
  /// refused, or the file is another one that says so in all its places.
  @Test
  void refusesEveryCharacterThatTheRestOfTheFileContradicts() {
    for (var file : List.of(RENT, SEVERAL_DAYS, INSTRUCTIONS)) {
      var bytes = Standard18Writer.write(file);

      for (var i = 0; i < bytes.length; i++) {
        for (var other : new char[] {'0', '7', 'X', ' '}) {
          var mutated = bytes.clone();
          mutated[i] = (byte) other;
          if (Arrays.equals(mutated, bytes)) continue;

          if (Standard18Reader.read(mutated) instanceof Reading.Read<Standard18File>(var read)) {
            assertThat(Standard18Writer.write(read)).isEqualTo(mutated);
            assertThat(read.total()).isEqualTo(file.total());
            assertThat(read.records()).hasSameSizeAs(file.records());
          }
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "5, 46, 1, 8, the contra amount", // the amount of a debit
    "6, 46, 1, 11, the debit total",
    "8, 46, 1, 8, the contra amount",
    "11, 17, 1, 11, the debit total",
    "11, 30, 1, 11, the credit total",
    "11, 37, 9, 11, the debit count",
    "11, 44, 9, 11, the credit count",
    "11, 59, 9, 11, the instruction count",
    "2, 6, 9, 2, the file identifier",
    "9, 22, 9, 9, the submission serial",
    "10, 15, 6, 10, the record length",
    "8, 65, D, 8, the word CONTRA",
    "5, 15, 1, 5, the account type",
    "5, 32, 1, 5, column 32 is not blank",
  })
  void namesTheLineAndTheFieldThatDoNotAgree(
      int changed, int column, char to, int named, String field) {
    var line = new StringBuilder(lines(RENT).get(changed - 1));
    line.setCharAt(column - 1, to);

    assertThat(faults(with(RENT, changed, line.toString())))
        .anySatisfy(
            fault -> {
              assertThat(fault.line()).isEqualTo(named);
              assertThat(fault.problem()).contains(field);
            });
  }

  @Test
  void refusesAMissingARepeatedAndAMovedLine() {
    for (var file : List.of(RENT, SEVERAL_DAYS, INSTRUCTIONS)) {
      for (var i = 0; i < lines(file).size(); i++) {
        var missing = new ArrayList<>(lines(file));
        missing.remove(i);
        var repeated = new ArrayList<>(lines(file));
        repeated.add(i, lines(file).get(i));

        assertThat(faults(bytes(missing))).isNotEmpty();
        assertThat(faults(bytes(repeated))).isNotEmpty();
      }
    }
    var moved = new ArrayList<>(lines(SEVERAL_DAYS));
    moved.add(5, moved.remove(9));
    assertThat(faults(bytes(moved))).isNotEmpty();
  }

  @Test
  void refusesEveryShorterFile() {
    var bytes = Standard18Writer.write(RENT);

    for (var length = 0; length < bytes.length; length++) {
      assertThat(faults(Arrays.copyOf(bytes, length))).isNotEmpty();
    }
  }

  @Test
  void findsAllFaultsAtOnce() {
    var lines = new ArrayList<>(lines(RENT));
    lines.set(4, lines.get(4).replace("12345678", "123456X8"));
    lines.set(5, lines.get(5).replace("RENT-CODE17", "DDIC-CODE17"));
    lines.set(6, lines.get(6).replace("0N", "0X"));

    assertThat(faults(bytes(lines))).extracting(Fault::line).containsExactly(5, 6, 7);
  }

  @Test
  void saysNothingOfPayersInItsFaults() {
    var line = lines(RENT).get(4);
    var changed = line.replace("12345678", "1234567X").replace("LOVELACE", "LOVELAC ");

    assertThat(faults(with(RENT, 5, changed)))
        .extracting(Fault::problem)
        .allSatisfy(problem -> assertThat(problem).doesNotContain("1234567", "LOVELAC"));
  }

  @Test
  void refusesAnyBytesWithoutAnExceptionOfItsOwn() {
    var random = new Random(81);
    var files = new RandomFiles(random);

    for (var i = 0; i < 3_000; i++) {
      var bytes = Standard18Writer.write(files.next());
      for (var changes = random.nextInt(1, 6); changes > 0; changes--) {
        bytes = mutated(bytes, random);
      }

      if (Standard18Reader.read(bytes) instanceof Reading.Read<Standard18File>(var read)) {
        assertThat(Standard18Writer.write(read)).isEqualTo(bytes);
      }
    }
  }

  @Test
  void refusesAFileOfNothingButEndsOfLines() {
    var bytes = "\r\n".repeat(3_000_000).getBytes(ISO_8859_1);

    assertThat(faults(bytes)).hasSizeLessThanOrEqualTo(100);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 100_000_000_000L})
  void aDebitHasAnAmountThatFits(long pence) {
    assertThatThrownBy(
            () -> debit(TransactionCode.REGULAR_COLLECTION, ADA, LETTINGS, pence, TUESDAY))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aContraAndATrailerHaveTotalsThatFit() {
    var most = debit(TransactionCode.REGULAR_COLLECTION, ADA, LETTINGS, 99_999_999_999L, TUESDAY);
    var penny = debit(TransactionCode.REGULAR_COLLECTION, MARY, LETTINGS, 1, TUESDAY);
    var fromTuesday =
        Stream.iterate(TUESDAY, day -> day.plusDays(1))
            .map(day -> debit(most.code(), ADA, LETTINGS, most.amount().amount(), day));
    var created =
        new Standard18File(
            VolumeSerial.of(MONDAY, 1),
            new ServiceUserNumber("123456"),
            1,
            Layout.MULTI_DAY,
            MONDAY,
            MONDAY.plusDays(200),
            List.of(most));

    assertThatThrownBy(() -> file(Layout.SINGLE_DAY, most, penny))
        .hasMessage("The debits of a day for an account come to at most 999999999.99 pounds.");
    var overMost = fromTuesday.limit(101).toList();
    assertThatThrownBy(() -> with(created, overMost))
        .hasMessage("The debits of a file come to at most 99999999999.99 pounds.");
    assertThat(with(created, overMost.subList(0, 100)).total())
        .isEqualTo(new Pence(9_999_999_999_900L));
  }

  private static Standard18File with(Standard18File file, List<DataRecord> records) {
    return new Standard18File(
        file.serial(),
        file.serviceUser(),
        file.fileNumber(),
        file.layout(),
        file.created(),
        file.expires(),
        records);
  }

  @Test
  void anInstructionHasNoAmount() {
    assertThatThrownBy(() -> debit(TransactionCode.NEW_INSTRUCTION, ADA, LETTINGS, 1, TUESDAY))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aFileHasRecordsThatItsLayoutAndDatesCanHold() {
    var tuesday = instruction(TransactionCode.NEW_INSTRUCTION, ADA, TUESDAY);
    var wednesday = instruction(TransactionCode.NEW_INSTRUCTION, ADA, WEDNESDAY);
    var past = instruction(TransactionCode.NEW_INSTRUCTION, ADA, MONDAY.minusDays(1));
    var late = instruction(TransactionCode.NEW_INSTRUCTION, ADA, MONDAY.plusDays(14));

    assertThatThrownBy(() -> file(Layout.SINGLE_DAY)).hasMessageContaining("1 to 250000 records");
    assertThatThrownBy(() -> file(Layout.SINGLE_DAY, tuesday, wednesday))
        .hasMessageContaining("one processing day");
    assertThatThrownBy(() -> file(Layout.SINGLE_DAY, past)).hasMessageContaining("no earlier");
    assertThatThrownBy(() -> file(Layout.SINGLE_DAY, late))
        .hasMessageContaining("before it expires");
  }

  private static byte[] mutated(byte[] bytes, Random random) {
    var at = random.nextInt(bytes.length);
    return switch (random.nextInt(3)) {
      case 0 -> {
        var changed = bytes.clone();
        changed[at] = (byte) random.nextInt(256);
        yield changed;
      }
      case 1 -> concat(Arrays.copyOf(bytes, at), Arrays.copyOfRange(bytes, at + 1, bytes.length));
      default -> concat(Arrays.copyOf(bytes, at + 1), Arrays.copyOfRange(bytes, at, bytes.length));
    };
  }

  private static byte[] concat(byte[] one, byte[] other) {
    var both = Arrays.copyOf(one, one.length + other.length);
    System.arraycopy(other, 0, both, one.length, other.length);
    return both.length == 0 ? new byte[] {'X'} : both;
  }

  private static List<Fault> faults(byte[] bytes) {
    return switch (Standard18Reader.read(bytes)) {
      case Reading.Read<Standard18File> _ -> List.of();
      case Reading.Refused<Standard18File>(var faults) -> faults;
    };
  }

  private static byte[] with(Standard18File file, int number, String line) {
    var lines = new ArrayList<>(lines(file));
    lines.set(number - 1, line);
    return bytes(lines);
  }

  private static byte[] bytes(List<String> lines) {
    return (String.join("\r\n", lines) + "\r\n").getBytes(ISO_8859_1);
  }

  private static List<String> lines(Standard18File file) {
    return new String(Standard18Writer.write(file), ISO_8859_1).lines().toList();
  }

  /// The file with the ends of lines that the repository has.
  private static String visible(Standard18File file) {
    return String.join("\n", lines(file)) + "\n";
  }

  private static Standard18File file(Layout layout, DataRecord... records) {
    return new Standard18File(
        VolumeSerial.of(MONDAY, 1),
        new ServiceUserNumber("123456"),
        1,
        layout,
        MONDAY,
        MONDAY.plusDays(14),
        List.of(records));
  }

  private static DataRecord debit(
      TransactionCode code, BacsAccount payer, BacsAccount collector, long pence, LocalDate day) {
    var reference = new MandateReference("RENT-CODE" + code.code());
    return new DataRecord(code, payer, collector, new Pence(pence), reference, day);
  }

  private static DataRecord instruction(TransactionCode code, BacsAccount payer, LocalDate day) {
    return debit(code, payer, LETTINGS, 0, day);
  }

  private static BacsAccount account(String sortCode, String number, String name) {
    return new BacsAccount(
        SortCode.parse(sortCode), AccountNumber.parse(number), new AccountName(name));
  }
}

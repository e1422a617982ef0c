package dev.keyreeve.directdebit.rail.bacsfile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyreeve.directdebit.bacs.BacsAccount;
import dev.keyreeve.directdebit.bacs.Reading;
import dev.keyreeve.directdebit.bacs.ServiceUserNumber;
import dev.keyreeve.directdebit.bacs.TransactionCode;
import dev.keyreeve.directdebit.bacs.bankaccount.AccountNumber;
import dev.keyreeve.directdebit.bacs.bankaccount.BankDetails;
import dev.keyreeve.directdebit.bacs.bankaccount.SortCode;
import dev.keyreeve.directdebit.bacs.calendar.BacsCalendar;
import dev.keyreeve.directdebit.bacs.calendar.BankHolidays;
import dev.keyreeve.directdebit.bacs.money.Pence;
import dev.keyreeve.directdebit.bacs.scheme.AuddisReason;
import dev.keyreeve.directdebit.bacs.standard18.DataRecord;
import dev.keyreeve.directdebit.bacs.standard18.Standard18File;
import dev.keyreeve.directdebit.bacs.standard18.Standard18Reader;
import dev.keyreeve.directdebit.collector.serviceuser.SchemeKind;
import dev.keyreeve.directdebit.collector.serviceuser.ServiceUser;
import dev.keyreeve.directdebit.rail.scheme.Batch;
import dev.keyreeve.directdebit.rail.scheme.Item;
import dev.keyreeve.directdebit.rail.scheme.Sealed;
import dev.keyreeve.directdebit.rail.scheme.Sealing;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// A batch becomes as many files as it needs.
final class BacsFilesTest {
  private static final BacsCalendar CALENDAR = new BacsCalendar(BankHolidays.known());
  private static final LocalDate WEDNESDAY = LocalDate.of(2026, 7, 1);

  @Test
  void aBatchThatIsLongerThanAFileBecomesSeveralThatHoldEachItemOnce() {
    var items = IntStream.range(0, 25).mapToObj(i -> debit(i, new Pence(1_000 + i))).toList();

    var sealing = seal(10, 2, items);

    assertThat(sealing.submissions().stream().map(each -> each.items().size()))
        .containsExactly(10, 10, 5);
    assertThat(sealing.submissions().stream().flatMap(each -> each.items().stream()))
        .containsExactlyElementsOf(items);
    assertThat(sealing.submissions().stream().map(BacsFilesTest::file))
        .extracting(file -> file.serial().text())
        .containsExactly("182003", "182004", "182005");
    for (var sealed : sealing.submissions()) {
      assertThat(file(sealed).records().stream().map(record -> record.reference().text()))
          .containsExactlyElementsOf(sealed.items().stream().map(Item::reference).toList());
    }
  }

  @Test
  void noFileDebitsMoreThanItsContraRecordCanSay() {
    var half = new Pence(DataRecord.MAX_AMOUNT.amount() / 2);
    var items = List.of(debit(1, half), debit(2, half), debit(3, half), debit(4, new Pence(1)));

    var sealing = seal(250_000, 0, items);

    assertThat(sealing.submissions().stream().map(each -> each.items().size()))
        .containsExactly(2, 2);
  }

  @Test
  void anInstructionUnderANameThatBacsCannotCarryIsNotSentAndADebitGoesUnderItsReference() {
    var unspeakable = "北京";
    var instruction = item(1, TransactionCode.NEW_INSTRUCTION, Pence.ZERO, unspeakable);
    var debit = item(2, TransactionCode.REGULAR_COLLECTION, new Pence(100), unspeakable);

    var sealing = seal(10, 0, List.of(instruction, debit));

    assertThat(sealing.unsendable())
        .containsExactly(new Sealing.Unsendable(instruction, AuddisReason.PAYER_NAME_MISSING));
    assertThat(file(sealing.submissions().getFirst()).records())
        .singleElement()
        .satisfies(record -> assertThat(record.payer().name().text()).isEqualTo("RENT-002"));
  }

  @Test
  void whereNothingCanBeSentThereIsNoFile() {
    var instruction = item(1, TransactionCode.NEW_INSTRUCTION, Pence.ZERO, "北京");

    assertThat(seal(10, 0, List.of(instruction)).submissions()).isEmpty();
  }

  /// @param mostRecords that a file may hold
  /// @param submitted how many submissions the day has had before
  private static Sealing seal(int mostRecords, int submitted, List<Item> items) {
    var user =
        new ServiceUser(
            "sun_1",
            SchemeKind.BACS,
            new ServiceUserNumber("123456"),
            "Harbour Lettings",
            "4321",
            DataRecord.MAX_AMOUNT,
            Instant.EPOCH,
            Instant.EPOCH);
    var collector = BacsAccount.of(details("20-00-00", "87654321", "Harbour Lettings"));
    var cycle = CALENDAR.cycleFrom(WEDNESDAY);
    return new BacsFiles(CALENDAR, mostRecords)
        .seal(new Batch(user, collector, cycle, submitted, items));
  }

  private static Item debit(int i, Pence amount) {
    return item(i, TransactionCode.REGULAR_COLLECTION, amount, "Ada Lovelace");
  }

  private static Item item(int i, TransactionCode code, Pence amount, String holder) {
    return new Item(
        "item_" + i,
        "wks_1",
        "man_" + i,
        code,
        "RENT-%03d".formatted(i),
        details("00-00-01", "12345678", holder),
        amount,
        null);
  }

  private static BankDetails details(String sortCode, String accountNumber, String holder) {
    return new BankDetails(SortCode.parse(sortCode), AccountNumber.parse(accountNumber), holder);
  }

  private static Standard18File file(Sealed sealed) {
    return switch (Standard18Reader.read(Objects.requireNonNull(sealed.file()).bytes())) {
      case Reading.Read<Standard18File>(var file) -> file;
      case Reading.Refused<Standard18File>(var faults) -> throw new AssertionError(faults);
    };
  }
}

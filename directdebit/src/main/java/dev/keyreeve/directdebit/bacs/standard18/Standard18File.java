package dev.keyreeve.directdebit.bacs.standard18;

import dev.keyreeve.directdebit.bacs.ServiceUserNumber;
import dev.keyreeve.directdebit.bacs.VolumeSerial;
import dev.keyreeve.directdebit.bacs.bankaccount.AccountNumber;
import dev.keyreeve.directdebit.bacs.bankaccount.SortCode;
import dev.keyreeve.directdebit.bacs.money.Pence;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;

/// What one submission says. [Standard18Writer] turns it into bytes, and [Standard18Reader] reads
/// them back; totals, counts and contra records follow from the data records and are not said
/// twice.
///
/// @param fileNumber 1 to 999, among the files of a submission
/// @param created when the file was put together
/// @param expires when a medium that holds the file may be used again; after its last processing
///   day
/// @param records at least one, in the order of the file
public record Standard18File(
    VolumeSerial serial,
    ServiceUserNumber serviceUser,
    int fileNumber,
    Layout layout,
    LocalDate created,
    LocalDate expires,
    List<DataRecord> records) {

  /// The most records that a file may have, contra records aside.
  public static final int MAX_RECORDS = 250_000;

  /// The most that all debits of a file can come to: thirteen digits of pence.
  public static final Pence MAX_TOTAL = new Pence(9_999_999_999_999L);

  private static final int FIRST_YEAR = 2000;
  private static final int LAST_YEAR = 2099;

  public Standard18File {
    records = List.copyOf(records);
    if (fileNumber < 1 || fileNumber > 999) {
      throw new IllegalArgumentException("A file's number is 1 to 999.");
    }
    if (records.isEmpty() || records.size() > MAX_RECORDS) {
      throw new IllegalArgumentException("A file has 1 to " + MAX_RECORDS + " records.");
    }
    if (layout == Layout.SINGLE_DAY && days(records) > 1) {
      throw new IllegalArgumentException("A single-day file has one processing day.");
    }
    for (var each : records) {
      if (!each.processingDay().isBefore(expires) || each.processingDay().isBefore(created)) {
        throw new IllegalArgumentException(
            "A file is processed no earlier than it is created, and before it expires.");
      }
    }
    if (created.getYear() < FIRST_YEAR || expires.getYear() > LAST_YEAR) {
      throw new IllegalArgumentException("The dates of a file lie in the years 2000 to 2099.");
    }
    for (var contra : contras(records)) {
      if (contra.amount().compareTo(DataRecord.MAX_AMOUNT) > 0) {
        throw new IllegalArgumentException(
            "The debits of a day for an account come to at most "
                + DataRecord.MAX_AMOUNT
                + " pounds.");
      }
    }
    if (Pence.sum(records.stream().map(DataRecord::amount)).compareTo(MAX_TOTAL) > 0) {
      throw new IllegalArgumentException(
          "The debits of a file come to at most " + MAX_TOTAL + " pounds.");
    }
  }

  /// One contra for each account of the collector and each processing day that has debits, in the
  /// order in which the records first name them.
  public List<Contra> contras() {
    return contras(records);
  }

  private static List<Contra> contras(List<DataRecord> records) {
    var contras = new LinkedHashMap<ContraKey, Contra>();
    for (var each : records) {
      if (each.code().isDebit()) contras.merge(key(each), contra(each), Standard18File::added);
    }
    return List.copyOf(contras.values());
  }

  /// What all debits come to, and so all contra records.
  public Pence total() {
    return Pence.sum(records.stream().map(DataRecord::amount));
  }

  public int debits() {
    return (int) records.stream().filter(each -> each.code().isDebit()).count();
  }

  public int instructions() {
    return records.size() - debits();
  }

  private static long days(List<DataRecord> records) {
    return records.stream().map(DataRecord::processingDay).distinct().count();
  }

  private static ContraKey key(DataRecord debit) {
    var collector = debit.collector();
    return new ContraKey(collector.sortCode(), collector.accountNumber(), debit.processingDay());
  }

  private static Contra contra(DataRecord debit) {
    return new Contra(debit.collector(), debit.amount(), debit.processingDay());
  }

  private static Contra added(Contra sum, Contra debit) {
    return new Contra(sum.collector(), sum.amount().plus(debit.amount()), sum.processingDay());
  }

  private record ContraKey(
      SortCode sortCode, AccountNumber accountNumber, LocalDate processingDay) {}
}

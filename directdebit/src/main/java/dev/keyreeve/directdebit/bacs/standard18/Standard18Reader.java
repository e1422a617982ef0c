package dev.keyreeve.directdebit.bacs.standard18;

import dev.keyreeve.directdebit.bacs.AccountName;
import dev.keyreeve.directdebit.bacs.BacsAccount;
import dev.keyreeve.directdebit.bacs.BacsCharacters;
import dev.keyreeve.directdebit.bacs.Faults;
import dev.keyreeve.directdebit.bacs.MandateReference;
import dev.keyreeve.directdebit.bacs.Reading;
import dev.keyreeve.directdebit.bacs.ServiceUserNumber;
import dev.keyreeve.directdebit.bacs.TransactionCode;
import dev.keyreeve.directdebit.bacs.VolumeSerial;
import dev.keyreeve.directdebit.bacs.bankaccount.AccountNumber;
import dev.keyreeve.directdebit.bacs.bankaccount.SortCode;
import dev.keyreeve.directdebit.bacs.money.Pence;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads submissions that [Standard18Writer] could have written, and refuses every other.
///
/// It first reads what a file is free to say: serial, dates, data records. All the rest (labels
/// that repeat each other, contra records, totals, counts, blanks) follows from that, so it writes
/// the file again and compares line by line.
public final class Standard18Reader {

  private static final int MAX_LINES = 2 * Standard18File.MAX_RECORDS + 8;
  private static final int MAX_BYTES = 108 * MAX_LINES;
  private static final int HEADERS = 4;
  private static final int TRAILERS = 3;
  private static final int LABEL_LENGTH = 80;

  private static final int VOLUME = 1;
  private static final int FIRST_HEADER = 2;
  private static final int USER_HEADER = 4;

  private static final Pattern YEAR_AND_DAY = Pattern.compile(" [0-9]{5}");
  private static final Pattern DIGITS = Pattern.compile("[0-9]+");

  private final List<String> lines;
  private final Faults faults;

  private Standard18Reader(List<String> lines, Faults faults) {
    this.lines = lines;
    this.faults = faults;
  }

  public static Reading<Standard18File> read(byte[] bytes) {
    var faults = new Faults();
    if (bytes.length > MAX_BYTES) {
      faults.add(1, "the file is larger than " + MAX_BYTES + " bytes");
      return faults.refusal();
    }

    var text = new String(bytes, StandardCharsets.ISO_8859_1);
    return new Standard18Reader(split(text, faults), faults).read();
  }

  private Reading<Standard18File> read() {
    if (lines.size() < HEADERS + 1 + TRAILERS) {
      faults.add(Math.max(1, lines.size()), "the file ends before its last label");
    }
    checkCharacters();
    if (!faults.isEmpty()) return faults.refusal();

    checkLengths(1, HEADERS, LABEL_LENGTH);
    checkLengths(lines.size() - TRAILERS + 1, lines.size(), LABEL_LENGTH);
    if (!faults.isEmpty()) return faults.refusal();

    var layout = columns(USER_HEADER).parse("the work code", 29, 37, Standard18Reader::layout);
    if (layout == null) return faults.refusal();

    checkLengths(HEADERS + 1, lines.size() - TRAILERS, layout.recordLength());
    if (!faults.isEmpty()) return faults.refusal();

    var file = file(layout);
    if (file == null) return faults.refusal();

    compare(Standard18Writer.lines(file));
    return faults.isEmpty() ? new Reading.Read<>(file) : faults.refusal();
  }

  private static List<String> split(String text, Faults faults) {
    var lines = new ArrayList<>(List.of(text.split(Standard18Writer.END_OF_LINE, MAX_LINES + 1)));
    var rest = lines.removeLast();
    if (lines.size() == MAX_LINES) faults.add(MAX_LINES, "the file has more lines than any can");
    if (!rest.isEmpty()) faults.add(lines.size() + 1, "the line does not end with CR and LF");
    return lines;
  }

  private void checkCharacters() {
    for (var number = 1; number <= lines.size(); number++) {
      if (!BacsCharacters.includeAll(line(number))) {
        faults.add(number, "the line holds a character that Bacs does not carry");
      }
    }
  }

  private void checkLengths(int first, int last, int wanted) {
    for (var number = first; number <= last; number++) {
      var length = line(number).length();
      if (length != wanted) {
        faults.add(number, "the line has %d characters, not %d".formatted(length, wanted));
      }
    }
  }

  private @Nullable Standard18File file(Layout layout) {
    var volume = columns(VOLUME);
    var header = columns(FIRST_HEADER);

    var serial = volume.parse("the submission serial", 5, 10, VolumeSerial::new);
    var user = volume.parse("the service user number", 42, 47, ServiceUserNumber::new);
    var created = header.parse("the creation date", 42, 47, Standard18Reader::date);
    var expires = header.parse("the expiry date", 48, 53, Standard18Reader::date);
    var fileNumber =
        columns(USER_HEADER).parse("the file number", 38, 40, Standard18Reader::number);
    var records = records(layout);
    if (!faults.isEmpty()) return null;

    try {
      return new Standard18File(
          known(serial),
          known(user),
          Math.toIntExact(known(fileNumber)),
          layout,
          known(created),
          known(expires),
          records);
    } catch (IllegalArgumentException e) {
      faults.add(FIRST_HEADER, String.valueOf(e.getMessage()));
      return null;
    }
  }

  /// The records up to the first contra.
  private List<DataRecord> records(Layout layout) {
    var singleDay =
        layout == Layout.SINGLE_DAY
            ? columns(USER_HEADER).parse("the processing day", 5, 10, Standard18Reader::date)
            : null;

    var records = new ArrayList<DataRecord>();
    for (var number = HEADERS + 1; number <= lines.size() - TRAILERS; number++) {
      if (line(number).startsWith("99", 15)) break;

      var columns = columns(number);
      var day =
          layout == Layout.SINGLE_DAY
              ? singleDay
              : columns.parse("the processing day", 101, 106, Standard18Reader::date);
      var each = columns.dataRecord(day);
      if (each != null) records.add(each);
    }
    return records;
  }

  private void compare(List<Line> written) {
    if (written.size() != lines.size()) {
      var firstContra = written.size() - TRAILERS;
      faults.add(
          Math.min(firstContra, lines.size() - TRAILERS) + 1,
          "the file has %d records, where its debits make it %d"
              .formatted(lines.size() - HEADERS - TRAILERS, firstContra - HEADERS));
      return;
    }

    for (var number = 1; number <= lines.size(); number++) {
      for (var difference : written.get(number - 1).differences(line(number))) {
        faults.add(number, difference);
      }
    }
  }

  /// @param number counted from 1
  private String line(int number) {
    return lines.get(number - 1);
  }

  private Columns columns(int number) {
    return new Columns(line(number), number);
  }

  private static Layout layout(String workCode) {
    for (var layout : Layout.values()) {
      if (layout.workCode().equals(workCode)) return layout;
    }
    throw new IllegalArgumentException("A work code is 1 DAILY or 4 MULTI.");
  }

  private static LocalDate date(String text) {
    if (!YEAR_AND_DAY.matcher(text).matches()) throw notADate();

    var year = 2000 + Integer.parseInt(text.substring(1, 3));
    try {
      return LocalDate.ofYearDay(year, Integer.parseInt(text.substring(3)));
    } catch (DateTimeException e) {
      throw notADate();
    }
  }

  private static IllegalArgumentException notADate() {
    return new IllegalArgumentException(
        "A date is a blank, two digits of the year and a day of it.");
  }

  private static long number(String text) {
    if (!DIGITS.matcher(text).matches()) throw new IllegalArgumentException("A number is digits.");

    return Long.parseLong(text);
  }

  private static TransactionCode code(String text) {
    return TransactionCode.find(text)
        .orElseThrow(() -> new IllegalArgumentException("No record of a collector has this code."));
  }

  /// What was read without a fault.
  private static <T> T known(@Nullable T value) {
    if (value == null) throw new IllegalStateException("read without a fault, and yet missing");
    return value;
  }

  /// A line, whose columns are counted from 1.
  private final class Columns {
    private final String line;
    private final int number;

    Columns(String line, int number) {
      this.line = line;
      this.number = number;
    }

    /// Reads columns without the blanks that follow; a fault if the parser refuses them.
    <T> @Nullable T parse(String name, int first, int last, Function<String, T> parser) {
      try {
        return parser.apply(line.substring(first - 1, last).stripTrailing());
      } catch (IllegalArgumentException e) {
        faults.add(number, "%s in columns %d-%d: %s".formatted(name, first, last, e.getMessage()));
        return null;
      }
    }

    @Nullable DataRecord dataRecord(@Nullable LocalDate day) {
      var code = parse("the transaction code", 16, 17, Standard18Reader::code);
      var payer = account("", 1, 7, 83);
      var collector = account("collector's ", 18, 24, 47);
      var amount = parse("the amount", 36, 46, text -> new Pence(number(text)));
      var reference = parse("the reference", 65, 82, MandateReference::new);
      if (day == null
          || code == null
          || payer == null
          || collector == null
          || amount == null
          || reference == null) return null;

      try {
        return new DataRecord(code, payer, collector, amount, reference, day);
      } catch (IllegalArgumentException e) {
        faults.add(number, String.valueOf(e.getMessage()));
        return null;
      }
    }

    private @Nullable BacsAccount account(String whose, int sortCode, int account, int name) {
      var sortCodeRead = parse("the " + whose + "sort code", sortCode, sortCode + 5, SortCode::new);
      var accountRead =
          parse("the " + whose + "account number", account, account + 7, AccountNumber::ofDigits);
      var nameRead = parse("the " + whose + "name", name, name + 17, AccountName::new);
      return sortCodeRead == null || accountRead == null || nameRead == null
          ? null
          : new BacsAccount(sortCodeRead, accountRead, nameRead);
    }
  }
}

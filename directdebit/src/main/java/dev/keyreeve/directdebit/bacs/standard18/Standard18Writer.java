package dev.keyreeve.directdebit.bacs.standard18;

import dev.keyreeve.directdebit.bacs.BacsAccount;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;

/// Writes submissions. Equal files give equal bytes.
///
/// Labels surround the records: `VOL1`, `HDR1`, `HDR2`, `UHL1`, then data, then contra records,
/// then `EOF1`, `EOF2`, `UTL1`. Every line ends with CR and LF, which its width does not count.
public final class Standard18Writer {

  static final String END_OF_LINE = "\r\n";

  /// A blank, the year's last two digits and the day of the year.
  static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("' 'yyDDD");

  private static final String CONTRA = "CONTRA";

  /// The receiver of every submission: Bacs itself.
  private static final String BACS = "999999";

  private Standard18Writer() {}

  public static byte[] write(Standard18File file) {
    var text = new StringBuilder();
    for (var line : lines(file)) text.append(line).append(END_OF_LINE);
    return text.toString().getBytes(StandardCharsets.US_ASCII);
  }

  static List<Line> lines(Standard18File file) {
    var lines = new ArrayList<Line>();
    lines.add(volume(file));
    lines.add(firstHeader("HDR1", file));
    lines.add(secondHeader("HDR2", file));
    lines.add(userHeader(file));
    for (var each : file.records()) lines.add(data(each, file.layout()));
    for (var each : file.contras()) lines.add(contra(each, file.layout()));
    lines.add(firstHeader("EOF1", file));
    lines.add(secondHeader("EOF2", file));
    lines.add(userTrailer(file));
    return lines;
  }

  private static Line volume(Standard18File file) {
    return Line.label("VOL1")
        .put("the submission serial", 5, 10, file.serial().text())
        .put("the service user number", 42, 47, file.serviceUser().digits())
        .put("the label standard", 80, 80, "1");
  }

  private static Line firstHeader(String name, Standard18File file) {
    var user = file.serviceUser().digits();
    return Line.label(name)
        .put("the file identifier", 5, 21, "A" + user + "S  1" + user)
        .put("the submission serial", 22, 27, file.serial().text())
        .put("the section and sequence", 28, 35, "00010001")
        .put("the creation date", 42, 47, DATE.format(file.created()))
        .put("the expiry date", 48, 53, DATE.format(file.expires()))
        .put("the block count", 55, 60, "000000");
  }

  private static Line secondHeader(String name, Standard18File file) {
    return Line.label(name)
        .put("the record format", 5, 5, "F")
        .put("the block length", 6, 10, "02000")
        .put("the record length", 11, 15, file.layout().recordLength())
        .put("the buffer offset", 51, 52, "00");
  }

  private static Line userHeader(Standard18File file) {
    var day =
        switch (file.layout()) {
          case SINGLE_DAY -> DATE.format(file.records().getFirst().processingDay());
          case MULTI_DAY -> "";
        };
    return Line.label("UHL1")
        .put("the processing day", 5, 10, day)
        .put("the receiver", 11, 20, BACS)
        .put("the currency and country", 21, 28, "00000000")
        .put("the work code", 29, 37, file.layout().workCode())
        .put("the file number", 38, 40, file.fileNumber());
  }

  private static Line data(DataRecord each, Layout layout) {
    return record(each.payer(), each.code().code(), each.collector(), each.processingDay(), layout)
        .put("the amount", 36, 46, each.amount().amount())
        .put("the collector's name", 47, 64, each.collector().name().text())
        .put("the reference", 65, 82, each.reference().text())
        .put("the payer's name", 83, 100, each.payer().name().text());
  }

  private static Line contra(Contra contra, Layout layout) {
    var collector = contra.collector();
    return record(collector, "99", collector, contra.processingDay(), layout)
        .put("the contra amount", 36, 46, contra.amount().amount())
        .put("the collector's name", 47, 64, collector.name().text())
        .put("the word CONTRA", 65, 82, CONTRA)
        .put("the account name", 83, 100, collector.name().text());
  }

  /// The columns that debits, instructions and contra records have in common. Account type 0 is the
  /// only one in use.
  private static Line record(
      BacsAccount destination,
      String code,
      BacsAccount collector,
      LocalDate processingDay,
      Layout layout) {
    var line = new Line(layout.recordLength());
    if (layout == Layout.MULTI_DAY) {
      line.put("the processing day", 101, 106, DATE.format(processingDay));
    }
    return line.put("the sort code", 1, 6, destination.sortCode().digits())
        .put("the account number", 7, 14, destination.accountNumber().reveal())
        .put("the account type", 15, 15, "0")
        .put("the transaction code", 16, 17, code)
        .put("the collector's sort code", 18, 23, collector.sortCode().digits())
        .put("the collector's account number", 24, 31, collector.accountNumber().reveal());
  }

  private static Line userTrailer(Standard18File file) {
    return Line.label("UTL1")
        .put("the debit total", 5, 17, file.total().amount())
        .put("the credit total", 18, 30, file.total().amount())
        .put("the debit count", 31, 37, file.debits())
        .put("the credit count", 38, 44, file.contras().size())
        .put("the instruction count", 53, 59, file.instructions());
  }
}

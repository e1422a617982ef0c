package dev.keyreeve.directdebit.rail.bacsfile;

import dev.keyreeve.directdebit.bacs.AccountName;
import dev.keyreeve.directdebit.bacs.BacsAccount;
import dev.keyreeve.directdebit.bacs.MandateReference;
import dev.keyreeve.directdebit.bacs.VolumeSerial;
import dev.keyreeve.directdebit.bacs.calendar.BacsCalendar;
import dev.keyreeve.directdebit.bacs.money.Pence;
import dev.keyreeve.directdebit.bacs.scheme.AuddisReason;
import dev.keyreeve.directdebit.bacs.standard18.DataRecord;
import dev.keyreeve.directdebit.bacs.standard18.Layout;
import dev.keyreeve.directdebit.bacs.standard18.Standard18File;
import dev.keyreeve.directdebit.bacs.standard18.Standard18Writer;
import dev.keyreeve.directdebit.rail.scheme.Batch;
import dev.keyreeve.directdebit.rail.scheme.Item;
import dev.keyreeve.directdebit.rail.scheme.Sealed;
import dev.keyreeve.directdebit.rail.scheme.Sealing;
import dev.keyreeve.directdebit.rail.scheme.Sealing.Unsendable;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// Makes files of a batch: as few as hold it, each a submission with a serial of its own. A file
/// holds at most 250,000 records, and debits of at most 999,999,999.99 pounds, which is what the
/// contra record of an account and day can say.
public final class BacsFiles {
  /// How long a medium with the file is kept, in processing days after the file is processed.
  private static final int EXPIRES_AFTER = 3;

  private final BacsCalendar calendar;
  private final int mostRecords;

  public BacsFiles(BacsCalendar calendar) {
    this(calendar, Standard18File.MAX_RECORDS);
  }

  BacsFiles(BacsCalendar calendar, int mostRecords) {
    this.calendar = calendar;
    this.mostRecords = mostRecords;
  }

  /// An instruction whose payer's name no Bacs record can carry is not sent. A debit under such a
  /// name carries the reference in its place: the bank knows the instruction already.
  public Sealing seal(Batch batch) {
    var unsendable = new ArrayList<Unsendable>();
    var part = new Part();
    var parts = new ArrayList<Part>();
    for (var item : batch.items()) {
      var payer = payer(item);
      if (payer.isEmpty()) {
        unsendable.add(new Unsendable(item, AuddisReason.PAYER_NAME_MISSING));
        continue;
      }
      if (!part.fits(item)) {
        parts.add(part);
        part = new Part();
      }
      part.add(item, record(batch, item, payer.get()));
    }
    if (!part.items.isEmpty()) parts.add(part);

    var sealed = new ArrayList<Sealed>();
    for (var each : parts) {
      sealed.add(each.sealed(batch, batch.submitted() + sealed.size() + 1));
    }
    return new Sealing(sealed, unsendable);
  }

  private static Optional<BacsAccount> payer(Item item) {
    var details = item.payer();
    try {
      return Optional.of(BacsAccount.of(details));
    } catch (IllegalArgumentException unspeakable) {
      return item.code().isDebit()
          ? Optional.of(
              new BacsAccount(
                  details.sortCode(), details.accountNumber(), new AccountName(item.reference())))
          : Optional.empty();
    }
  }

  private static DataRecord record(Batch batch, Item item, BacsAccount payer) {
    return new DataRecord(
        item.code(),
        payer,
        Objects.requireNonNull(batch.collector()),
        item.amount(),
        new MandateReference(item.reference()),
        batch.cycle().processingDay());
  }

  /// What goes into one file.
  private final class Part {
    private final List<Item> items = new ArrayList<>();
    private final List<DataRecord> records = new ArrayList<>();
    private Pence total = Pence.ZERO;

    boolean fits(Item item) {
      return items.size() < mostRecords
          && total.plus(item.amount()).compareTo(DataRecord.MAX_AMOUNT) <= 0;
    }

    void add(Item item, DataRecord record) {
      items.add(item);
      records.add(record);
      total = total.plus(item.amount());
    }

    Sealed sealed(Batch batch, int sequence) {
      var cycle = batch.cycle();
      var serial = VolumeSerial.of(cycle.inputDay(), sequence);
      var file =
          new Standard18File(
              serial,
              batch.user().requireNumber(),
              1,
              Layout.SINGLE_DAY,
              cycle.inputDay(),
              calendar.plus(cycle.processingDay(), EXPIRES_AFTER),
              records);
      return new Sealed(new Sealed.File(serial, Standard18Writer.write(file)), items);
    }
  }
}

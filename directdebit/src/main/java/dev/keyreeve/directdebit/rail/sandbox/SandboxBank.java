package dev.keyreeve.directdebit.rail.sandbox;

import dev.keyreeve.directdebit.bacs.BacsAccount;
import dev.keyreeve.directdebit.bacs.Reading;
import dev.keyreeve.directdebit.bacs.TransactionCode;
import dev.keyreeve.directdebit.bacs.VolumeSerial;
import dev.keyreeve.directdebit.bacs.bankaccount.BankDetails;
import dev.keyreeve.directdebit.bacs.bankreport.Addacs;
import dev.keyreeve.directdebit.bacs.bankreport.Arudd;
import dev.keyreeve.directdebit.bacs.bankreport.Auddis;
import dev.keyreeve.directdebit.bacs.bankreport.Ddica;
import dev.keyreeve.directdebit.bacs.bankreport.InputReport;
import dev.keyreeve.directdebit.bacs.bankreport.NewPayer;
import dev.keyreeve.directdebit.bacs.bankreport.PayerAccount;
import dev.keyreeve.directdebit.bacs.bankreport.ReasonCodes;
import dev.keyreeve.directdebit.bacs.bankreport.RecordType;
import dev.keyreeve.directdebit.bacs.bankreport.Report;
import dev.keyreeve.directdebit.bacs.bankreport.ReportWriter;
import dev.keyreeve.directdebit.bacs.calendar.BacsCalendar;
import dev.keyreeve.directdebit.bacs.money.Pence;
import dev.keyreeve.directdebit.bacs.scheme.AruddReason;
import dev.keyreeve.directdebit.bacs.scheme.AuddisReason;
import dev.keyreeve.directdebit.bacs.scheme.DdicReason;
import dev.keyreeve.directdebit.bacs.standard18.DataRecord;
import dev.keyreeve.directdebit.bacs.standard18.Standard18File;
import dev.keyreeve.directdebit.bacs.standard18.Standard18Reader;
import dev.keyreeve.directdebit.collector.moment.Job;
import dev.keyreeve.directdebit.collector.moment.Moment;
import dev.keyreeve.directdebit.collector.serviceuser.ServiceUser;
import dev.keyreeve.directdebit.collector.serviceuser.ServiceUsers;
import dev.keyreeve.directdebit.rail.reconciliation.Imports;
import dev.keyreeve.directdebit.rail.sandbox.BankBooks.Held;
import dev.keyreeve.directdebit.rail.sandbox.BankBooks.Planned;
import dev.keyreeve.directdebit.rail.sandbox.BankEvent.ClaimRaised;
import dev.keyreeve.directdebit.rail.sandbox.BankEvent.ClaimWithdrawn;
import dev.keyreeve.directdebit.rail.sandbox.BankEvent.DebitReturned;
import dev.keyreeve.directdebit.rail.sandbox.BankEvent.InstructionAmended;
import dev.keyreeve.directdebit.rail.sandbox.BankEvent.InstructionReturned;
import dev.keyreeve.directdebit.rail.sandbox.BankEvent.Quirk;
import dev.keyreeve.platform.cipher.FieldCipher;
import dev.keyreeve.platform.tenancy.Across;
import dev.keyreeve.procedure.json.Json;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// The bank of the sandbox. It reads the bytes of a submission as Bacs would, and what it reports
/// comes back as the bytes of a report, so that a sandbox runs through all that a live rail needs.
///
/// An instruction that it was never told of counts as lodged on paper long ago.
public final class SandboxBank {
  private static final List<String> MORNING = List.of("auddis", "addacs", "arudd", "ddica");
  private static final List<String> NIGHT = List.of("input", "input_error");

  /// A reference that nobody can lodge: it is the bank's own.
  private static final String UNKNOWN_REFERENCE = "NEVER LODGED";

  private static final String FIRST_OF_DAY = "001";

  /// Processing days until the money of a claim is taken from the collector.
  private static final int CLAIM_DEBITED_AFTER = 14;

  private final BankBooks books;
  private final ServiceUsers users;
  private final BacsCalendar calendar;

  public SandboxBank(FieldCipher cipher, ServiceUsers users, BacsCalendar calendar) {
    this.books = new BankBooks(cipher);
    this.users = users;
    this.calendar = calendar;
  }

  /// Takes a file in, and plans what there will be to report of it.
  void take(Handle handle, ServiceUser user, byte[] bytes) {
    var file =
        switch (Standard18Reader.read(bytes)) {
          case Reading.Read<Standard18File>(var read) -> read;
          case Reading.Refused<Standard18File>(var faults) ->
              throw new IllegalStateException("the bank cannot read a submission: " + faults);
        };
    var references =
        file.records().stream().map(each -> each.reference().text()).distinct().toList();
    var held = new LinkedHashMap<String, Held>(books.held(handle, user.id(), references));
    var volume = BankBooks.volume(handle, user.id()).orElse(null);
    var planned = new ArrayList<Planned>();
    planned.add(new Planned(calendar.previous(processingDay(file)), "input", summary(file)));
    for (var record : file.records()) {
      var reference = record.reference().text();
      for (var report : reports(record, held, volume)) {
        var entry = entry(file, record, report.what());
        planned.add(new Planned(dueOn(entry, report), entry.kind(), entry.text()));
      }
      held.put(reference, next(record, held.get(reference)));
    }
    books.put(handle, user.id(), held.values());
    books.plan(handle, user.id(), planned);
  }

  private List<PlannedReport> reports(
      DataRecord record, Map<String, Held> held, @Nullable Volume volume) {
    var known = held.get(record.reference().text());
    return switch (record.code()) {
      case CANCELLED_INSTRUCTION -> List.of();
      case NEW_INSTRUCTION, CONVERTED_INSTRUCTION -> {
        var script = SandboxScript.of(record.payer().sortCode());
        yield script.isEmpty() ? noAccount() : script.get().forInstruction(details(record.payer()));
      }
      case FIRST_COLLECTION, REGULAR_COLLECTION, FINAL_COLLECTION, REPRESENTATION ->
          forDebit(record, known, volume);
    };
  }

  private List<PlannedReport> forDebit(
      DataRecord record, @Nullable Held known, @Nullable Volume volume) {
    if (known != null && known.cancelled()) return returned(AruddReason.CANCELLED_BY_PAYER);

    var script = SandboxScript.of(record.payer().sortCode());
    if (script.isEmpty()) return returned(AruddReason.NO_ACCOUNT);
    if (volume != null && script.get() == SandboxScript.PAYS) {
      return volume.forDebit(record.reference().text(), calendar.next(record.processingDay()));
    }
    boolean again = record.code() == TransactionCode.REPRESENTATION;
    int asked = known == null ? 0 : known.debits();
    var attempt = new SandboxScript.Attempt(again ? Math.max(1, asked) : asked + 1, again ? 2 : 1);
    return script.get().forDebit(record.amount(), attempt);
  }

  private static List<PlannedReport> returned(AruddReason reason) {
    return List.of(new PlannedReport(4, new DebitReturned(reason, Quirk.NONE)));
  }

  private static List<PlannedReport> noAccount() {
    return List.of(new PlannedReport(4, new InstructionReturned(AuddisReason.NO_ACCOUNT)));
  }

  /// What the bank holds once it has taken in a record.
  private static Held next(DataRecord record, @Nullable Held known) {
    var reference = record.reference().text();
    var account = details(record.payer());
    var now = known == null ? new Held(reference, account, 0, false) : known;
    return switch (record.code()) {
      case NEW_INSTRUCTION, CONVERTED_INSTRUCTION -> now.at(account).cancelled(false);
      case CANCELLED_INSTRUCTION -> now.cancelled(true);
      case FIRST_COLLECTION, REGULAR_COLLECTION, FINAL_COLLECTION -> now.asked();
      case REPRESENTATION -> now;
    };
  }

  private static BankDetails details(BacsAccount account) {
    return new BankDetails(account.sortCode(), account.accountNumber(), account.name().text());
  }

  private BankEntry entry(Standard18File file, DataRecord record, BankEvent what) {
    return new BankEntry(
        file.serial().text(),
        record.code(),
        record.reference().text(),
        details(record.payer()),
        record.amount(),
        record.processingDay(),
        calendar.next(record.processingDay()),
        what);
  }

  /// Day 1 of the cycle is the processing day before the processing day.
  private LocalDate dueOn(BankEntry entry, PlannedReport report) {
    var inputDay = calendar.previous(entry.processingDay());
    return calendar.plus(inputDay, report.day() - 1);
  }

  private static LocalDate processingDay(Standard18File file) {
    return file.records().getFirst().processingDay();
  }

  private static String summary(Standard18File file) {
    return Json.object()
        .put("serial", file.serial().text())
        .put("processingDay", processingDay(file).toString())
        .put("debits", file.debits())
        .put("total", file.total().amount())
        .put("contras", file.contras().size())
        .toString();
  }

  /// The morning's reports: what is due is written, and imported.
  public Job reports(Imports imports) {
    return (moment, user, across) -> {
      if (user.isSandbox()) report(moment, user, across, imports);
    };
  }

  /// The night's input reports.
  public Job input(Imports imports) {
    return (moment, user, across) -> {
      if (user.isSandbox()) reportInput(moment, user, across, imports);
    };
  }

  private void report(Moment moment, ServiceUser user, Across across, Imports imports) {
    var handle = across.handle();
    var entries =
        books.tell(handle, user.id(), moment.day(), MORNING, across.now()).stream()
            .map(planned -> BankEntry.read(planned.what()))
            .toList();
    if (entries.isEmpty()) return;

    change(handle, user, entries);
    for (var kind : MORNING) {
      var told = entries.stream().filter(entry -> entry.kind().equals(kind)).toList();
      if (told.isEmpty()) continue;

      var bytes = ReportWriter.write(write(across, user, moment.day(), kind, told));
      imports.take(across, user, bytes);
      if (told.stream().anyMatch(SandboxBank::comesTwice)) imports.take(across, user, bytes);
    }
  }

  private static boolean comesTwice(BankEntry entry) {
    return entry.what() instanceof DebitReturned(_, var quirk) && quirk == Quirk.DELIVERED_TWICE;
  }

  /// What the bank tells of an instruction is so in its books from that day on.
  void change(Handle handle, ServiceUser user, List<BankEntry> entries) {
    var references = entries.stream().map(BankEntry::reference).distinct().toList();
    var held = books.held(handle, user.id(), references);
    for (var entry : entries) {
      held.computeIfPresent(entry.reference(), (_, known) -> after(known, entry.what()));
    }
    books.put(handle, user.id(), held.values());
  }

  private static Held after(Held known, BankEvent what) {
    return switch (what) {
      case InstructionReturned _ -> known.cancelled(true);
      case InstructionAmended(var reason, var newAccount) -> {
        var moved =
            newAccount == null
                ? known
                : known.at(
                    new BankDetails(
                        newAccount.sortCode(),
                        newAccount.accountNumber(),
                        known.account().accountHolderName()));
        yield switch (reason) {
          case REFER_TO_PAYER, CANCELLED_BY_PAYER, PAYER_DECEASED, ACCOUNT_CLOSED ->
              moved.cancelled(true);
          case REINSTATED -> moved.cancelled(false);
          case ACCOUNT_TRANSFERRED, BRANCH_CHANGED, NOTICE_DISPUTED, INSTRUCTION_AMENDED -> moved;
        };
      }
      case DebitReturned(var reason, _) when endsInstruction(reason) -> known.cancelled(true);
      case DebitReturned _, BankEvent.DebitRejected _, ClaimRaised _, ClaimWithdrawn _ -> known;
    };
  }

  private static boolean endsInstruction(AruddReason reason) {
    return reason == AruddReason.CANCELLED_BY_PAYER;
  }

  /// One report of a kind.
  Report write(
      Across across, ServiceUser user, LocalDate today, String kind, List<BankEntry> entries) {
    var number = user.requireNumber();
    return switch (kind) {
      case "auddis" ->
          new Auddis(
              number,
              today,
              List.of(),
              entries.stream().map(entry -> returned(user, entry)).toList(),
              List.of());
      case "addacs" ->
          new Addacs(
              number, today, entries.stream().map(entry -> amended(user, today, entry)).toList());
      case "arudd" -> {
        var account = users.account(across.handle(), user);
        yield new Arudd(
            number,
            FIRST_OF_DAY,
            today,
            List.of(
                new Arudd.AccountReturns(
                    account.sortCode(),
                    account.accountNumber(),
                    entries.stream().map(SandboxBank::returned).toList())));
      }
      case "ddica" -> ddica(user, today, entries);
      case String other -> throw new IllegalArgumentException("no report of the morning: " + other);
    };
  }

  private static Auddis.ReturnedInstruction returned(ServiceUser user, BankEntry entry) {
    var what = (InstructionReturned) entry.what();
    return new Auddis.ReturnedInstruction(
        user.requireNumber(),
        RecordType.NEW_RETURNED,
        entry.reference(),
        entry.code(),
        ReasonCodes.print(what.reason()),
        entry.entryDay(),
        account(entry.payer()));
  }

  private static Addacs.AmendedInstruction amended(
      ServiceUser user, LocalDate today, BankEntry entry) {
    var what = (InstructionAmended) entry.what();
    var newAccount = what.newAccount();
    return new Addacs.AmendedInstruction(
        user.requireNumber(),
        entry.reference(),
        ReasonCodes.print(what.reason()),
        today,
        account(entry.payer()),
        newAccount == null
            ? NewPayer.NONE
            : NewPayer.of(newAccount.sortCode(), newAccount.accountNumber()));
  }

  private static Arudd.ReturnedDebit returned(BankEntry entry) {
    var what = (DebitReturned) entry.what();
    var description = ReasonCodes.describe(what.reason());
    return new Arudd.ReturnedDebit(
        what.quirk() == Quirk.UNKNOWN_REFERENCE ? UNKNOWN_REFERENCE : entry.reference(),
        entry.code(),
        what.quirk() == Quirk.FOUR_DIGIT_CODE ? "1012" : ReasonCodes.print(what.reason()),
        description,
        entry.processingDay(),
        entry.amount(),
        account(entry.payer()));
  }

  private Ddica ddica(ServiceUser user, LocalDate today, List<BankEntry> entries) {
    var raised = new ArrayList<Ddica.Claim>();
    var withdrawn = new ArrayList<Ddica.Claim>();
    for (var entry : entries) {
      switch (entry.what()) {
        case ClaimRaised(var reason) -> raised.add(claim(raised.size() + 1, entry, reason));
        case ClaimWithdrawn(var reason) ->
            withdrawn.add(claim(withdrawn.size() + 1, entry, reason));
        case InstructionReturned _,
            InstructionAmended _,
            BankEvent.DebitRejected _,
            DebitReturned _ ->
            throw new IllegalArgumentException("no claim: " + entry.kind());
      }
    }
    return new Ddica(
        user.requireNumber(),
        raised.isEmpty() ? null : calendar.plus(today, CLAIM_DEBITED_AFTER),
        raised,
        withdrawn);
  }

  private static Ddica.Claim claim(int sequence, BankEntry entry, DdicReason reason) {
    return new Ddica.Claim(
        sequence,
        "CLM" + entry.serial() + "/" + entry.reference(),
        entry.reference(),
        ReasonCodes.print(reason),
        ReasonCodes.describe(reason),
        account(entry.payer()),
        List.of(new Ddica.ClaimedDebit(entry.entryDay(), entry.amount())));
  }

  private static PayerAccount account(BankDetails details) {
    return new PayerAccount(
        details.sortCode(), details.accountNumber(), details.accountHolderName());
  }

  private void reportInput(Moment moment, ServiceUser user, Across across, Imports imports) {
    var planned = books.tell(across.handle(), user.id(), moment.day(), NIGHT, across.now());
    var errors =
        planned.stream()
            .filter(each -> each.kind().equals("input_error"))
            .map(each -> BankEntry.read(each.what()))
            .toList();
    for (var each : planned) {
      if (each.kind().equals("input")) {
        imports.take(across, user, ReportWriter.write(inputReport(user, each.what(), errors)));
      }
    }
  }

  private static InputReport inputReport(
      ServiceUser user, String summary, List<BankEntry> allErrors) {
    var file = Json.read(summary);
    var serial = file.path("serial").asText();
    var errors =
        allErrors.stream()
            .filter(entry -> entry.serial().equals(serial))
            .map(SandboxBank::rejected)
            .toList();
    var rejected = Pence.sum(errors.stream().map(InputReport.RecordError::amount));
    var accepted = new Pence(file.path("total").asLong() - rejected.amount());
    return new InputReport(
        LocalDate.parse(file.path("processingDay").asText()),
        new VolumeSerial(serial),
        List.of(
            new InputReport.UserFile(
                user.requireNumber(),
                1,
                new InputReport.Tally(
                    file.path("debits").asInt() - errors.size(), accepted, errors.size(), rejected),
                new InputReport.Tally(file.path("contras").asInt(), accepted, 0, Pence.ZERO),
                errors)));
  }

  private static InputReport.RecordError rejected(BankEntry entry) {
    return new InputReport.RecordError(
        InputReport.Outcome.REJECTED,
        entry.reference(),
        entry.code(),
        entry.amount(),
        account(entry.payer()),
        "INVALID DESTINATION SORTING CODE/ACCOUNT");
  }
}

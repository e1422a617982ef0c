package dev.keyreeve.directdebit.bacs.bankreport;

import dev.keyreeve.directdebit.bacs.Faults;
import dev.keyreeve.directdebit.bacs.Reading;
import dev.keyreeve.directdebit.bacs.ServiceUserNumber;
import dev.keyreeve.directdebit.bacs.TransactionCode;
import dev.keyreeve.directdebit.bacs.VolumeSerial;
import dev.keyreeve.directdebit.bacs.bankaccount.AccountNumber;
import dev.keyreeve.directdebit.bacs.bankaccount.SortCode;
import dev.keyreeve.directdebit.bacs.bankreport.Addacs.AmendedInstruction;
import dev.keyreeve.directdebit.bacs.bankreport.Arudd.AccountReturns;
import dev.keyreeve.directdebit.bacs.bankreport.Arudd.ReturnedDebit;
import dev.keyreeve.directdebit.bacs.bankreport.Auddis.FileAdvice;
import dev.keyreeve.directdebit.bacs.bankreport.Auddis.ReturnedInstruction;
import dev.keyreeve.directdebit.bacs.bankreport.Ddica.Claim;
import dev.keyreeve.directdebit.bacs.bankreport.Ddica.ClaimedDebit;
import dev.keyreeve.directdebit.bacs.bankreport.InputReport.Outcome;
import dev.keyreeve.directdebit.bacs.bankreport.InputReport.RecordError;
import dev.keyreeve.directdebit.bacs.bankreport.InputReport.Tally;
import dev.keyreeve.directdebit.bacs.bankreport.InputReport.UserFile;
import dev.keyreeve.directdebit.bacs.money.Pence;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Reads reports. A report is read whole or refused with all its faults; that a code is unknown is
/// none, since a person can still look into it. Elements and attributes that say nothing of
/// interest are skipped.
///
/// The names are those of the reports that banks send; where an amount or a count is said twice,
/// both have to agree.
public final class ReportReader {

  private static final Pattern COUNT = Pattern.compile("[0-9]{1,9}");

  private ReportReader() {}

  public static Reading<Report> read(byte[] bytes) {
    var faults = new Faults();
    var report = XmlFile.read(bytes, faults).flatMap(ReportReader::report);
    if (!faults.isEmpty()) return faults.refusal();

    return report
        .<Reading<Report>>map(Reading.Read::new)
        .orElseThrow(() -> new IllegalStateException("neither a report nor a fault"));
  }

  private static Optional<? extends Report> report(Element root) {
    return switch (root.name()) {
      case "BACSDocument" -> bacsReport(root.require("Data"));
      case "VocaDocument" -> ddica(root.require("Data/Document"));
      default -> unknown(root);
    };
  }

  private static Optional<? extends Report> bacsReport(Element data) {
    if (data.children().size() != 1) return unknown(data);

    var report = data.children().getFirst();
    return switch (report.name()) {
      case "ARUDD" -> arudd(report);
      case "MessagingAdvices" -> messagingAdvices(report);
      case "InputReport" -> inputReport(report);
      default -> unknown(report);
    };
  }

  private static Optional<Report> unknown(Element element) {
    element.fault("is not a report that is known here");
    return Optional.empty();
  }

  private static Optional<Arudd> arudd(Element report) {
    var header = report.require("Header");
    var number = header.attribute("adviceNumber", Words::ofOneLine);
    var day = header.attribute("currentProcessingDate", LocalDate::parse);
    var user =
        report
            .require("ServiceLicenseInformation")
            .attribute("userNumber", ServiceUserNumber::parse);
    var accounts =
        parts(
            report.findAll("Advice/OriginatingAccountRecords/OriginatingAccountRecord"),
            ReportReader::accountReturns);

    return report.build(() -> new Arudd(user.get(), number.get(), day.get(), accounts));
  }

  private static Optional<AccountReturns> accountReturns(Element account) {
    var collector = account.require("OriginatingAccount");
    var sortCode = collector.attribute("sortCode", SortCode::parse);
    var accountNumber = collector.attribute("number", AccountNumber::ofDigits);
    var debits = parts(account.findAll("ReturnedDebitItem"), ReportReader::returnedDebit);
    var totals = account.require("Totals");
    var count = totals.attribute("numberOf", ReportReader::count);
    var total = totals.attribute("valueOf", Pence::parse);

    return account.build(
        () -> {
          var returns = new AccountReturns(sortCode.get(), accountNumber.get(), debits);
          agree("numberOf", count.get(), debits.size());
          agree("valueOf", total.get(), returns.total());
          return returns;
        });
  }

  private static Optional<ReturnedDebit> returnedDebit(Element item) {
    var reference = item.attribute("ref", Words::ofOneLine);
    var transactionCode = item.attribute("transCode", ReportReader::returnedCode);
    var code = item.attribute("returnCode", Words::ofOneLine);
    var description = item.optionalAttribute("returnDescription", Words::ofOneLine);
    var day = item.attribute("originalProcessingDate", LocalDate::parse);
    var amount = item.attribute("valueOf", Pence::parse);
    item.expect("currency", "GBP");
    var payer = item.find("PayerAccount").map(each -> account(each, "sortCode", "number", "name"));

    return item.build(
        () ->
            new ReturnedDebit(
                reference.get(),
                transactionCode.get(),
                code.get(),
                orBlank(description.get()),
                day.get(),
                amount.get(),
                payer.map(Supplier::get).orElse(null)));
  }

  /// A record of a type that is not known is kept as such, and the others are read.
  private static Optional<? extends Report> messagingAdvices(Element report) {
    var types = report.findAll("MessagingAdvice").stream().map(ReportReader::typeOf).toList();
    if (types.contains(RecordType.AMENDMENT)) {
      if (types.stream().noneMatch(RecordType::isOfAuddis)) return addacs(report);
    } else if (!types.isEmpty()) {
      return auddis(report);
    }
    report.fault("is neither an AUDDIS nor an ADDACS report");
    return Optional.empty();
  }

  private static RecordType typeOf(Element advice) {
    return RecordType.of(advice.words("record-type"));
  }

  private static Optional<Auddis> auddis(Element report) {
    var user = messagingUser(report);
    var generatedOn = generatedOn(report);
    var files =
        parts(
            advices(report, type -> type == RecordType.ACCEPTED || type == RecordType.REJECTED),
            ReportReader::fileAdvice);
    var returned = parts(advices(report, RecordType::isReturn), ReportReader::returnedInstruction);
    var errors =
        parts(
            report.findAll("MessagingError"),
            error -> error.build(error.attribute("line1", Words::ofOneLine)));
    var unknown = unknownAdvices(report);

    return report.build(
        () -> new Auddis(user.get(), generatedOn.get(), files, returned, errors, unknown));
  }

  private static List<UnknownAdvice> unknownAdvices(Element report) {
    return parts(advices(report, type -> type == RecordType.UNKNOWN), ReportReader::unknownAdvice);
  }

  /// What it names is read as far as it is there.
  private static Optional<UnknownAdvice> unknownAdvice(Element advice) {
    return advice.build(
        () ->
            new UnknownAdvice(
                advice.words("record-type"),
                advice.words("reference"),
                advice.words("reason-code"),
                advice.words("effective-date")));
  }

  private static Optional<FileAdvice> fileAdvice(Element advice) {
    var user = advice.attribute("user-number", ServiceUserNumber::parse);
    var serial = advice.attribute("vol-serial-number", VolumeSerial::new);
    var fileNumber = advice.attribute("originator-file-number", ReportReader::count);
    var type = advice.attribute("record-type", RecordType::of);
    advice.expect("file-type", "LIVE");
    var accepted = advice.attribute("accepted-ddi", ReportReader::count);
    var rejected = advice.attribute("rejected-ddi", ReportReader::count);

    return advice.build(
        () ->
            new FileAdvice(
                user.get(),
                serial.get(),
                fileNumber.get(),
                type.get() == RecordType.ACCEPTED,
                accepted.get(),
                rejected.get()));
  }

  private static Optional<ReturnedInstruction> returnedInstruction(Element advice) {
    var user = advice.attribute("user-number", ServiceUserNumber::parse);
    var type = advice.attribute("record-type", RecordType::of);
    var reference = advice.attribute("reference", Words::ofOneLine);
    var transactionCode = advice.optionalAttribute("transaction-code", ReportReader::code);
    var code = advice.attribute("reason-code", Words::ofOneLine);
    var effective = advice.attribute("effective-date", LocalDate::parse);
    var payer = messagingPayer(advice);
    var newPayer = newPayer(advice);

    return advice.build(
        () ->
            new ReturnedInstruction(
                user.get(),
                type.get(),
                reference.get(),
                transactionCode.get(),
                code.get(),
                effective.get(),
                payer.get(),
                newPayer.get()));
  }

  private static Optional<Addacs> addacs(Element report) {
    var user = messagingUser(report);
    var generatedOn = generatedOn(report);
    var amended =
        parts(
            advices(report, type -> type == RecordType.AMENDMENT),
            ReportReader::amendedInstruction);
    var unknown = unknownAdvices(report);

    return report.build(() -> new Addacs(user.get(), generatedOn.get(), amended, unknown));
  }

  private static Optional<AmendedInstruction> amendedInstruction(Element advice) {
    var user = advice.attribute("user-number", ServiceUserNumber::parse);
    var reference = advice.attribute("reference", Words::ofOneLine);
    var code = advice.attribute("reason-code", Words::ofOneLine);
    var effective = advice.attribute("effective-date", LocalDate::parse);
    var payer = messagingPayer(advice);
    var newPayer = newPayer(advice);

    return advice.build(
        () ->
            new AmendedInstruction(
                user.get(),
                reference.get(),
                code.get(),
                effective.get(),
                payer.get(),
                newPayer.get()));
  }

  private static Supplier<ServiceUserNumber> messagingUser(Element report) {
    return report.require("MessagingHeader").attribute("user-number", ServiceUserNumber::parse);
  }

  private static Supplier<@Nullable LocalDate> generatedOn(Element report) {
    var header = report.find("Header");
    if (header.isEmpty()) return () -> null;

    return header.get().optionalAttribute("report-generation-date", LocalDate::parse);
  }

  /// The account that was lodged; null where it is missing.
  private static Supplier<@Nullable PayerAccount> messagingPayer(Element advice) {
    return account(advice, "payer-sort-code", "payer-account-number", "payer-name");
  }

  /// What cannot be read here is no fault of the report: a person has to see it, and the rest of
  /// the report is to be done.
  private static Supplier<NewPayer> newPayer(Element advice) {
    var sortCode = advice.optionalAttribute("payer-new-sort-code", String::strip);
    var number = advice.optionalAttribute("payer-new-account-number", String::strip);
    return () -> new NewPayer(sortCode.get(), number.get());
  }

  private static List<Element> advices(Element report, Predicate<RecordType> types) {
    return report.findAll("MessagingAdvice").stream()
        .filter(advice -> types.test(typeOf(advice)))
        .toList();
  }

  private static Optional<Ddica> ddica(Element document) {
    var user = document.text("ServiceUserNumber", ServiceUserNumber::parse);
    var raised = parts(document.findAll("NewAdvices/DDICAdvice"), ReportReader::claim);
    var withdrawn = parts(document.findAll("Cancellations/DDICCancellation"), ReportReader::claim);
    var debitDay = document.optionalText("NewAdvices/DateOfDebit", LocalDate::parse);
    var raisedTotal = document.optionalText("NewAdvices/TotalValueOfDebits", Pence::parse);
    var withdrawnTotal =
        document.optionalText("Cancellations/TotalValueOfCancellations", Pence::parse);

    return document.build(
        () -> {
          agree("TotalValueOfDebits", raisedTotal.get(), raised);
          agree("TotalValueOfCancellations", withdrawnTotal.get(), withdrawn);
          return new Ddica(user.get(), debitDay.get(), raised, withdrawn);
        });
  }

  private static Optional<Claim> claim(Element claim) {
    var sequence = claim.text("SeqNo", ReportReader::count);
    var bankReference = claim.text("PayingBankReference", Words::ofOneLine);
    var reference = claim.text("SUReference", Words::ofOneLine);
    var code = claim.text("ReasonCode", Words::ofOneLine);
    var meaning = claim.optionalText("ReasonCodeMeaning", Words::ofOneLine);
    var payer = claimant(claim);
    var total = claim.text("TotalAmount", Pence::parse);
    var debits = parts(claim.require("DDCollections").children(), ReportReader::claimedDebit);

    return claim.build(
        () -> {
          var read =
              new Claim(
                  sequence.get(),
                  bankReference.get(),
                  reference.get(),
                  code.get(),
                  orBlank(meaning.get()),
                  payer.get(),
                  debits);
          agree("TotalAmount", total.get(), read.total());
          return read;
        });
  }

  private static Supplier<@Nullable PayerAccount> claimant(Element claim) {
    return account(
        claim.optionalText("PayerSortCode", SortCode::parse),
        claim.optionalText("PayerAccount", AccountNumber::ofDigits),
        claim.optionalText("PayerName", Words::ofOneLine));
  }

  private static Optional<ClaimedDebit> claimedDebit(Element debit) {
    var debitedOn = debit.text("DateOfDirectDebit", LocalDate::parse);
    var amount = debit.text("Amount", Pence::parse);

    return debit.build(() -> new ClaimedDebit(debitedOn.get(), amount.get()));
  }

  private static Optional<InputReport> inputReport(Element report) {
    var day = report.require("Header/ProcessingDate").attribute("date", LocalDate::parse);
    var serial =
        report
            .require("Submission/SubmissionInformation")
            .attribute("volumeSerialNumber", VolumeSerial::new);
    var files = parts(report.findAll("Submission/UserFile/InputUserFile"), ReportReader::userFile);

    return report.build(() -> new InputReport(day.get(), serial.get(), files));
  }

  private static Optional<UserFile> userFile(Element file) {
    var information = file.require("UserFileInformation");
    var user = information.attribute("userNumber", ServiceUserNumber::parse);
    var number = information.attribute("userFileNumber", ReportReader::count);
    var accounts = file.findAll("InputReportSummary/AccountTotals/AccountTotal");
    var debits = tallies(accounts, "DebitEntry");
    var credits = tallies(accounts, "CreditEntry");
    var errors = parts(file.findAll("Errors/Error"), ReportReader::recordError);
    var counts = file.find("TotalNumberOfErrors");
    var amended = counts.map(each -> each.attribute("amendedRecords", ReportReader::count));
    var returned = counts.map(each -> each.attribute("returnedRecords", ReportReader::count));
    var rejected = counts.map(each -> each.attribute("rejectedRecords", ReportReader::count));

    return file.build(
        () -> {
          var read = new UserFile(user.get(), number.get(), sum(debits), sum(credits), errors);
          amended.ifPresent(said -> agree("amendedRecords", said, read, Outcome.AMENDED));
          returned.ifPresent(said -> agree("returnedRecords", said, read, Outcome.RETURNED));
          rejected.ifPresent(said -> agree("rejectedRecords", said, read, Outcome.REJECTED));
          return read;
        });
  }

  private static List<Tally> tallies(List<Element> accounts, String entry) {
    return parts(
        accounts.stream().flatMap(account -> account.findAll(entry).stream()).toList(),
        ReportReader::tally);
  }

  private static Tally sum(List<Tally> tallies) {
    return tallies.stream().reduce(Tally.NONE, Tally::plus);
  }

  private static Optional<Tally> tally(Element entry) {
    var accepted = entry.require("AcceptedRecords");
    var acceptedCount = accepted.attribute("numberOf", ReportReader::count);
    var acceptedValue = accepted.attribute("valueOf", Pence::parse);
    var rejected = entry.require("RejectedRecords");
    var rejectedCount = rejected.attribute("numberOf", ReportReader::count);
    var rejectedValue = rejected.attribute("valueOf", Pence::parse);

    return entry.build(
        () ->
            new Tally(
                acceptedCount.get(),
                acceptedValue.get(),
                rejectedCount.get(),
                rejectedValue.get()));
  }

  private static Optional<RecordError> recordError(Element error) {
    var item = error.require("ErrorItem");
    var reference = item.attribute("reference", Words::ofOneLine);
    var code = item.optionalAttribute("transCode", ReportReader::code);
    var amount = item.attribute("valueOf", Pence::parse);
    var payer =
        item.find("DestinationAccount").map(each -> account(each, "sortCode", "number", "name"));
    var message = error.require("ErrorMessage");
    var outcome = message.attribute("type", ReportReader::outcome);
    var words = message.ownText(Words::ofOneLine);

    return error.build(
        () ->
            new RecordError(
                outcome.get(),
                reference.get(),
                code.get(),
                amount.get(),
                payer.map(Supplier::get).orElse(null),
                words.get()));
  }

  /// An account by three attributes; null unless the report gives both sort code and number.
  private static Supplier<@Nullable PayerAccount> account(
      Element element, String sortCode, String number, String name) {
    return account(
        element.optionalAttribute(sortCode, SortCode::parse),
        element.optionalAttribute(number, AccountNumber::ofDigits),
        element.optionalAttribute(name, Words::ofOneLine));
  }

  private static Supplier<@Nullable PayerAccount> account(
      Supplier<@Nullable SortCode> sortCode,
      Supplier<@Nullable AccountNumber> number,
      Supplier<@Nullable String> name) {
    return () -> {
      var branch = sortCode.get();
      var account = number.get();
      return branch == null || account == null
          ? null
          : new PayerAccount(branch, account, name.get());
    };
  }

  private static <T> List<T> parts(List<Element> elements, Function<Element, Optional<T>> reader) {
    return elements.stream().map(reader).flatMap(Optional::stream).toList();
  }

  private static void agree(String name, Supplier<Integer> said, UserFile read, Outcome outcome) {
    agree(name, said.get(), read.count(outcome));
  }

  private static void agree(String name, @Nullable Pence said, List<Claim> read) {
    if (said != null) agree(name, said, Pence.sum(read.stream().map(Claim::total)));
  }

  private static void agree(String name, Object said, Object read) {
    if (!said.equals(read)) {
      throw new IllegalArgumentException(name + " is " + said + ", where its parts make " + read);
    }
  }

  private static String orBlank(@Nullable String text) {
    return text == null ? "" : text;
  }

  private static Integer count(String text) {
    if (!COUNT.matcher(text).matches()) throw new IllegalArgumentException("A count is digits.");
    return Integer.valueOf(text);
  }

  private static TransactionCode code(String text) {
    return TransactionCode.find(text).orElseThrow(ReportReader::unknownCode);
  }

  private static TransactionCode returnedCode(String text) {
    return TransactionCode.findReturned(text).orElseThrow(ReportReader::unknownCode);
  }

  private static IllegalArgumentException unknownCode() {
    return new IllegalArgumentException("No record of a collector has this code.");
  }

  private static Outcome outcome(String text) {
    return Stream.of(Outcome.values())
        .filter(each -> each.name().equals(text))
        .findAny()
        .orElseThrow(() -> new IllegalArgumentException("It is AMENDED, RETURNED or REJECTED."));
  }
}

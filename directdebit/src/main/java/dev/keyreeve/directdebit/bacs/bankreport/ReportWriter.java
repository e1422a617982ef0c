package dev.keyreeve.directdebit.bacs.bankreport;

import dev.keyreeve.directdebit.bacs.TransactionCode;
import dev.keyreeve.directdebit.bacs.bankreport.Addacs.AmendedInstruction;
import dev.keyreeve.directdebit.bacs.bankreport.Arudd.AccountReturns;
import dev.keyreeve.directdebit.bacs.bankreport.Arudd.ReturnedDebit;
import dev.keyreeve.directdebit.bacs.bankreport.Auddis.FileAdvice;
import dev.keyreeve.directdebit.bacs.bankreport.Auddis.ReturnedInstruction;
import dev.keyreeve.directdebit.bacs.bankreport.Ddica.Claim;
import dev.keyreeve.directdebit.bacs.bankreport.InputReport.Outcome;
import dev.keyreeve.directdebit.bacs.bankreport.InputReport.RecordError;
import dev.keyreeve.directdebit.bacs.bankreport.InputReport.Tally;
import dev.keyreeve.directdebit.bacs.bankreport.InputReport.UserFile;
import dev.keyreeve.directdebit.bacs.money.Pence;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Writes reports, as the sandbox bank sends them. What it writes [ReportReader] reads back. Equal
/// reports give equal bytes.
public final class ReportWriter {

  private ReportWriter() {}

  public static byte[] write(Report report) {
    var xml = new XmlText();
    switch (report) {
      case Arudd arudd -> write(arudd, xml);
      case Auddis auddis -> write(auddis, xml);
      case Addacs addacs -> write(addacs, xml);
      case Ddica ddica -> write(ddica, xml);
      case InputReport input -> write(input, xml);
    }
    return xml.bytes();
  }

  private static void write(Arudd report, XmlText xml) {
    xml.open("BACSDocument").open("Data").open("ARUDD");
    xml.empty(
        "Header",
        "adviceNumber",
        report.adviceNumber(),
        "currentProcessingDate",
        report.processingDay().toString());
    xml.empty("ServiceLicenseInformation", "userNumber", report.serviceUser().digits());
    xml.open("Advice").open("OriginatingAccountRecords");
    for (var account : report.accounts()) write(account, xml);
    xml.close().close().close().close().close();
  }

  private static void write(AccountReturns account, XmlText xml) {
    xml.open("OriginatingAccountRecord");
    xml.empty(
        "OriginatingAccount",
        "sortCode",
        account.sortCode().toString(),
        "number",
        account.accountNumber().reveal());
    for (var debit : account.debits()) write(debit, xml);
    xml.empty(
        "Totals",
        "numberOf",
        Integer.toString(account.debits().size()),
        "valueOf",
        account.total().toString(),
        "currency",
        "GBP");
    xml.close();
  }

  private static void write(ReturnedDebit debit, XmlText xml) {
    xml.open(
        "ReturnedDebitItem",
        "ref",
        debit.reference(),
        "transCode",
        debit.transactionCode().code(),
        "returnCode",
        debit.code(),
        "returnDescription",
        debit.description(),
        "originalProcessingDate",
        debit.originalProcessingDay().toString(),
        "valueOf",
        debit.amount().toString(),
        "currency",
        "GBP");
    write("PayerAccount", debit.payer(), xml);
    xml.close();
  }

  private static void write(String element, @Nullable PayerAccount account, XmlText xml) {
    if (account == null) return;

    xml.empty(
        element,
        "sortCode",
        account.sortCode().toString(),
        "number",
        account.accountNumber().reveal(),
        "name",
        account.name());
  }

  private static void write(Auddis report, XmlText xml) {
    openMessages(report.serviceUser().digits(), report.generatedOn(), xml);
    for (var file : report.files()) write(file, xml);
    for (var returned : report.returned()) write(returned, xml);
    for (var unknown : report.unknown()) write(unknown, xml);
    for (var error : report.errors()) xml.empty("MessagingError", "line1", error);
    xml.close().close().close();
  }

  private static void write(UnknownAdvice unknown, XmlText xml) {
    xml.empty(
        "MessagingAdvice",
        "record-type",
        unknown.type(),
        "reason-code",
        unknown.code(),
        "reference",
        unknown.reference(),
        "effective-date",
        unknown.effectiveDate());
  }

  private static void write(FileAdvice file, XmlText xml) {
    var type = file.accepted() ? RecordType.ACCEPTED : RecordType.REJECTED;
    xml.empty(
        "MessagingAdvice",
        "user-number",
        file.serviceUser().digits(),
        "record-type",
        type.letter,
        "vol-serial-number",
        file.serial().text(),
        "originator-file-number",
        "%03d".formatted(file.fileNumber()),
        "file-type",
        "LIVE",
        "accepted-ddi",
        Integer.toString(file.acceptedInstructions()),
        "rejected-ddi",
        Integer.toString(file.rejectedInstructions()));
  }

  private static void write(ReturnedInstruction returned, XmlText xml) {
    var payer = returned.payer();
    xml.empty(
        "MessagingAdvice",
        "user-number",
        returned.serviceUser().digits(),
        "record-type",
        returned.type().letter,
        "transaction-code",
        code(returned.transactionCode()),
        "reason-code",
        returned.code(),
        "reference",
        returned.reference(),
        "effective-date",
        returned.effectiveDate().toString(),
        "payer-name",
        payer == null ? null : payer.name(),
        "payer-sort-code",
        sortCode(payer),
        "payer-account-number",
        number(payer),
        "payer-new-sort-code",
        returned.newPayer().sortCode(),
        "payer-new-account-number",
        returned.newPayer().accountNumber());
  }

  private static void write(Addacs report, XmlText xml) {
    openMessages(report.serviceUser().digits(), report.generatedOn(), xml);
    for (var amended : report.amended()) write(amended, xml);
    for (var unknown : report.unknown()) write(unknown, xml);
    xml.close().close().close();
  }

  private static void write(AmendedInstruction amended, XmlText xml) {
    var payer = amended.payer();
    xml.empty(
        "MessagingAdvice",
        "user-number",
        amended.serviceUser().digits(),
        "record-type",
        RecordType.AMENDMENT.letter,
        "reason-code",
        amended.code(),
        "reference",
        amended.reference(),
        "effective-date",
        amended.effectiveDate().toString(),
        "payer-name",
        payer == null ? null : payer.name(),
        "payer-sort-code",
        sortCode(payer),
        "payer-account-number",
        number(payer),
        "payer-new-sort-code",
        amended.newPayer().sortCode(),
        "payer-new-account-number",
        amended.newPayer().accountNumber());
  }

  private static void openMessages(String user, @Nullable LocalDate generatedOn, XmlText xml) {
    xml.open("BACSDocument").open("Data").open("MessagingAdvices");
    if (generatedOn != null) xml.empty("Header", "report-generation-date", generatedOn.toString());
    xml.empty("MessagingHeader", "user-number", user);
  }

  private static void write(Ddica report, XmlText xml) {
    xml.open("VocaDocument").open("Data").open("Document");
    xml.text("ServiceUserNumber", report.serviceUser().digits());
    if (report.debitDay() != null) {
      xml.open("NewAdvices");
      for (var claim : report.raised()) write("DDICAdvice", claim, xml);
      xml.text("DateOfDebit", report.debitDay().toString());
      xml.text("TotalValueOfDebits", total(report.raised()).toString()).close();
    }
    if (!report.withdrawn().isEmpty()) {
      xml.open("Cancellations");
      for (var claim : report.withdrawn()) write("DDICCancellation", claim, xml);
      xml.text("TotalValueOfCancellations", total(report.withdrawn()).toString()).close();
    }
    xml.close().close().close();
  }

  private static void write(String element, Claim claim, XmlText xml) {
    var payer = claim.payer();
    xml.open(element);
    xml.text("SeqNo", Integer.toString(claim.sequence()));
    xml.text("PayingBankReference", claim.bankReference());
    xml.text("SUReference", claim.reference());
    xml.text("ReasonCode", claim.code());
    xml.text("ReasonCodeMeaning", claim.meaning());
    if (payer != null) {
      xml.text("PayerSortCode", payer.sortCode().toString());
      xml.text("PayerAccount", payer.accountNumber().reveal());
      if (payer.name() != null) xml.text("PayerName", payer.name());
    }
    xml.open("DDCollections");
    for (var debit : claim.debits()) {
      xml.open("DDCollection");
      xml.text("DateOfDirectDebit", debit.debitedOn().toString());
      xml.text("Amount", debit.amount().toString()).close();
    }
    xml.close();
    xml.text("TotalAmount", claim.total().toString()).close();
  }

  private static void write(InputReport report, XmlText xml) {
    xml.open("BACSDocument").open("Data").open("InputReport");
    xml.open("Header").empty("ProcessingDate", "date", report.processingDay().toString()).close();
    xml.open("Submission");
    xml.empty("SubmissionInformation", "volumeSerialNumber", report.serial().text());
    xml.open("UserFile");
    for (var file : report.files()) write(file, xml);
    xml.close().close().close().close().close();
  }

  private static void write(UserFile file, XmlText xml) {
    xml.open("InputUserFile");
    xml.empty(
        "UserFileInformation",
        "userNumber",
        file.serviceUser().digits(),
        "userFileNumber",
        "%03d".formatted(file.fileNumber()));
    xml.open("InputReportSummary").open("AccountTotals").open("AccountTotal");
    write("CreditEntry", file.credits(), xml);
    write("DebitEntry", file.debits(), xml);
    xml.close().close().close();
    xml.open("Errors");
    for (var error : file.errors()) write(error, xml);
    xml.close();
    xml.empty(
        "TotalNumberOfErrors",
        "amendedRecords",
        Integer.toString(file.count(Outcome.AMENDED)),
        "returnedRecords",
        Integer.toString(file.count(Outcome.RETURNED)),
        "rejectedRecords",
        Integer.toString(file.count(Outcome.REJECTED)));
    xml.close();
  }

  private static void write(String entry, Tally tally, XmlText xml) {
    xml.open(entry);
    write("AcceptedRecords", tally.accepted(), tally.acceptedValue(), xml);
    write("RejectedRecords", tally.rejected(), tally.rejectedValue(), xml);
    xml.close();
  }

  private static void write(String element, int count, Pence value, XmlText xml) {
    xml.empty(
        element,
        "numberOf",
        Integer.toString(count),
        "valueOf",
        value.toString(),
        "currency",
        "GBP");
  }

  private static void write(RecordError error, XmlText xml) {
    xml.open("Error");
    xml.open(
        "ErrorItem",
        "reference",
        error.reference(),
        "transCode",
        code(error.transactionCode()),
        "valueOf",
        error.amount().toString(),
        "currency",
        "GBP");
    write("DestinationAccount", error.payer(), xml);
    xml.close();
    xml.text("ErrorMessage", error.message(), "type", error.outcome().name()).close();
  }

  private static Pence total(List<Claim> claims) {
    return Pence.sum(claims.stream().map(Claim::total));
  }

  private static @Nullable String code(@Nullable TransactionCode code) {
    return code == null ? null : code.code();
  }

  private static @Nullable String sortCode(@Nullable PayerAccount account) {
    return account == null ? null : account.sortCode().toString();
  }

  private static @Nullable String number(@Nullable PayerAccount account) {
    return account == null ? null : account.accountNumber().reveal();
  }
}

package dev.keyreeve.directdebit.bacs.bankreport;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.sun.net.httpserver.HttpServer;
import dev.keyreeve.directdebit.bacs.Fault;
import dev.keyreeve.directdebit.bacs.Reading;
import dev.keyreeve.directdebit.bacs.ServiceUserNumber;
import dev.keyreeve.directdebit.bacs.TransactionCode;
import dev.keyreeve.directdebit.bacs.VolumeSerial;
import dev.keyreeve.directdebit.bacs.bankaccount.AccountNumber;
import dev.keyreeve.directdebit.bacs.bankaccount.SortCode;
import dev.keyreeve.directdebit.bacs.bankreport.Addacs.AmendedInstruction;
import dev.keyreeve.directdebit.bacs.bankreport.AdviceSubject.CycleDay;
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
import dev.keyreeve.directdebit.bacs.scheme.AddacsReason;
import dev.keyreeve.directdebit.bacs.scheme.AruddReason;
import dev.keyreeve.directdebit.bacs.scheme.AuddisReason;
import dev.keyreeve.directdebit.bacs.scheme.DdicReason;
import dev.keyreeve.directdebit.bacs.scheme.NewAccount;
import dev.keyreeve.directdebit.bacs.scheme.SchemeEvent;
import dev.keyreeve.directdebit.bacs.scheme.SchemeReason;
import dev.keyreeve.procedure.Golden;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReportTest {

  private static final ServiceUserNumber USER = new ServiceUserNumber("123456");
  private static final LocalDate TUESDAY = LocalDate.parse("2026-07-07");
  private static final LocalDate WEDNESDAY = LocalDate.parse("2026-07-08");
  private static final LocalDate THURSDAY = LocalDate.parse("2026-07-09");
  private static final PayerAccount ADA = account("00-00-21", "12345678", "ADA LOVELACE");
  private static final PayerAccount ADA_ELSEWHERE = account("00-00-01", "12345678", "ADA LOVELACE");
  private static final PayerAccount MARY = account("00-00-24", "87654321", "MARY SHELLEY");

  private static final Arudd ARUDD =
      arudd(
          returned("RENT-0001", AruddReason.REFER_TO_PAYER, 95_000, ADA),
          returned("RENT-0002", AruddReason.PAYER_DECEASED, 120_050, MARY));

  private static final Auddis AUDDIS =
      new Auddis(
          USER,
          THURSDAY,
          List.of(
              new FileAdvice(USER, new VolumeSerial("187001"), 1, true, 3, 1),
              new FileAdvice(USER, new VolumeSerial("187002"), 1, false, 0, 4)),
          List.of(
              new ReturnedInstruction(
                  USER,
                  RecordType.NEW_RETURNED,
                  "RENT-0001",
                  TransactionCode.NEW_INSTRUCTION,
                  "F",
                  WEDNESDAY,
                  ADA),
              new ReturnedInstruction(
                  USER, RecordType.NEW_RETURNED, "RENT-0002", null, "P", WEDNESDAY, null)),
          List.of("TOTALS DO NOT BALANCE"));

  private static final Addacs ADDACS =
      new Addacs(
          USER,
          THURSDAY,
          List.of(
              amended(AddacsReason.CANCELLED_BY_PAYER, MARY, null),
              amended(AddacsReason.ACCOUNT_TRANSFERRED, ADA, ADA_ELSEWHERE)));

  private static final Ddica DDICA =
      new Ddica(
          USER,
          LocalDate.parse("2026-07-29"),
          List.of(
              claim(1, DdicReason.NO_AUTHORITY, 95_000),
              claim(2, DdicReason.AMOUNT_OR_DATE_DIFFERS, 120_050, 120_050)),
          List.of(claim(3, DdicReason.NO_NOTICE, 50_000)));

  private static final InputReport INPUT =
      new InputReport(
          TUESDAY,
          new VolumeSerial("187001"),
          List.of(
              new UserFile(
                  USER,
                  1,
                  new Tally(2, new Pence(215_050), 1, new Pence(50_000)),
                  new Tally(1, new Pence(215_050), 0, Pence.ZERO),
                  List.of(
                      new RecordError(
                          Outcome.REJECTED,
                          "RENT-0003",
                          TransactionCode.REGULAR_COLLECTION,
                          new Pence(50_000),
                          ADA,
                          "INVALID DESTINATION SORT CODE")))));

  private static final Map<String, Report> SAMPLES =
      Map.of(
          "arudd.xml", ARUDD,
          "auddis.xml", AUDDIS,
          "addacs.xml", ADDACS,
          "ddica.xml", DDICA,
          "input-report.xml", INPUT);

  @Test
  void writesReportsAsCommitted() {
    SAMPLES.forEach((file, report) -> Golden.assertMatches(ReportTest.class, file, xml(report)));
  }

  @Test
  void readsBackWhatItWrites() {
    var reports = new RandomReports(new Random(7));

    for (var i = 0; i < 3_000; i++) {
      var report = reports.next();

      assertThat(ReportReader.read(ReportWriter.write(report)))
          .isEqualTo(new Reading.Read<>(report));
    }
  }

  /// With all that real reports have and this one does not need.
  private static final String FROM_A_BANK =
      """
      <?xml version="1.0" encoding="ISO-8859-1"?>
      <!-- Generated by a bank -->
      <BACSDocument xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
          xsi:noNamespaceSchemaLocation="advices.xsd">
        <Data>
          <ARUDD>
            <Header reportType="REFT1019" adviceNumber="001" currentProcessingDate="2026-07-09">
            </Header>
            <AddresseeInformation name="PORTER LETTINGS"></AddresseeInformation>
            <ServiceLicenseInformation userName="PORTER LETTINGS" userNumber="123456"/>
            <Advice>
              <OriginatingAccountRecords>
                <OriginatingAccountRecord>
                  <OriginatingAccount name="PORTER LETTINGS" number="1223344" sortCode="20-00-00"
                      type="0" bankName="A BANK" branchName="TOWN"/>
                  <ReturnedDebitItem ref="RENT-0001 " transCode="U7" returnCode="1012"
                      returnDescription="Instruction  cancelled" originalProcessingDate="2026-07-07"
                      valueOf="1,950.00" currency="GBP">
                    <PayerAccount number="12345678" ref="RENT-0001" name="ZOË SMITH"
                        sortCode="000021" bankName="B BANK" branchName="CITY"/>
                  </ReturnedDebitItem>
                  <Totals numberOf="1" valueOf="1,950.00" currency="GBP"/>
                </OriginatingAccountRecord>
              </OriginatingAccountRecords>
            </Advice>
          </ARUDD>
        </Data>
        <SignatureMethod>Vanilla</SignatureMethod>
        <Signature></Signature>
      </BACSDocument>
      """;

  @Test
  void readsAReportAsABankSendsIt() {
    var report = (Arudd) read(FROM_A_BANK.getBytes(ISO_8859_1));

    var debit = report.accounts().getFirst().debits().getFirst();
    assertThat(report.processingDay()).isEqualTo(THURSDAY);
    assertThat(report.accounts().getFirst().accountNumber().reveal()).isEqualTo("01223344");
    assertThat(debit.reference()).isEqualTo("RENT-0001");
    assertThat(debit.transactionCode()).isEqualTo(TransactionCode.REGULAR_COLLECTION);
    assertThat(debit.amount()).isEqualTo(new Pence(195_000));
    assertThat(debit.reason()).contains(AruddReason.CANCELLED_BY_PAYER);
    assertThat(debit.payer()).isEqualTo(account("00-00-21", "12345678", "ZOË SMITH"));
  }

  @Test
  void readsOtherEncodings() {
    var utf8 = FROM_A_BANK.replace("ISO-8859-1", "UTF-8").getBytes(UTF_8);
    var marked = ("\uFEFF" + FROM_A_BANK.replace("ISO-8859-1", "UTF-8")).getBytes(UTF_8);
    var utf16 = FROM_A_BANK.replace("ISO-8859-1", "UTF-16").getBytes(UTF_16);
    var otherEnd = ("\uFEFF" + FROM_A_BANK).getBytes(UTF_16LE);
    var undeclared = FROM_A_BANK.substring(FROM_A_BANK.indexOf('\n') + 1).getBytes(UTF_8);

    assertThat(List.of(utf8, marked, utf16, otherEnd, undeclared))
        .allSatisfy(
            bytes -> assertThat(read(bytes)).isEqualTo(read(FROM_A_BANK.getBytes(ISO_8859_1))));
  }

  @Test
  void takesQuotationMarksOfWindowsForSpaces() {
    var report =
        (Arudd) read(FROM_A_BANK.replace("ZOË SMITH", "O\u0092NEILL").getBytes(ISO_8859_1));

    var payer = report.accounts().getFirst().debits().getFirst().payer();
    assertThat(payer).isEqualTo(account("00-00-21", "12345678", "O NEILL"));
  }

  /// Of a return, the first character is the reason: banks write the day of the year behind it, and
  /// words of their own beside it.
  @ParameterizedTest
  @EnumSource(value = AruddReason.class, mode = Mode.EXCLUDE, names = "UNKNOWN")
  void theFirstCharacterIsTheReasonWhateverElseTheBankWrites(AruddReason reason) {
    var code = ReasonCodes.print(reason);

    for (var written :
        List.of(code, code + "106", code + "366", code + " 7", code.toLowerCase(Locale.ROOT))) {
      for (var words : List.of("", "ORIGINATOR DIFFERS", "No account (or wrong account type)")) {
        var debit = returned("RENT-0001", written, words, 1);

        assertThat(arudd(debit).advices())
            .as("%s %s", written, words)
            .extracting(Advice::meaning)
            .containsExactly(new Advice.Clear(new SchemeEvent.DebitReturned(reason)));
      }
    }
    assertThat(returned("RENT-0001", "Z106", ReasonCodes.describe(reason), 1).reason())
        .as("words tell what the character does not")
        .contains(reason);
  }

  @Test
  void saysWhatAReturnIsAbout() {
    var advice = ARUDD.advices().getFirst();

    assertThat(advice.words()).isEqualTo("0 REFER TO PAYER");
    assertThat(advice.subject())
        .isEqualTo(
            new AdviceSubject.Debit(
                USER,
                "RENT-0001",
                ADA,
                new Pence(95_000),
                CycleDay.PROCESSING_DAY,
                TUESDAY,
                TransactionCode.REGULAR_COLLECTION));
  }

  @Test
  void leavesAnUnknownReasonToAPerson() {
    var reports =
        List.of(
            arudd(returned("RENT-0001", "X234", "COMPUTER SAYS NO", 1)),
            new Addacs(
                USER,
                null,
                List.of(
                    new AmendedInstruction(USER, "RENT-0001", "Z", TUESDAY, ADA, NewPayer.NONE))),
            new Auddis(
                USER,
                null,
                List.of(),
                List.of(
                    new ReturnedInstruction(
                        USER, RecordType.NEW_RETURNED, "RENT-0001", null, "7", TUESDAY, ADA)),
                List.of()));

    assertThat(reports)
        .flatExtracting(Report::advices)
        .hasSize(3)
        .allSatisfy(advice -> assertThat(advice.meaning()).isInstanceOf(Advice.Unclear.class));
  }

  @Test
  void aClaimIsRaisedWhateverItsReason() {
    var report = new Ddica(USER, TUESDAY, List.of(claim(1, "9", "NO IDEA", 1)), List.of());

    assertThat(report.advices())
        .extracting(Advice::meaning)
        .containsExactly(new Advice.Clear(new SchemeEvent.ClaimRaised(DdicReason.UNKNOWN)));
  }

  @ParameterizedTest
  @CsvSource({"S, true", "S, false", "Z, true", "'', true", "AA, false", "n, false"})
  void aRecordOfUnknownTypeIsLeftToAPersonAndTheRestIsRead(String type, boolean isNamed) {
    var stranger =
        "<MessagingAdvice user-number=\"123456\" record-type=\"%s\" %s reason-code=\"5\" %s/>"
            .formatted(
                type,
                isNamed || type.equals("S") ? "reference=\"RENT-0009\"" : "",
                type.equals("S") ? "transaction-code=\"0S\" effective-date=\"2026-07-08\"" : "");
    for (var known : List.<Report>of(AUDDIS, ADDACS)) {
      if (known instanceof Addacs && type.equals("S")) continue;

      var report =
          read(
              xml(known)
                  .replace("</MessagingAdvices>", stranger + "</MessagingAdvices>")
                  .getBytes(ISO_8859_1));

      assertThat(report.advices()).hasSize(known.advices().size() + 1);
      assertThat(report.advices()).containsAll(known.advices());
      assertThat(report.advices())
          .filteredOn(advice -> advice.meaning() instanceof Advice.Unclear)
          .extracting(advice -> advice.subject().reference())
          .containsExactly(isNamed || type.equals("S") ? "RENT-0009" : "");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "N, 0N, true",
    "N, '', true",
    "D, 0N, true",
    "D, '', false",
    "N, 0C, false",
    "D, 0C, false",
    "S, '', false",
    "S, 0S, false",
    "N, 0S, false",
  })
  void onlyANewInstructionThatCameBackIsRejected(String type, String code, boolean isRejected) {
    var returned =
        new ReturnedInstruction(
            USER,
            RecordType.of(type),
            "RENT-0001",
            TransactionCode.find(code).orElse(null),
            "5",
            TUESDAY,
            null);
    var report = new Auddis(USER, null, List.of(), List.of(returned), List.of());

    assertThat(report.advices().getFirst().meaning() instanceof Advice.Clear).isEqualTo(isRejected);
  }

  @ParameterizedTest
  @EnumSource(value = AuddisReason.class, mode = Mode.EXCLUDE, names = "UNKNOWN")
  void aReturnedInstructionIsRejected(AuddisReason reason) {
    assertThat(auddis(TransactionCode.NEW_INSTRUCTION, reason).advices())
        .extracting(Advice::subject, Advice::meaning)
        .containsExactly(
            tuple(
                new AdviceSubject.Instruction(USER, "RENT-0001", ADA),
                new Advice.Clear(new SchemeEvent.InstructionRejected(reason))));
  }

  @Test
  void aReturnedCancellationIsNoRejectedInstruction() {
    assertThat(auddis(TransactionCode.CANCELLED_INSTRUCTION, AuddisReason.NO_INSTRUCTION).advices())
        .extracting(Advice::meaning)
        .singleElement()
        .isInstanceOf(Advice.Unclear.class);
  }

  @ParameterizedTest
  @EnumSource(AddacsReason.class)
  void everyAmendmentHasItsEvent(AddacsReason reason) {
    var details = new NewAccount(ADA_ELSEWHERE.sortCode(), ADA_ELSEWHERE.accountNumber());
    var expected =
        switch (reason) {
          case REFER_TO_PAYER, CANCELLED_BY_PAYER, PAYER_DECEASED, ACCOUNT_CLOSED ->
              new SchemeEvent.InstructionCancelled(reason);
          case ACCOUNT_TRANSFERRED -> new SchemeEvent.AccountTransferred(details);
          case BRANCH_CHANGED, INSTRUCTION_AMENDED ->
              new SchemeEvent.InstructionAmended(reason, details);
          case NOTICE_DISPUTED -> new SchemeEvent.NoticeDisputed();
          case REINSTATED -> new SchemeEvent.InstructionReinstated();
        };

    var report = new Addacs(USER, null, List.of(amended(reason, ADA, ADA_ELSEWHERE)));

    assertThat(report.advices())
        .extracting(Advice::meaning)
        .containsExactly(new Advice.Clear(expected));
    assertThat(expected.reason()).isEqualTo(reason);
  }

  @Test
  void aTransferWithoutNewDetailsSaysSo() {
    var report =
        new Addacs(USER, null, List.of(amended(AddacsReason.ACCOUNT_TRANSFERRED, ADA, null)));

    assertThat(report.advices())
        .extracting(Advice::meaning)
        .containsExactly(new Advice.Clear(new SchemeEvent.AccountTransferred(null)));
  }

  @Test
  void anotherBranchInAnswerToANewInstructionIsNoRejectionOnceItIsToldInFull() {
    var moved = told(ADA_ELSEWHERE);
    var event =
        new SchemeEvent.InstructionAmended(
            AuddisReason.BRANCH_CHANGED, moved.account().orElseThrow());

    assertThat(returnedTo(moved, AuddisReason.BRANCH_CHANGED).meaning())
        .isEqualTo(new Advice.Clear(event));
    assertThat(returnedTo(NewPayer.NONE, AuddisReason.BRANCH_CHANGED).meaning())
        .isEqualTo(
            new Advice.Clear(new SchemeEvent.InstructionRejected(AuddisReason.BRANCH_CHANGED)));
  }

  static Stream<NewPayer> whatNamesNoAccount() {
    return Stream.of(
        NewPayer.NONE,
        new NewPayer("000000", "00000000"),
        new NewPayer("00-00-00", "0"),
        new NewPayer(" ", ""),
        new NewPayer(null, "00000000"),
        new NewPayer("000000", null));
  }

  @ParameterizedTest
  @MethodSource("whatNamesNoAccount")
  void blanksAndZerosAreNoNewAccount(NewPayer newPayer) {
    assertThat(newPayer.isTold()).isFalse();
    assertThat(newPayer.account()).isEmpty();
    assertThat(moved(newPayer, AddacsReason.ACCOUNT_TRANSFERRED))
        .returns(null, Advice::news)
        .returns(new Advice.Clear(new SchemeEvent.AccountTransferred(null)), Advice::meaning);
    assertThat(moved(newPayer, AddacsReason.BRANCH_CHANGED).meaning())
        .isInstanceOf(Advice.Clear.class);
  }

  static Stream<NewPayer> whatNamesAPartOfAnAccount() {
    return Stream.of(
        new NewPayer("000002", null),
        new NewPayer(null, "87654321"),
        new NewPayer("000002", "00000000"),
        new NewPayer("000000", "87654321"),
        new NewPayer("00002", "87654321"),
        new NewPayer("000002", "8765432A"),
        new NewPayer("SEE LETTER", "x".repeat(300)));
  }

  @ParameterizedTest
  @MethodSource("whatNamesAPartOfAnAccount")
  void aPartOfANewAccountIsNeitherUsedNorTakenForNothing(NewPayer newPayer) {
    assertThat(newPayer.account()).isEmpty();
    assertThat(moved(newPayer, AddacsReason.ACCOUNT_TRANSFERRED).meaning())
        .isEqualTo(new Advice.Clear(new SchemeEvent.AccountTransferred(null)));
    assertThat(moved(newPayer, AddacsReason.INSTRUCTION_AMENDED).meaning())
        .isInstanceOf(Advice.Unclear.class);
    for (var reason : AddacsReason.values()) {
      assertThat(moved(newPayer, reason).news()).startsWith("It names a new ");
      assertThat(moved(newPayer, reason).key())
          .isNotEqualTo(moved(NewPayer.NONE, reason).key())
          .isNotEqualTo(moved(told(ADA_ELSEWHERE), reason).key());
    }
    assertThat(returnedTo(newPayer, AuddisReason.BRANCH_CHANGED))
        .returns(
            new Advice.Clear(new SchemeEvent.InstructionRejected(AuddisReason.BRANCH_CHANGED)),
            Advice::meaning)
        .extracting(Advice::news)
        .isNotNull();
    assertThat(newPayer.toString()).doesNotContain("8765");
  }

  private static Advice moved(NewPayer newPayer, AddacsReason reason) {
    var amended =
        new AmendedInstruction(
            USER, "RENT-0001", ReasonCodes.print(reason), WEDNESDAY, ADA, newPayer);
    return new Addacs(USER, null, List.of(amended)).advices().getFirst();
  }

  private static Advice returnedTo(NewPayer newPayer, AuddisReason reason) {
    var returned =
        new ReturnedInstruction(
            USER,
            RecordType.NEW_RETURNED,
            "RENT-0001",
            TransactionCode.NEW_INSTRUCTION,
            ReasonCodes.print(reason),
            WEDNESDAY,
            ADA,
            newPayer);
    return new Auddis(USER, null, List.of(), List.of(returned), List.of()).advices().getFirst();
  }

  @ParameterizedTest
  @EnumSource(DdicReason.class)
  void claimsAreRaisedAndWithdrawn(DdicReason reason) {
    var claim = claim(1, reason, 95_000);
    var report = new Ddica(USER, THURSDAY, List.of(claim), List.of(claim));

    assertThat(report.advices())
        .extracting(Advice::meaning)
        .containsExactly(
            new Advice.Clear(new SchemeEvent.ClaimRaised(reason)),
            new Advice.Clear(new SchemeEvent.ClaimWithdrawn(reason)));
    assertThat(report.advices()).extracting(Advice::key).doesNotHaveDuplicates();
    assertThat(report.advices().getFirst().subject())
        .isEqualTo(
            new AdviceSubject.Debit(
                USER, "RENT-0001", ADA, new Pence(95_000), CycleDay.ENTRY_DAY, WEDNESDAY, null));
  }

  @Test
  void aClaimForTwoDebitsSaysItOfEach() {
    assertThat(DDICA.advices()).hasSize(4).extracting(Advice::key).doesNotHaveDuplicates();
    assertThat(DDICA.raised().get(1).total()).isEqualTo(new Pence(240_100));
  }

  @ParameterizedTest
  @CsvSource({
    "REJECTED, 17, Clear",
    "RETURNED, 17, Clear",
    "AMENDED, 17, Unclear",
    "REJECTED, 0N, Unclear",
  })
  void whatBacsDoesNotTakeInIsRejected(Outcome outcome, String code, String meaning) {
    var transactionCode = TransactionCode.find(code).orElseThrow();
    var amount = transactionCode.isDebit() ? new Pence(100) : Pence.ZERO;
    var error = new RecordError(outcome, "RENT-0001", transactionCode, amount, ADA, "WRONG");
    var report =
        new InputReport(
            TUESDAY,
            new VolumeSerial("187001"),
            List.of(new UserFile(USER, 1, Tally.NONE, Tally.NONE, List.of(error))));

    assertThat(report.advices())
        .extracting(advice -> advice.meaning().getClass().getSimpleName())
        .containsExactly(meaning);
  }

  @Test
  void aSecondDeliveryHasTheSameKeys() {
    for (var report : SAMPLES.values()) {
      var again = read(xml(report).replace("\n", " \n\n  ").getBytes(ISO_8859_1));

      assertThat(again.advices())
          .extracting(Advice::key)
          .isEqualTo(report.advices().stream().map(Advice::key).toList());
    }
  }

  @Test
  void everyAdviceHasAKeyOfItsOwn() {
    var twice = returned("RENT-0001", AruddReason.REFER_TO_PAYER, 95_000, ADA);
    var nextDay = new Arudd(USER, "001", THURSDAY.plusDays(1), arudd(twice).accounts());
    var otherUser =
        new Arudd(new ServiceUserNumber("654321"), "001", THURSDAY, arudd(twice).accounts());

    var keys = new HashSet<AdviceKey>();
    for (var report : List.of(arudd(twice, twice), nextDay, otherUser)) {
      report.advices().forEach(advice -> keys.add(advice.key()));
    }

    assertThat(keys).hasSize(4);
  }

  @Test
  void aTransferThatTellsTheNewAccountIsNoSecondDeliveryOfOneThatDoesNot() {
    var transfer = new AmendedInstruction(USER, "RENT-0001", "3", THURSDAY, ADA, NewPayer.NONE);
    var told = new AmendedInstruction(USER, "RENT-0001", "3", THURSDAY, ADA, told(ADA));

    assertThat(new Addacs(USER, THURSDAY, List.of(told)).advices().getFirst().key())
        .isNotEqualTo(new Addacs(USER, THURSDAY, List.of(transfer)).advices().getFirst().key());
  }

  @Test
  void keysAreMadeOfWordsAndTheirBounds() {
    assertThat(AdviceKey.of(List.of("ab", "c"))).isNotEqualTo(AdviceKey.of(List.of("a", "bc")));
    // printf 2:ab1:c | sha256sum
    assertThat(AdviceKey.of(List.of("ab", "c")))
        .hasToString("430fb1b4ac43316eca81fab27a1930ab8eff8fef6a1dc7903dce44bbc2790dc5");
    assertThatThrownBy(() -> new AdviceKey("AB")).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void keysDoNotDependOnWhoThePayerIs() {
    var ada = arudd(returned("RENT-0001", AruddReason.REFER_TO_PAYER, 1, ADA));
    var mary = arudd(returned("RENT-0001", AruddReason.REFER_TO_PAYER, 1, MARY));

    assertThat(ada.advices().getFirst().key()).isEqualTo(mary.advices().getFirst().key());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<!DOCTYPE BACSDocument><BACSDocument><Data/></BACSDocument>",
        "<!DOCTYPE a SYSTEM 'file:///etc/passwd'><a/>",
        "<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><a>&x;</a>",
        "<!DOCTYPE a [<!ENTITY % x SYSTEM 'http://127.0.0.1:1/x'> %x;]><a/>",
        "<!DOCTYPE a [<!ENTITY a 'aa'><!ENTITY b '&a;&a;'><!ENTITY c '&b;&b;'>]><a>&c;</a>",
      })
  void refusesADocumentType(String xml) {
    assertThat(faults(xml)).isNotEmpty().first().asString().startsWith("line 1: ");
  }

  @Test
  void fetchesNothing() throws IOException {
    var calls = new AtomicInteger();
    var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          calls.incrementAndGet();
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    server.start();
    try {
      var url = "http:/" + server.getAddress() + "/x";

      assertThat(faults("<!DOCTYPE a SYSTEM '" + url + "'><a/>")).isNotEmpty();
      assertThat(faults("<!DOCTYPE a [<!ENTITY % x SYSTEM '" + url + "'> %x;]><a/>")).isNotEmpty();
      assertThat(faults("<!DOCTYPE a [<!ENTITY x SYSTEM '" + url + "'>]><a>&x;</a>")).isNotEmpty();
      assertThat(
              faults(
                  "<a xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance'"
                      + " xsi:noNamespaceSchemaLocation='"
                      + url
                      + "'/>"))
          .isNotEmpty();
    } finally {
      server.stop(0);
    }

    assertThat(calls).hasValue(0);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "not XML",
        "<a",
        "<a></b>",
        "<a x='1' x='2'/>",
        "<a:b/>",
        "<a/><b/>",
        "<a>\u0000</a>",
      })
  void refusesWhatIsNoXml(String xml) {
    assertThat(faults(xml))
        .singleElement()
        .satisfies(fault -> assertThat(fault.problem()).isEqualTo("this is not XML"));
  }

  @Test
  void refusesEntitiesThatXmlDoesNotHave() {
    assertThat(problem("<a>&undeclared;</a>")).isEqualTo("entities are not allowed");
    assertThat(problem("<a x='&undeclared;'/>")).isEqualTo("this is not XML");
  }

  @Test
  void refusesBytesThatAreNoTextInTheirEncoding() {
    var bytes = FROM_A_BANK.replace("ISO-8859-1", "UTF-8").getBytes(ISO_8859_1);

    assertThat(List.of(faults(bytes), faults("<?xml version='1.0' encoding='EBCDIC'?><a/>")))
        .allSatisfy(
            faults ->
                assertThat(faults)
                    .singleElement()
                    .hasToString("line 1: the bytes are no text in the encoding that they claim"));
  }

  @Test
  void boundsEverythingThatCouldGrow() {
    var deep = "<a>".repeat(XmlFile.MAX_DEPTH + 1) + "</a>".repeat(XmlFile.MAX_DEPTH + 1);
    var wide = "<a>" + "<b/>".repeat(XmlFile.MAX_ELEMENTS) + "</a>";
    var attributes = new StringBuilder("<a");
    for (var i = 0; i <= XmlFile.MAX_ATTRIBUTES; i++)
      attributes.append(" x").append(i).append("='1'");
    var text = "<a>" + "x".repeat(XmlFile.MAX_TEXT + 1) + "</a>";

    assertThat(problem(deep)).isEqualTo("elements are nested too deep");
    assertThat(problem(wide)).isEqualTo("there are too many elements");
    assertThat(problem(attributes + "/>")).isEqualTo("there are too many attributes");
    assertThat(problem(text)).isEqualTo("the text is too long");
    assertThat(problem("<" + "a".repeat(XmlFile.MAX_NAME + 1) + "/>"))
        .isEqualTo("a name is too long");
    assertThat(problem(" ".repeat(XmlFile.MAX_BYTES + 1))).startsWith("the file is larger than");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<Report/>",
        "<BACSDocument><Data/></BACSDocument>",
        "<BACSDocument><Data><AWACS/></Data></BACSDocument>",
        "<BACSDocument><Data><ARUDD/><ARUDD/></Data></BACSDocument>",
        "<BACSDocument><Data><MessagingAdvices/></Data></BACSDocument>",
        "<VocaDocument><Data/></VocaDocument>",
        "<BACSDocument/>",
      })
  void refusesAReportThatItDoesNotKnow(String xml) {
    assertThat(faults(xml)).isNotEmpty();
  }

  @Test
  void refusesAMessageReportOfTwoKinds() {
    var both = xml(ADDACS).replaceFirst("record-type=\"A\"", "record-type=\"N\"");

    assertThat(problem(both)).contains("neither an AUDDIS nor an ADDACS report");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "arudd.xml | numberOf=\"2\" | numberOf=\"3\" | numberOf is 3, where its parts make 2",
        "arudd.xml | valueOf=\"2150.50\" | valueOf=\"2150.51\" | valueOf is 2150.51",
        "arudd.xml | currency=\"GBP\" | currency=\"EUR\" | has a currency that is not GBP",
        "arudd.xml | transCode=\"17\" | transCode=\"99\" | No record of a collector has this code",
        "arudd.xml | userNumber=\"123456\" | userNumber=\"12345\" | is six digits",
        "arudd.xml | 2026-07-07 | 2026-02-30 | originalProcessingDate that cannot be read",
        "arudd.xml | sortCode=\"00-00-21\" | sortCode=\"00-00-2\" | sortCode that cannot be read",
        "auddis.xml | file-type=\"LIVE\" | file-type=\"TEST\" | has a file-type that is not LIVE",
        "auddis.xml | accepted-ddi=\"3\" | accepted-ddi=\"-3\" | A count is digits",
        "ddica.xml | <TotalAmount>2401.00 | <TotalAmount>2401.01 | TotalAmount is 2401.01",
        "ddica.xml | <TotalValueOfDebits>3351.00 | <TotalValueOfDebits>1.00 | TotalValueOfDebits",
        "ddica.xml | <DateOfDebit>2026-07-29</DateOfDebit> | <x/> | New claims have a day",
        "input-report.xml | rejectedRecords=\"1\" | rejectedRecords=\"0\" | rejectedRecords is 0",
        "input-report.xml | type=\"REJECTED\" | type=\"FINE\" | AMENDED, RETURNED or REJECTED",
      })
  void refusesWhatContradictsItself(String sample, String right, String wrong, String problem) {
    var xml = xml(Objects.requireNonNull(SAMPLES.get(sample)));
    assertThat(xml).contains(right);

    var faults = faults(xml.replace(right, wrong));

    assertThat(faults).anySatisfy(fault -> assertThat(fault.problem()).contains(problem));
  }

  @Test
  void findsAllFaultsAndTheirLines() {
    var xml =
        """
        <BACSDocument><Data><ARUDD>
        <Header adviceNumber="001"/>
        <Advice><OriginatingAccountRecords><OriginatingAccountRecord>
        <OriginatingAccount sortCode="20-00-00" number="x"/>
        <ReturnedDebitItem ref="A" transCode="17" returnCode="0" valueOf="1.5"/>
        <ReturnedDebitItem transCode="17" returnCode="0" valueOf="1.00"
            originalProcessingDate="yesterday"/>
        <Totals numberOf="2" valueOf="2.50"/>
        </OriginatingAccountRecord></OriginatingAccountRecords></Advice>
        </ARUDD></Data></BACSDocument>
        """;

    assertThat(faults(xml)).extracting(Fault::line).containsExactly(1, 2, 4, 5, 5, 7, 7);
  }

  @Test
  void saysNothingOfPayersInItsFaults() {
    var xml = xml(ARUDD).replace("number=\"12345678\"", "number=\"1234567X\"").replace("95", "x95");

    assertThat(faults(xml))
        .isNotEmpty()
        .allSatisfy(
            fault ->
                assertThat(fault.problem()).doesNotContain("1234567", "LOVELACE", "RENT", "x95"));
  }

  @Test
  void ignoresWhatItDoesNotNeed() {
    var xml = xml(ARUDD).replace("<Advice>", "<Novelty x='1'><Y/>text</Novelty><Advice novel='1'>");

    assertThat(read(xml.getBytes(ISO_8859_1))).isEqualTo(ARUDD);
  }

  /// Whatever bytes come, they are read or refused, and what is read can be written and read again.
  @Test
  void readsOrRefusesAnyBytes() {
    var random = new Random(13);
    var reports = new RandomReports(random);

    for (var i = 0; i < 8_000; i++) {
      var bytes = ReportWriter.write(reports.next());
      for (var changes = random.nextInt(1, 8); changes > 0; changes--) {
        bytes = mutated(bytes, random);
      }

      switch (ReportReader.read(bytes)) {
        case Reading.Read<Report>(var report) ->
            assertThat(read(ReportWriter.write(report))).isEqualTo(report);
        case Reading.Refused<Report>(var faults) ->
            assertThat(faults).allMatch(fault -> fault.line() >= 1);
      }
    }
  }

  private static byte[] mutated(byte[] bytes, Random random) {
    var from = random.nextInt(bytes.length);
    var to = Math.min(bytes.length, from + random.nextInt(12));
    var changed = bytes.clone();
    switch (random.nextInt(4)) {
      case 0 -> changed[from] = (byte) random.nextInt(256);
      case 1 -> changed[from] = (byte) "<>&\"'=/![]x0 ;".charAt(random.nextInt(14));
      case 2 -> {
        System.arraycopy(bytes, to, changed, from, bytes.length - to);
        changed = Arrays.copyOf(changed, Math.max(1, bytes.length - (to - from)));
      }
      default -> {
        changed = Arrays.copyOf(bytes, bytes.length + (to - from));
        System.arraycopy(bytes, from, changed, to, bytes.length - from);
      }
    }
    return changed;
  }

  private static Report read(byte[] bytes) {
    return switch (ReportReader.read(bytes)) {
      case Reading.Read<Report>(var report) -> report;
      case Reading.Refused<Report>(var faults) -> throw new AssertionError(faults.toString());
    };
  }

  private static List<Fault> faults(byte[] bytes) {
    return switch (ReportReader.read(bytes)) {
      case Reading.Read<Report> _ -> List.of();
      case Reading.Refused<Report>(var faults) -> faults;
    };
  }

  private static List<Fault> faults(String xml) {
    return faults(xml.getBytes(ISO_8859_1));
  }

  private static String problem(String xml) {
    return faults(xml).getFirst().problem();
  }

  private static String xml(Report report) {
    return new String(ReportWriter.write(report), ISO_8859_1);
  }

  private static Arudd arudd(ReturnedDebit... debits) {
    return new Arudd(
        USER,
        "001",
        THURSDAY,
        List.of(
            new AccountReturns(
                SortCode.parse("20-00-00"), AccountNumber.parse("11223344"), List.of(debits))));
  }

  private static ReturnedDebit returned(
      String reference, AruddReason reason, long pence, PayerAccount payer) {
    return new ReturnedDebit(
        reference,
        TransactionCode.REGULAR_COLLECTION,
        ReasonCodes.print(reason),
        ReasonCodes.describe(reason),
        TUESDAY,
        new Pence(pence),
        payer);
  }

  private static ReturnedDebit returned(
      String reference, String code, String description, long pence) {
    return new ReturnedDebit(
        reference,
        TransactionCode.REGULAR_COLLECTION,
        code,
        description,
        TUESDAY,
        new Pence(pence),
        null);
  }

  private static Auddis auddis(TransactionCode code, SchemeReason reason) {
    return new Auddis(
        USER,
        null,
        List.of(),
        List.of(
            new ReturnedInstruction(
                USER,
                RecordType.NEW_RETURNED,
                "RENT-0001",
                code,
                ReasonCodes.print(reason),
                WEDNESDAY,
                ADA)),
        List.of());
  }

  private static AmendedInstruction amended(
      AddacsReason reason, @Nullable PayerAccount payer, @Nullable PayerAccount newPayer) {
    return new AmendedInstruction(
        USER, "RENT-0001", ReasonCodes.print(reason), WEDNESDAY, payer, told(newPayer));
  }

  private static NewPayer told(@Nullable PayerAccount account) {
    return account == null
        ? NewPayer.NONE
        : NewPayer.of(account.sortCode(), account.accountNumber());
  }

  private static Claim claim(int sequence, DdicReason reason, long... pence) {
    return claim(sequence, ReasonCodes.print(reason), ReasonCodes.describe(reason), pence);
  }

  private static Claim claim(int sequence, String code, String meaning, long... pence) {
    return new Claim(
        sequence,
        "BANK-" + sequence,
        "RENT-0001",
        code,
        meaning,
        ADA,
        Arrays.stream(pence)
            .mapToObj(amount -> new ClaimedDebit(WEDNESDAY, new Pence(amount)))
            .toList());
  }

  private static PayerAccount account(String sortCode, String number, @Nullable String name) {
    return new PayerAccount(SortCode.parse(sortCode), AccountNumber.parse(number), name);
  }
}

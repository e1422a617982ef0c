package dev.keyreeve.directdebit.rail.sandbox;

import static dev.keyreeve.directdebit.rail.sandbox.SandboxScript.CHANGES_BANK;
import static dev.keyreeve.directdebit.rail.sandbox.SandboxScript.PAYS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyreeve.directdebit.bacs.bankaccount.AccountNumber;
import dev.keyreeve.directdebit.bacs.bankaccount.BankDetails;
import dev.keyreeve.directdebit.bacs.bankaccount.SortCode;
import dev.keyreeve.directdebit.bacs.money.Pence;
import dev.keyreeve.directdebit.bacs.scheme.AddacsReason;
import dev.keyreeve.directdebit.bacs.scheme.NewAccount;
import dev.keyreeve.directdebit.rail.sandbox.BankEvent.InstructionAmended;
import dev.keyreeve.directdebit.rail.sandbox.SandboxScript.Attempt;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SandboxScriptTest {

  private static final Attempt FIRST = new Attempt(1, 1);
  private static final Pence RENT = new Pence(95_000);

  @Test
  void isChosenByTheSortCodeAlone() {
    for (var script : SandboxScript.values()) {
      assertThat(SandboxScript.of(script.sortCode())).contains(script);
    }
    assertThat(SandboxScript.of(SortCode.parse("00-00-99"))).contains(PAYS);
    assertThat(SandboxScript.of(SortCode.parse("00-00-00"))).contains(PAYS);
    assertThat(SandboxScript.of(SortCode.parse("20-00-21"))).isEmpty();
    assertThat(SandboxScript.of(SortCode.parse("00-10-21"))).isEmpty();
  }

  /// The behaviour of every script as a table: for an instruction, for the first and the second
  /// presentation of a first debit, and for the first of a second one.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "01 | pays | pays | pays | pays",
        "11 | 4 returned F | pays | pays | pays",
        "12 | 4 returned 5 | pays | pays | pays",
        "13 | 4 returned P | pays | pays | pays",
        "21 | pays | 4 returned 0 | pays | 4 returned 0",
        "22 | pays | 4 returned 0 | 4 returned 0 | 4 returned 0",
        "23 | pays | pays | pays | 4 returned 1",
        "24 | pays | pays | pays | 4 returned 2",
        "25 | pays | pays | pays | 4 returned B",
        "26 | pays | 5 returned 0 | 5 returned 0 | 5 returned 0",
        "31 | 8 amended 1 | pays | pays | pays",
        "32 | 8 amended 3 to 00-00-01 | pays | pays | pays",
        "33 | 8 amended C to 00-00-01 | pays | pays | pays",
        "34 | 8 amended 1, 13 amended R | pays | pays | pays",
        "41 | pays | 8 claimed 1 | 8 claimed 1 | 8 claimed 1",
        "42 | pays | 8 claimed 4 | 8 claimed 4 | 8 claimed 4",
        "43 | pays | 8 claimed 5 | 8 claimed 5 | 8 claimed 5",
        "44 | pays | 8 claimed 1, 11 withdrawn 1 | 8 claimed 1, 11 withdrawn 1"
            + " | 8 claimed 1, 11 withdrawn 1",
        "51 | pays | 4 returned 0 DELIVERED_TWICE | pays | 4 returned 0 DELIVERED_TWICE",
        "52 | pays | 4 returned 0 UNKNOWN_REFERENCE | pays | 4 returned 0 UNKNOWN_REFERENCE",
        "53 | pays | 4 returned 1 FOUR_DIGIT_CODE | 4 returned 1 FOUR_DIGIT_CODE"
            + " | 4 returned 1 FOUR_DIGIT_CODE",
        "61 | pays | 1 rejected | 1 rejected | 1 rejected",
      })
  void reports(String digits, String instruction, String first, String again, String second) {
    var script = SandboxScript.of(new SortCode("0000" + digits)).orElseThrow();

    assertThat(words(script.forInstruction(details(script)))).isEqualTo(instruction);
    assertThat(words(script.forDebit(RENT, FIRST))).isEqualTo(first);
    assertThat(words(script.forDebit(RENT, new Attempt(1, 2)))).isEqualTo(again);
    assertThat(words(script.forDebit(RENT, new Attempt(2, 1)))).isEqualTo(second);
  }

  @ParameterizedTest
  @CsvSource({"50000, 8", "50001, 4", "50020, 23", "99, 102", "100, 8"})
  void oddPenceSayWhenADebitIsClaimedBack(long pence, int day) {
    var script = SandboxScript.CLAIMS_NO_AUTHORITY;

    assertThat(script.forDebit(new Pence(pence), FIRST))
        .extracting(PlannedReport::day)
        .containsExactly(day);
  }

  @Test
  void aPayerWhoChangesBanksKeepsTheNumberAndPaysFromThenOn() {
    var reports = CHANGES_BANK.forInstruction(details(CHANGES_BANK));

    assertThat(reports)
        .extracting(PlannedReport::what)
        .containsExactly(
            new InstructionAmended(
                AddacsReason.ACCOUNT_TRANSFERRED,
                new NewAccount(SortCode.parse("00-00-01"), AccountNumber.parse("12345678"))));
  }

  @ParameterizedTest
  @EnumSource(SandboxScript.class)
  void reportsInTheOrderOfDays(SandboxScript script) {
    assertThat(script.forInstruction(details(script))).extracting(PlannedReport::day).isSorted();
    assertThat(script.forDebit(RENT, FIRST)).extracting(PlannedReport::day).isSorted();
  }

  @Test
  void countsDebitsPresentationsAndDaysFromOne() {
    assertThatThrownBy(() -> new Attempt(0, 1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Attempt(1, 0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new PlannedReport(0, new BankEvent.DebitRejected()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static String words(List<PlannedReport> reports) {
    return reports.isEmpty()
        ? "pays"
        : reports.stream()
            .map(report -> report.day() + " " + words(report.what()))
            .collect(Collectors.joining(", "));
  }

  private static String words(BankEvent what) {
    return switch (what) {
      case BankEvent.InstructionReturned(var reason) -> "returned " + last(reason.code());
      case InstructionAmended(var reason, var account) ->
          "amended " + last(reason.code()) + (account == null ? "" : " to " + account.sortCode());
      case BankEvent.DebitRejected() -> "rejected";
      case BankEvent.DebitReturned(var reason, var quirk) ->
          "returned "
              + last(reason.code())
              + (quirk == BankEvent.Quirk.NONE ? "" : " " + quirk.name());
      case BankEvent.ClaimRaised(var reason) -> "claimed " + last(reason.code());
      case BankEvent.ClaimWithdrawn(var reason) -> "withdrawn " + last(reason.code());
    };
  }

  private static String last(String code) {
    return code.substring(code.length() - 1);
  }

  private static BankDetails details(SandboxScript script) {
    return new BankDetails(script.sortCode(), AccountNumber.parse("12345678"), "Ada Lovelace");
  }
}

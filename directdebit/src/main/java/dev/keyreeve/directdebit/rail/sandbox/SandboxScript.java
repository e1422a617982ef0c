package dev.keyreeve.directdebit.rail.sandbox;

import static dev.keyreeve.directdebit.bacs.scheme.AruddReason.ACCOUNT_CLOSED;
import static dev.keyreeve.directdebit.bacs.scheme.AruddReason.PAYER_DECEASED;
import static dev.keyreeve.directdebit.bacs.scheme.AruddReason.REFER_TO_PAYER;

import dev.keyreeve.directdebit.bacs.bankaccount.BankDetails;
import dev.keyreeve.directdebit.bacs.bankaccount.SortCode;
import dev.keyreeve.directdebit.bacs.money.Pence;
import dev.keyreeve.directdebit.bacs.scheme.AddacsReason;
import dev.keyreeve.directdebit.bacs.scheme.AruddReason;
import dev.keyreeve.directdebit.bacs.scheme.AuddisReason;
import dev.keyreeve.directdebit.bacs.scheme.DdicReason;
import dev.keyreeve.directdebit.bacs.scheme.NewAccount;
import dev.keyreeve.directdebit.rail.sandbox.BankEvent.ClaimRaised;
import dev.keyreeve.directdebit.rail.sandbox.BankEvent.ClaimWithdrawn;
import dev.keyreeve.directdebit.rail.sandbox.BankEvent.DebitRejected;
import dev.keyreeve.directdebit.rail.sandbox.BankEvent.DebitReturned;
import dev.keyreeve.directdebit.rail.sandbox.BankEvent.InstructionAmended;
import dev.keyreeve.directdebit.rail.sandbox.BankEvent.InstructionReturned;
import dev.keyreeve.directdebit.rail.sandbox.BankEvent.Quirk;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// How the sandbox bank treats an account. The last two digits of a sort code `00-00-xx` choose the
/// script, whatever the account number is, so that each script has as many payers as a test wants;
/// a sort code that chooses none always pays.
///
/// Banks report of an instruction or a debit on a day of its cycle. What happens some time after
/// it, an amendment or a claim, happens 5 processing days after the entry day; the amount of a
/// debit can say otherwise: its odd pence, from 1 to 99, are the days, so that 500.20 is claimed
/// back 20 processing days after it was paid.
public enum SandboxScript {
  /// Lodges every instruction and pays every debit.
  PAYS("01"),

  INVALID_ACCOUNT_TYPE("11"),
  NO_ACCOUNT("12"),
  PAYER_NAME_MISSING("13"),

  /// Returns the first presentation of each debit for want of funds, and pays the second.
  PAYS_SECOND_PRESENTATION("21"),
  NEVER_HAS_FUNDS("22"),
  CANCELS_ON_SECOND_DEBIT("23"),
  DIES_BEFORE_SECOND_DEBIT("24"),
  CLOSES_BEFORE_SECOND_DEBIT("25"),
  /// Returns each debit for want of funds, a day later than banks mostly do.
  RETURNS_LATE("26"),

  CANCELS_AT_BANK("31"),
  /// Takes the account to another bank, which tells the new details.
  CHANGES_BANK("32"),
  CHANGES_BRANCH("33"),
  /// Cancels the instruction, and brings it back 5 processing days later.
  CANCELS_AND_REINSTATES("34"),

  CLAIMS_WRONG_AMOUNT("41"),
  CLAIMS_CANCELLED("42"),
  CLAIMS_NO_AUTHORITY("43"),
  /// Claims each debit back, and withdraws the claim 3 processing days later.
  WITHDRAWS_CLAIM("44"),

  /// Returns each first presentation, in a report that comes twice.
  RETURN_DELIVERED_TWICE("51"),
  /// Returns each first presentation under a reference that nobody has lodged.
  RETURN_OF_UNKNOWN_REFERENCE("52"),
  /// Returns each debit as cancelled, with a code of four digits.
  RETURN_WITH_FOUR_DIGITS("53"),

  REJECTED_AT_INPUT("61");

  private static final String SANDBOX = "0000";

  private static final int INPUT_DAY = 1;
  private static final int ENTRY_DAY = 3;

  /// When banks mostly send back what they cannot lodge or collect.
  private static final int RETURN_DAY = 4;

  private static final int LATE_RETURN_DAY = 5;
  private static final int DELAY = 5;
  private static final int UNTIL_WITHDRAWAL = 3;

  private final String digits;

  SandboxScript(String digits) {
    this.digits = digits;
  }

  /// The script of an account; empty if its sort code is none of the sandbox's. A bank of the
  /// sandbox knows no such account.
  public static Optional<SandboxScript> of(SortCode sortCode) {
    if (!sortCode.digits().startsWith(SANDBOX)) return Optional.empty();

    return Stream.of(values())
        .filter(script -> sortCode.digits().endsWith(script.digits))
        .findAny()
        .or(() -> Optional.of(PAYS));
  }

  /// The sort code that chooses this script, such as `00-00-21`.
  public SortCode sortCode() {
    return new SortCode(SANDBOX + digits);
  }

  /// What the bank reports of a new instruction, counted from the cycle in which it was submitted.
  ///
  /// @param details the payer's account, as the instruction names it
  public List<PlannedReport> forInstruction(BankDetails details) {
    return switch (this) {
      case INVALID_ACCOUNT_TYPE -> returned(AuddisReason.INVALID_ACCOUNT_TYPE);
      case NO_ACCOUNT -> returned(AuddisReason.NO_ACCOUNT);
      case PAYER_NAME_MISSING -> returned(AuddisReason.PAYER_NAME_MISSING);
      case CANCELS_AT_BANK -> List.of(amended(DELAY, AddacsReason.CANCELLED_BY_PAYER));
      case CHANGES_BANK -> List.of(amended(AddacsReason.ACCOUNT_TRANSFERRED, elsewhere(details)));
      case CHANGES_BRANCH -> List.of(amended(AddacsReason.BRANCH_CHANGED, elsewhere(details)));
      case CANCELS_AND_REINSTATES ->
          List.of(
              amended(DELAY, AddacsReason.CANCELLED_BY_PAYER),
              amended(2 * DELAY, AddacsReason.REINSTATED));
      case PAYS,
          PAYS_SECOND_PRESENTATION,
          NEVER_HAS_FUNDS,
          CANCELS_ON_SECOND_DEBIT,
          DIES_BEFORE_SECOND_DEBIT,
          CLOSES_BEFORE_SECOND_DEBIT,
          RETURNS_LATE,
          CLAIMS_WRONG_AMOUNT,
          CLAIMS_CANCELLED,
          CLAIMS_NO_AUTHORITY,
          WITHDRAWS_CLAIM,
          RETURN_DELIVERED_TWICE,
          RETURN_OF_UNKNOWN_REFERENCE,
          RETURN_WITH_FOUR_DIGITS,
          REJECTED_AT_INPUT ->
          List.of();
    };
  }

  /// What the bank reports of a debit, counted from the cycle of this presentation. Nothing means
  /// that it is paid.
  public List<PlannedReport> forDebit(Pence amount, Attempt attempt) {
    return switch (this) {
      case PAYS_SECOND_PRESENTATION -> ifFirst(attempt, returned(REFER_TO_PAYER, Quirk.NONE));
      case NEVER_HAS_FUNDS -> returned(REFER_TO_PAYER, Quirk.NONE);
      case CANCELS_ON_SECOND_DEBIT ->
          fromSecondDebit(attempt, returned(AruddReason.CANCELLED_BY_PAYER, Quirk.NONE));
      case DIES_BEFORE_SECOND_DEBIT ->
          fromSecondDebit(attempt, returned(PAYER_DECEASED, Quirk.NONE));
      case CLOSES_BEFORE_SECOND_DEBIT ->
          fromSecondDebit(attempt, returned(ACCOUNT_CLOSED, Quirk.NONE));
      case RETURNS_LATE ->
          List.of(
              new PlannedReport(LATE_RETURN_DAY, new DebitReturned(REFER_TO_PAYER, Quirk.NONE)));
      case CLAIMS_WRONG_AMOUNT -> claimed(amount, DdicReason.AMOUNT_OR_DATE_DIFFERS);
      case CLAIMS_CANCELLED -> claimed(amount, DdicReason.CANCELLED_WITH_COLLECTOR);
      case CLAIMS_NO_AUTHORITY -> claimed(amount, DdicReason.NO_AUTHORITY);
      case WITHDRAWS_CLAIM -> claimedAndWithdrawn(amount, DdicReason.AMOUNT_OR_DATE_DIFFERS);
      case RETURN_DELIVERED_TWICE ->
          ifFirst(attempt, returned(REFER_TO_PAYER, Quirk.DELIVERED_TWICE));
      case RETURN_OF_UNKNOWN_REFERENCE ->
          ifFirst(attempt, returned(REFER_TO_PAYER, Quirk.UNKNOWN_REFERENCE));
      case RETURN_WITH_FOUR_DIGITS ->
          returned(AruddReason.CANCELLED_BY_PAYER, Quirk.FOUR_DIGIT_CODE);
      case REJECTED_AT_INPUT -> List.of(new PlannedReport(INPUT_DAY, new DebitRejected()));
      case PAYS,
          INVALID_ACCOUNT_TYPE,
          NO_ACCOUNT,
          PAYER_NAME_MISSING,
          CANCELS_AT_BANK,
          CHANGES_BANK,
          CHANGES_BRANCH,
          CANCELS_AND_REINSTATES ->
          List.of();
    };
  }

  /// Which debit it is that the bank is asked for.
  ///
  /// @param debit counts the debits under the mandate, from 1
  /// @param presentation counts how often this one was presented, from 1
  public record Attempt(int debit, int presentation) {
    public Attempt {
      if (debit < 1 || presentation < 1) throw new IllegalArgumentException("both count from 1");
    }
  }

  private static List<PlannedReport> returned(AuddisReason reason) {
    return List.of(new PlannedReport(RETURN_DAY, new InstructionReturned(reason)));
  }

  private static List<PlannedReport> returned(AruddReason reason, Quirk quirk) {
    return List.of(new PlannedReport(RETURN_DAY, new DebitReturned(reason, quirk)));
  }

  private static PlannedReport amended(int delay, AddacsReason reason) {
    return new PlannedReport(ENTRY_DAY + delay, new InstructionAmended(reason, null));
  }

  private static PlannedReport amended(AddacsReason reason, NewAccount newAccount) {
    return new PlannedReport(ENTRY_DAY + DELAY, new InstructionAmended(reason, newAccount));
  }

  /// The same number at a branch that always pays.
  private static NewAccount elsewhere(BankDetails details) {
    return new NewAccount(PAYS.sortCode(), details.accountNumber());
  }

  private static List<PlannedReport> claimed(Pence amount, DdicReason reason) {
    return List.of(new PlannedReport(claimDay(amount), new ClaimRaised(reason)));
  }

  private static List<PlannedReport> claimedAndWithdrawn(Pence amount, DdicReason reason) {
    var day = claimDay(amount);
    return List.of(
        new PlannedReport(day, new ClaimRaised(reason)),
        new PlannedReport(day + UNTIL_WITHDRAWAL, new ClaimWithdrawn(reason)));
  }

  private static int claimDay(Pence amount) {
    var oddPence = (int) (amount.amount() % 100);
    return ENTRY_DAY + (oddPence == 0 ? DELAY : oddPence);
  }

  private static List<PlannedReport> ifFirst(Attempt attempt, List<PlannedReport> reports) {
    return attempt.presentation() == 1 ? reports : List.of();
  }

  private static List<PlannedReport> fromSecondDebit(Attempt attempt, List<PlannedReport> reports) {
    return attempt.debit() >= 2 ? reports : List.of();
  }
}

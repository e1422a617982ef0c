package dev.keyreeve.directdebit.mandate;

import dev.keyreeve.directdebit.bacs.scheme.AddacsReason;
import dev.keyreeve.directdebit.bacs.scheme.AruddReason;
import dev.keyreeve.directdebit.bacs.scheme.AuddisReason;
import dev.keyreeve.directdebit.bacs.scheme.DdicReason;
import dev.keyreeve.directdebit.bacs.scheme.SchemeReason;
import dev.keyreeve.procedure.shape.Format;
import dev.keyreeve.procedure.shape.Text;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Why a mandate is suspended or has ended.
public sealed interface Reason {

  /// One line that says it all: the words, a report's code or `approval_refused`. [#parse] reads it
  /// back.
  String text();

  static Reason parse(String text) {
    if (text.equals(ApprovalRefused.TEXT)) return new ApprovalRefused();
    if (Given.REPORT_CODE.matcher(text).matches()) return new Reported(SchemeReason.parse(text));

    return new Given(text);
  }

  /// The collector's own words: 1 to 200 characters on one line, which nothing else is written as.
  @Format(pattern = "^.{1,200}$", example = "The tenant has moved out.")
  @Text(min = 0, plain = true)
  record Given(String text) implements Reason {

    private static final Pattern REPORT_CODE = Pattern.compile("(AUDDIS|ADDACS|ARUDD|DDIC)-.");
    private static final int MAX_LENGTH = 200;

    public Given {
      text = text.strip();
      if (text.isEmpty()
          || text.length() > MAX_LENGTH
          || text.chars().anyMatch(Character::isISOControl)
          || text.equals(ApprovalRefused.TEXT)
          || REPORT_CODE.matcher(text).matches()) {
        throw new IllegalArgumentException(
            "A reason is 1 to 200 characters on one line, and not the code of a bank's report.");
      }
    }

    public static Given parse(String text) {
      return new Given(text);
    }

    @Override
    public String toString() {
      return text;
    }
  }

  /// The second signatory did not agree.
  record ApprovalRefused() implements Reason {
    private static final String TEXT = "approval_refused";

    @Override
    public String text() {
      return TEXT;
    }
  }

  record Reported(SchemeReason reason) implements Reason {

    @Override
    public String text() {
      return reason.code();
    }

    /// At whose wish the mandate ended. Bacs scheme: reason 1 of ADDACS, ARUDD and AUDDIS is the
    /// payer's own cancellation, and DDIC 3 names an instruction that the bank had ended; all other
    /// claims are the payer's word against the collector. Every other report is the bank's word.
    Initiator initiator() {
      return switch (reason) {
        case AuddisReason.CANCELLED_BY_PAYER,
            AddacsReason.CANCELLED_BY_PAYER,
            AruddReason.CANCELLED_BY_PAYER ->
            Initiator.PAYER;
        case DdicReason.CANCELLED_AT_BANK -> Initiator.BANK;
        case DdicReason _ -> Initiator.PAYER;
        case AuddisReason _, AddacsReason _, AruddReason _ -> Initiator.BANK;
      };
    }

    /// What stands in the way of having the same account debited again. Bacs scheme: after ADDACS 0
    /// only a new instruction for another account is taken, and after 2, 5 and B there is nobody to
    /// ask or no account. What the payer ended needs the payer's agreement once more. Everything
    /// else is for the collector to put right and to lodge again.
    @Nullable Obstacle obstacle() {
      return switch (reason) {
        case AddacsReason.REFER_TO_PAYER -> Obstacle.NEW_ACCOUNT_NEEDED;
        case AuddisReason.PAYER_DECEASED, AddacsReason.PAYER_DECEASED, AruddReason.PAYER_DECEASED ->
            Obstacle.PAYER_DECEASED;
        case AuddisReason.ACCOUNT_CLOSED, AddacsReason.ACCOUNT_CLOSED, AruddReason.ACCOUNT_CLOSED ->
            Obstacle.ACCOUNT_CLOSED;
        case AuddisReason.NO_ACCOUNT, AruddReason.NO_ACCOUNT -> Obstacle.NO_ACCOUNT;
        case AuddisReason _, AddacsReason _, AruddReason _, DdicReason _ ->
            initiator() == Initiator.PAYER ? Obstacle.CONSENT_NEEDED : null;
      };
    }

    /// Whether the payer has another account now, which nobody has named yet. Bacs scheme: reason 3
    /// of ADDACS, without new details, and of ARUDD.
    boolean awaitsNewAccount() {
      return reason == AddacsReason.ACCOUNT_TRANSFERRED
          || reason == AruddReason.ACCOUNT_TRANSFERRED;
    }

    /// Whether the payer has had the instruction ended at the bank. Bacs scheme: ADDACS 1, of which
    /// a debit that was under way tells by ARUDD 1. An instruction that AUDDIS 1 returned was never
    /// lodged.
    boolean isPayersOwnCancellation() {
      return reason == AddacsReason.CANCELLED_BY_PAYER || reason == AruddReason.CANCELLED_BY_PAYER;
    }

    /// Whether this stands in the way of a return where `other` does not, or more than `other`: a
    /// wish of the payer that the payer's bank can undo weighs least, then what needs the payer's
    /// agreement with the collector, then what is for good, and a death most. House rule, so that
    /// the order in which reports come does not matter.
    boolean outweighs(Reason other) {
      return weight() > (other instanceof Reported that ? that.weight() : 0);
    }

    /// What an end for this reason asks for beside the end itself. Bacs scheme: nobody writes to a
    /// payer of whom reason 2 of ADDACS, ARUDD or AUDDIS tells.
    Set<Effect> effects() {
      return obstacle() == Obstacle.PAYER_DECEASED ? Set.of(Effect.STOP_CONTACT) : Set.of();
    }

    private int weight() {
      return switch (obstacle()) {
        case null -> 0;
        case CONSENT_NEEDED -> isPayersOwnCancellation() ? 1 : 2;
        case ACCOUNT_CLOSED,
            NO_ACCOUNT,
            NEW_ACCOUNT_NEEDED,
            NEVER_AUTHORISED,
            TOO_MANY_RESUBMISSIONS ->
            3;
        case PAYER_DECEASED -> 4;
      };
    }
  }
}

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

    /// At whose wish the mandate ended. Where a report leaves it open, it is taken to be the
    /// payer's, so that a return needs the payer's consent.
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

    @Nullable Obstacle obstacle() {
      return switch (reason) {
        case AuddisReason.PAYER_DECEASED, AddacsReason.PAYER_DECEASED, AruddReason.PAYER_DECEASED ->
            Obstacle.PAYER_DECEASED;
        case AuddisReason.ACCOUNT_CLOSED, AddacsReason.ACCOUNT_CLOSED, AruddReason.ACCOUNT_CLOSED ->
            Obstacle.ACCOUNT_CLOSED;
        case AuddisReason.NO_ACCOUNT, AruddReason.NO_ACCOUNT -> Obstacle.NO_ACCOUNT;
        case AuddisReason _, AddacsReason _, AruddReason _, DdicReason _ ->
            initiator() == Initiator.PAYER ? Obstacle.CONSENT_NEEDED : null;
      };
    }

    /// Whether the payer has another account now, which nobody has named yet.
    boolean awaitsNewAccount() {
      return reason == AddacsReason.ACCOUNT_TRANSFERRED
          || reason == AruddReason.ACCOUNT_TRANSFERRED;
    }

    /// Whether this stands in the way of a return where `other` does not, or for good where `other`
    /// wants consent.
    boolean outweighs(Reason other) {
      return weight(obstacle()) > (other instanceof Reported that ? weight(that.obstacle()) : 0);
    }

    /// What an end for this reason asks for beside the end itself.
    Set<Effect> effects() {
      return obstacle() == Obstacle.PAYER_DECEASED ? Set.of(Effect.STOP_CONTACT) : Set.of();
    }

    private static int weight(@Nullable Obstacle obstacle) {
      if (obstacle == null) return 0;
      return obstacle == Obstacle.CONSENT_NEEDED ? 1 : 2;
    }
  }
}

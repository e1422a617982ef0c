package dev.keyreeve.directdebit.bacs.bankreport;

import dev.keyreeve.directdebit.bacs.scheme.AddacsReason;
import dev.keyreeve.directdebit.bacs.scheme.AruddReason;
import dev.keyreeve.directdebit.bacs.scheme.AuddisReason;
import dev.keyreeve.directdebit.bacs.scheme.DdicReason;
import dev.keyreeve.directdebit.bacs.scheme.SchemeReason;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// The reasons behind the codes that reports print, and the words that banks print beside them.
public final class ReasonCodes {

  /// The cause of the reasons that no report names.
  private static final String UNKNOWN = "unknown";

  private ReasonCodes() {}

  /// The reason by the first character of the code: banks write behind it the day of the year of
  /// the debit, as in `0273`. The words beside it differ from bank to bank, or are missing, so they
  /// only tell what the character does not.
  static Optional<AruddReason> arudd(String code, String description) {
    return find(AruddReason.values(), "ARUDD-", first(code))
        .or(
            () ->
                Arrays.stream(AruddReason.values())
                    .filter(reason -> reason != AruddReason.UNKNOWN)
                    .filter(reason -> describe(reason).equals(normalised(description)))
                    .findAny());
  }

  private static String first(String code) {
    return code.isEmpty() ? "" : code.substring(0, code.offsetByCodePoints(0, 1));
  }

  static Optional<AuddisReason> auddis(String code) {
    return find(AuddisReason.values(), "AUDDIS-", code);
  }

  static Optional<AddacsReason> addacs(String code) {
    return find(AddacsReason.values(), "ADDACS-", code);
  }

  static Optional<DdicReason> ddic(String code) {
    return find(DdicReason.values(), "DDIC-", code);
  }

  /// The code that a report prints, such as `2`.
  public static String print(SchemeReason reason) {
    return reason.code().substring(reason.code().indexOf('-') + 1);
  }

  /// The words that an ARUDD prints beside the code.
  public static String describe(AruddReason reason) {
    return switch (reason) {
      case REFER_TO_PAYER -> "REFER TO PAYER";
      case CANCELLED_BY_PAYER -> "INSTRUCTION CANCELLED";
      case PAYER_DECEASED -> "PAYER DECEASED";
      case ACCOUNT_TRANSFERRED -> "ACCOUNT TRANSFERRED";
      case NOTICE_DISPUTED -> "ADVANCE NOTICE DISPUTED";
      case NO_ACCOUNT -> "NO ACCOUNT";
      case NO_INSTRUCTION -> "NO INSTRUCTION";
      case AMOUNT_DIFFERS -> "AMOUNT DIFFERS";
      case NOT_YET_DUE -> "AMOUNT NOT YET DUE";
      case PRESENTATION_OVERDUE -> "PRESENTATION OVERDUE";
      case SERVICE_USER_DIFFERS -> "SERVICE USER DIFFERS";
      case ACCOUNT_CLOSED -> "ACCOUNT CLOSED";
      case UNKNOWN -> "UNKNOWN";
    };
  }

  /// The words that a DDICA prints beside the code.
  public static String describe(DdicReason reason) {
    return switch (reason) {
      case AMOUNT_OR_DATE_DIFFERS -> "AMOUNT AND/OR DATE DIFFER FROM ADVANCE NOTICE";
      case NO_NOTICE -> "NO ADVANCE NOTICE RECEIVED OR AMOUNT DISPUTED";
      case CANCELLED_AT_BANK -> "INSTRUCTION CANCELLED BY PAYING BANK";
      case CANCELLED_WITH_COLLECTOR -> "INSTRUCTION CANCELLED WITH SERVICE USER";
      case NO_AUTHORITY -> "NO INSTRUCTION HELD OR AUTHORITY DISPUTED";
      case SIGNATURE_FRAUDULENT -> "SIGNATURE FRAUDULENT";
      case RAISED_BY_COLLECTOR -> "CLAIM RAISED AT REQUEST OF SERVICE USER";
      case COLLECTOR_NOT_RECOGNISED -> "SERVICE USER NAME NOT RECOGNISED";
      case UNKNOWN -> "UNKNOWN";
    };
  }

  private static <R extends SchemeReason> Optional<R> find(
      R[] reasons, String report, String code) {
    var known = report + code.toUpperCase(Locale.ROOT);
    return Arrays.stream(reasons)
        .filter(reason -> !reason.cause().equals(UNKNOWN))
        .filter(reason -> reason.code().equals(known))
        .findAny();
  }

  private static String normalised(String description) {
    return description.strip().replaceAll("\\s+", " ").toUpperCase(Locale.ROOT);
  }
}

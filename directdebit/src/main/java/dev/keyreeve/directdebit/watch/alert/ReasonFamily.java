package dev.keyreeve.directdebit.watch.alert;

import dev.keyreeve.directdebit.bacs.scheme.AruddReason;
import dev.keyreeve.directdebit.bacs.scheme.DdicReason;
import dev.keyreeve.directdebit.bacs.scheme.SchemeReason;
import java.util.List;
import java.util.Locale;

/// Reasons for returned debits and claims that have one root.
public enum ReasonFamily {
  FUNDS,
  AUTHORITY,
  ACCOUNT_DATA,
  NOTICE,
  DECEASED;

  /// The reasons' codes, as rows keep them.
  List<String> codes() {
    return reasons().stream().map(SchemeReason::code).toList();
  }

  private List<SchemeReason> reasons() {
    return switch (this) {
      case FUNDS -> List.of(AruddReason.REFER_TO_PAYER);
      case AUTHORITY ->
          List.of(
              AruddReason.CANCELLED_BY_PAYER,
              AruddReason.NO_INSTRUCTION,
              AruddReason.SERVICE_USER_DIFFERS,
              DdicReason.NO_AUTHORITY,
              DdicReason.SIGNATURE_FRAUDULENT,
              DdicReason.COLLECTOR_NOT_RECOGNISED);
      case ACCOUNT_DATA ->
          List.of(
              AruddReason.ACCOUNT_TRANSFERRED, AruddReason.NO_ACCOUNT, AruddReason.ACCOUNT_CLOSED);
      case NOTICE ->
          List.of(
              AruddReason.NOTICE_DISPUTED,
              AruddReason.AMOUNT_DIFFERS,
              AruddReason.NOT_YET_DUE,
              AruddReason.PRESENTATION_OVERDUE,
              DdicReason.AMOUNT_OR_DATE_DIFFERS,
              DdicReason.NO_NOTICE);
      case DECEASED -> List.of(AruddReason.PAYER_DECEASED);
    };
  }

  /// As the wire and the database spell it.
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  static ReasonFamily parse(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }
}

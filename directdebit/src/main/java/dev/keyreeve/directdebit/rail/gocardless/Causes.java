package dev.keyreeve.directdebit.rail.gocardless;

import dev.keyreeve.directdebit.bacs.scheme.AddacsReason;
import dev.keyreeve.directdebit.bacs.scheme.AruddReason;
import dev.keyreeve.directdebit.bacs.scheme.AuddisReason;
import dev.keyreeve.directdebit.bacs.scheme.DdicReason;
import dev.keyreeve.directdebit.bacs.scheme.SchemeReason;
import dev.keyreeve.directdebit.rail.gocardless.GoCardlessEvent.Details;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The reasons of banks in an event's details. The code of a report of Bacs says it best; where
/// there is none, or one that Bacs does not document, the cause does. Whatever is left open is
/// empty.
final class Causes {

  private Causes() {}

  /// Why a bank did not lodge an instruction. GoCardless counts the debit that found no instruction
  /// as such an answer.
  static Optional<AuddisReason> rejection(Details details) {
    return switch (code(details)) {
      case AuddisReason reason -> Optional.of(reason);
      case AruddReason reason ->
          switch (reason) {
            case NO_ACCOUNT -> Optional.of(AuddisReason.NO_ACCOUNT);
            case NO_INSTRUCTION -> Optional.of(AuddisReason.NO_INSTRUCTION);
            case CANCELLED_BY_PAYER -> Optional.of(AuddisReason.CANCELLED_BY_PAYER);
            case PAYER_DECEASED -> Optional.of(AuddisReason.PAYER_DECEASED);
            case ACCOUNT_TRANSFERRED -> Optional.of(AuddisReason.ACCOUNT_TRANSFERRED);
            case ACCOUNT_CLOSED -> Optional.of(AuddisReason.ACCOUNT_CLOSED);
            case REFER_TO_PAYER,
                NOTICE_DISPUTED,
                AMOUNT_DIFFERS,
                NOT_YET_DUE,
                PRESENTATION_OVERDUE,
                SERVICE_USER_DIFFERS,
                UNKNOWN ->
                Optional.empty();
          };
      case AddacsReason _, DdicReason _ -> Optional.empty();
      case null ->
          switch (details.cause()) {
            case "bank_account_closed" -> Optional.of(AuddisReason.ACCOUNT_CLOSED);
            case "bank_account_transferred" -> Optional.of(AuddisReason.ACCOUNT_TRANSFERRED);
            case "direct_debit_not_enabled" -> Optional.of(AuddisReason.DEBITS_REFUSED_ON_ACCOUNT);
            case "invalid_bank_details" -> Optional.of(AuddisReason.NO_ACCOUNT);
            case "mandate_cancelled" -> Optional.of(AuddisReason.CANCELLED_BY_PAYER);
            case null, default -> Optional.empty();
          };
    };
  }

  /// Why a bank's report ended a lodged instruction.
  static Optional<SchemeReason> cancellation(Details details) {
    return switch (code(details)) {
      case AddacsReason reason when reason == AddacsReason.REINSTATED -> Optional.empty();
      case SchemeReason reason -> Optional.of(reason);
      case null ->
          switch (details.cause()) {
            case "mandate_cancelled" -> Optional.of(AddacsReason.CANCELLED_BY_PAYER);
            case "bank_account_closed" -> Optional.of(AddacsReason.ACCOUNT_CLOSED);
            case "bank_account_transferred" -> Optional.of(AddacsReason.ACCOUNT_TRANSFERRED);
            case "refer_to_payer" -> Optional.of(AddacsReason.REFER_TO_PAYER);
            case "invalid_bank_details" -> Optional.of(AruddReason.NO_ACCOUNT);
            case "direct_debit_not_enabled" -> Optional.of(AuddisReason.DEBITS_REFUSED_ON_ACCOUNT);
            case "authorisation_disputed" -> Optional.of(DdicReason.NO_AUTHORITY);
            case null, default -> Optional.empty();
          };
    };
  }

  /// Why a debit came back unpaid.
  static Optional<AruddReason> unpaid(Details details) {
    return switch (code(details)) {
      case AruddReason reason -> Optional.of(reason);
      case AuddisReason _, AddacsReason _, DdicReason _ -> Optional.empty();
      case null ->
          switch (details.cause()) {
            case "refer_to_payer", "insufficient_funds", "test_failure" ->
                Optional.of(AruddReason.REFER_TO_PAYER);
            case "mandate_cancelled" -> Optional.of(AruddReason.CANCELLED_BY_PAYER);
            case "bank_account_closed" -> Optional.of(AruddReason.ACCOUNT_CLOSED);
            case "bank_account_transferred" -> Optional.of(AruddReason.ACCOUNT_TRANSFERRED);
            case "invalid_bank_details", "direct_debit_not_enabled" ->
                Optional.of(AruddReason.NO_ACCOUNT);
            case null, default -> Optional.empty();
          };
    };
  }

  /// Why a payer claims a debit back.
  static Optional<DdicReason> claim(Details details) {
    return switch (code(details)) {
      case DdicReason reason -> Optional.of(reason);
      case AuddisReason _, AddacsReason _, AruddReason _ -> Optional.empty();
      case null ->
          "authorisation_disputed".equals(details.cause())
              ? Optional.of(DdicReason.NO_AUTHORITY)
              : Optional.empty();
    };
  }

  /// The code of a report; null if there is none that Bacs documents. GoCardless calls the report
  /// of claims by its file, `DDICA-4`, where Bacs and we name the claim, `DDIC-4`.
  private static @Nullable SchemeReason code(Details details) {
    var code = details.reasonCode();
    if (code == null) return null;

    return SchemeReason.find(code.replaceFirst("^DDICA-", "DDIC-")).orElse(null);
  }
}

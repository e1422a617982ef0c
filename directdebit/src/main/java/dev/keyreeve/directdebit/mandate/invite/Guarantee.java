package dev.keyreeve.directdebit.mandate.invite;

import java.util.List;

/// The Direct Debit Guarantee, as a payer reads it before agreeing.
///
/// @param version names the wording; kept as evidence of what was shown
public record Guarantee(String version, List<String> paragraphs) {
  /// Changes with the wording.
  public static final String VERSION = "uk-1";

  /// @param collector who collects
  /// @param noticeDays working days between a notice and its debit
  public static Guarantee of(String collector, int noticeDays) {
    return new Guarantee(
        VERSION,
        List.of(
            "This Guarantee is offered by all banks and building societies that accept"
                + " instructions to pay Direct Debits.",
            "If there are any changes to the amount, date or frequency of your Direct Debit, %s will notify you %s in advance of your account being debited or as otherwise agreed. If you request %1$s to collect a payment, confirmation of the amount and date will be given to you at the time of the request."
                .formatted(
                    collector, noticeDays == 1 ? "1 working day" : noticeDays + " working days"),
            "If an error is made in the payment of your Direct Debit, by %s or your bank or building society, you are entitled to a full and immediate refund of the amount paid from your bank or building society. If you receive a refund you are not entitled to, you must pay it back when %1$s asks you to."
                .formatted(collector),
            "You can cancel a Direct Debit at any time by simply contacting your bank or building"
                + " society. Written confirmation may be required. Please also notify us."));
  }
}

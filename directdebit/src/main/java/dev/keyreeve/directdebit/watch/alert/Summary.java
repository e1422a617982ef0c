package dev.keyreeve.directdebit.watch.alert;

import dev.keyreeve.directdebit.bacs.money.Pence;

/// What an alert says to people, in one sentence without anybody's name.
final class Summary {
  private Summary() {}

  static String of(Alert alert) {
    long value = alert.counts().numerator();
    long of = alert.counts().denominator();
    var family = alert.family();
    var reasons = family == null ? "" : " for reasons of " + family.word().replace('_', ' ');
    return switch (alert.metric()) {
      case FAILURE_RATE -> value + " of " + of + " debits came back" + reasons + ".";
      case CLAWBACK_RATE -> value + " claims" + reasons + " for " + of + " settled debits.";
      case FAMILY_RATE -> value + " returns and claims" + reasons + " for " + of + " debits.";
      case PAYER_CANCELLATION_RATE -> "Payers cancelled " + value + " of " + of + " mandates.";
      case INVITE_CONVERSION -> "Payers completed " + value + " of " + of + " invites.";
      case CLAIM_AMOUNT -> "A payer claims back £" + new Pence(value) + ".";
      case CLAIM_DEADLINE ->
          "A claim can be challenged for " + value + " more processing days, today not counted.";
      case UNMATCHED_CLAIM -> "A claim fits no debit; it waits for day " + value + ".";
      case UNMATCHED_ITEMS -> value + " items of reports are matched to nothing.";
      case UNACTIONED_ADVICES -> value + " AUDDIS or ADDACS advices wait for somebody to act.";
      case MISSING_REPORT ->
          "No ARUDD report for a submission; it is missing for day " + value + ".";
      case SUBMISSION_NOT_ACCEPTED -> "A submission was not accepted by the cut-off.";
      case DORMANT_MANDATES -> "Banks may soon drop " + value + " mandates that lie unused.";
      case SERVICE_USER_DIFFERS -> "A bank says that a mandate is another service user's.";
    };
  }
}

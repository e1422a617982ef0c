package dev.keyreeve.directdebit.watch.alert;

import dev.keyreeve.directdebit.watch.alert.RuleWindow.RollingDays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The rules that every workspace has until it changes them.
final class DefaultRules {
  static final List<Rule> ALL =
      List.of(
          rate("failure_rate", AlertMetric.FAILURE_RATE, null, 30, 20, 500, 1_000),
          rate("clawback_rate", AlertMetric.CLAWBACK_RATE, null, 60, 50, 50, 100),
          rate("authority_rate", AlertMetric.FAMILY_RATE, ReasonFamily.AUTHORITY, 60, 50, 50, 100),
          rate(
              "account_data_rate",
              AlertMetric.FAMILY_RATE,
              ReasonFamily.ACCOUNT_DATA,
              60,
              50,
              300,
              500),
          rate("payer_cancellations", AlertMetric.PAYER_CANCELLATION_RATE, null, 30, 20, 300, 600),
          rate("invite_conversion", AlertMetric.INVITE_CONVERSION, null, 30, 20, 5_000, 2_500),
          rule("large_claim", AlertMetric.CLAIM_AMOUNT, 60, 0, 50_000, 100_000),
          rule("claim_deadline", AlertMetric.CLAIM_DEADLINE, 60, 0, 3, 1),
          rule("unmatched_claim", AlertMetric.UNMATCHED_CLAIM, 60, 0, 1, 4),
          rule("unmatched_items", AlertMetric.UNMATCHED_ITEMS, 60, 0, 1, 10),
          rule("unactioned_advices", AlertMetric.UNACTIONED_ADVICES, 2, 0, 1, 10),
          rule("missing_report", AlertMetric.MISSING_REPORT, 30, 100, 1, 2),
          rule("submission_not_accepted", AlertMetric.SUBMISSION_NOT_ACCEPTED, 30, 0, 1, 1),
          rule("dormant_mandates", AlertMetric.DORMANT_MANDATES, 30, 0, 1, 100),
          rule("service_user_differs", AlertMetric.SERVICE_USER_DIFFERS, 30, 0, 1, 1));

  private DefaultRules() {}

  static Optional<Rule> find(RuleName name) {
    return ALL.stream().filter(rule -> rule.name().equals(name)).findAny();
  }

  private static Rule rate(
      String name,
      AlertMetric metric,
      @Nullable ReasonFamily family,
      int days,
      int minSample,
      long warn,
      long critical) {
    return new Rule(
        new RuleName(name),
        metric,
        family,
        RuleScope.ORGANISATION,
        new RollingDays(days),
        minSample,
        warn,
        critical,
        null,
        0,
        true);
  }

  private static Rule rule(
      String name, AlertMetric metric, int days, int minSample, long warn, long critical) {
    return rate(name, metric, null, days, minSample, warn, critical);
  }
}

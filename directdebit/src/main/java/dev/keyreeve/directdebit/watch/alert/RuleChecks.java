package dev.keyreeve.directdebit.watch.alert;

import dev.keyreeve.directdebit.watch.alert.RuleWindow.AlertWindow;
import dev.keyreeve.directdebit.watch.alert.RuleWindow.CalendarMonth;
import dev.keyreeve.directdebit.watch.alert.RuleWindow.RollingDays;
import dev.keyreeve.procedure.Faults;
import dev.keyreeve.procedure.Outcome;
import dev.keyreeve.procedure.problem.Reasons;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Makes the rule that somebody wants, or says all that is wrong with it.
final class RuleChecks {

  /// How far an absolute rule may look: challenges end after 9 processing days.
  private static final long MOST_DAYS_LEFT = 9;

  private RuleChecks() {}

  /// @param now the rule as it is; null for a new one
  static Outcome<Rule> changed(@Nullable Rule now, SetRule input) {
    var faults = new Faults();
    var base = now == null ? newRule(input, faults) : now;
    if (base == null) return faults.or(() -> unreachable(input));

    if (now != null) {
      if (input.metric() != null && input.metric() != now.metric()) fixed(faults, "metric");
      if (input.family() != null && input.family() != now.family()) fixed(faults, "family");
      if (input.scope() != null && !input.scope().equals(now.scope())) fixed(faults, "scope");
    }
    var rule =
        new Rule(
            base.name(),
            base.metric(),
            base.family(),
            base.scope(),
            window(base, input, faults),
            or(input.minSample(), base.minSample()),
            or(input.warn(), base.warn()),
            or(input.critical(), base.critical()),
            input.warn() == null && input.clear() == null ? base.clear() : input.clear(),
            or(input.cooldownDays(), base.cooldownDays()),
            or(input.enabled(), base.enabled()));
    check(rule, faults);
    return faults.or(() -> Outcome.done(rule));
  }

  private static @Nullable Rule newRule(SetRule input, Faults faults) {
    var metric = input.metric();
    if (metric == null) {
      fault(faults, "metric", "required", "A new rule names its metric.");
      return null;
    }
    if (metric.needsFamily() && input.family() == null) {
      fault(faults, "family", "required", "This metric needs a family of reasons.");
    }
    if (!metric.takesFamily() && input.family() != null) {
      fault(faults, "family", "conflict", "This metric knows no families of reasons.");
    }
    if (isNobodys(metric) && input.scope() != null && input.scope().tagKey() != null) {
      fault(faults, "scope", "conflict", "What this metric counts has no tags.");
    }
    var like =
        DefaultRules.ALL.stream().filter(rule -> rule.metric() == metric).findFirst().orElseThrow();
    return new Rule(
        input.name(),
        metric,
        input.family(),
        or(input.scope(), RuleScope.ORGANISATION),
        like.window(),
        like.minSample(),
        like.warn(),
        like.critical(),
        null,
        0,
        true);
  }

  /// Whether what a metric counts is about no mandate.
  private static boolean isNobodys(AlertMetric metric) {
    return switch (metric) {
      case UNMATCHED_ITEMS, UNACTIONED_ADVICES, MISSING_REPORT, SUBMISSION_NOT_ACCEPTED -> true;
      case FAILURE_RATE,
          CLAWBACK_RATE,
          FAMILY_RATE,
          PAYER_CANCELLATION_RATE,
          INVITE_CONVERSION,
          CLAIM_AMOUNT,
          CLAIM_DEADLINE,
          UNMATCHED_CLAIM,
          DORMANT_MANDATES,
          SERVICE_USER_DIFFERS ->
          false;
    };
  }

  private static RuleWindow window(Rule base, SetRule input, Faults faults) {
    var period =
        or(
            input.window(),
            input.days() == null ? base.window().period() : AlertWindow.ROLLING_DAYS);
    if (period == AlertWindow.CALENDAR_MONTH) {
      if (input.days() != null) {
        fault(faults, "days", "conflict", "A calendar month has the days that it has.");
      }
      if (!base.metric().isRate()) {
        fault(faults, "window", "conflict", "Only rates are counted by the month.");
      }
      return new CalendarMonth();
    }
    if (input.days() != null) return new RollingDays(input.days());
    if (base.window() instanceof RollingDays rolling) return rolling;

    fault(faults, "days", "required", "A rolling window has a number of days.");
    return base.window();
  }

  private static void check(Rule rule, Faults faults) {
    long best = rule.metric().isBetterHigh() ? rule.warn() : rule.critical();
    long worst = rule.metric().isBetterHigh() ? rule.critical() : rule.warn();
    if (worst > best) {
      fault(
          faults,
          "critical",
          "out_of_range",
          rule.metric().isBetterHigh()
              ? "Here less is worse, so critical is at most warn."
              : "The warning comes first, so warn is at most critical.");
    }
    if (rule.metric().isRate() && best > Rule.WHOLE) {
      fault(faults, "warn", "out_of_range", "A rate is at most 10000 hundredths of a percent.");
    }
    if (rule.metric().unit() == AlertUnit.DAYS_LEFT && best > MOST_DAYS_LEFT) {
      fault(faults, "warn", "out_of_range", "A claim can be challenged for 9 processing days.");
    }
    var clear = rule.clear();
    if (clear == null) return;

    if (!rule.metric().isRate()) {
      fault(faults, "clear", "conflict", "Only rates have a clear level.");
    } else if (rule.metric().isBetterHigh()
        ? clear < rule.warn() || clear > Rule.WHOLE
        : clear > rule.warn()) {
      fault(faults, "clear", "out_of_range", "The clear level is on the good side of the warning.");
    }
  }

  private static void fixed(Faults faults, String field) {
    fault(faults, field, "conflict", "What a rule is about stays; add another under a new name.");
  }

  private static void fault(Faults faults, String field, String code, String message) {
    faults.add(field, Reasons.INVALID_INPUT, code, message);
  }

  private static <T> T or(@Nullable T wanted, T base) {
    return Objects.requireNonNullElse(wanted, base);
  }

  private static Outcome<Rule> unreachable(SetRule input) {
    throw new IllegalStateException("there is no rule " + input.name());
  }
}

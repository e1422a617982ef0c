package dev.keyreeve.directdebit.watch.alert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyreeve.directdebit.watch.alert.RuleState.ClearRun;
import dev.keyreeve.directdebit.watch.alert.RuleState.Live;
import dev.keyreeve.directdebit.watch.alert.RuleState.Quiet;
import dev.keyreeve.directdebit.watch.alert.RuleWindow.CalendarMonth;
import dev.keyreeve.directdebit.watch.alert.RuleWindow.RollingDays;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

@NullMarked
class EvaluationTest {
  private static final LocalDate DAY = LocalDate.of(2026, 7, 15);
  private static final Rule FAILURES =
      DefaultRules.find(new RuleName("failure_rate")).orElseThrow();
  private static final Rule INVITES =
      DefaultRules.find(new RuleName("invite_conversion")).orElseThrow();
  private static final Rule DEADLINE =
      DefaultRules.find(new RuleName("claim_deadline")).orElseThrow();

  /// The failure rate warns at 5 %, is critical at 10 % and clears below 4 %.
  @ParameterizedTest
  @CsvSource({
    "0, 19, INSUFFICIENT_DATA",
    "19, 19, INSUFFICIENT_DATA",
    "0, 20, CLEAR",
    "39, 1000, CLEAR",
    "40, 1000, ELEVATED",
    "49, 1000, ELEVATED",
    "1, 20, WARNING",
    "50, 1000, WARNING",
    "49999999, 1000000000, ELEVATED",
    "50000000, 1000000000, WARNING",
    "99, 1000, WARNING",
    "2, 20, CRITICAL",
    "1000, 1000, CRITICAL"
  })
  void comparesCountsWithoutRounding(long numerator, long denominator, AlertLevel level) {
    assertThat(FAILURES.level(new Counts(numerator, denominator))).isEqualTo(level);
  }

  /// Warns at a third, and clears below 3,330 hundredths of a percent.
  @ParameterizedTest
  @CsvSource({
    "3334, 10000, WARNING",
    "1, 3, ELEVATED",
    "333, 1000, ELEVATED",
    "3329, 10000, CLEAR",
    "0, 0, INSUFFICIENT_DATA"
  })
  void clearsBelowTheLevelThatIsSet(long numerator, long denominator, AlertLevel level) {
    var rule = with(FAILURES, 0, 3_334, 10_000, 3_330L);

    assertThat(rule.level(new Counts(numerator, denominator))).isEqualTo(level);
  }

  /// Fewer completed invites are worse: below 50 % it warns, below 25 % it is critical, and it is
  /// clear from 62.5 %.
  @ParameterizedTest
  @CsvSource({
    "10, 19, INSUFFICIENT_DATA",
    "10, 20, ELEVATED",
    "499, 1000, WARNING",
    "250, 1000, WARNING",
    "249, 1000, CRITICAL",
    "624, 1000, ELEVATED",
    "625, 1000, CLEAR",
    "1000, 1000, CLEAR"
  })
  void warnsOfLowRatesWhereMoreIsBetter(long numerator, long denominator, AlertLevel level) {
    assertThat(INVITES.level(new Counts(numerator, denominator))).isEqualTo(level);
  }

  @Test
  void aRateThatMustBeAlmostWholeCanStillClear() {
    var strict = with(INVITES, 1, 9_000, 5_000, null);

    assertThat(strict.level(new Counts(9, 10))).isEqualTo(AlertLevel.ELEVATED);
    assertThat(strict.level(new Counts(10, 10))).isEqualTo(AlertLevel.CLEAR);
  }

  @ParameterizedTest
  @CsvSource({"4, CLEAR", "3, WARNING", "2, WARNING", "1, CRITICAL", "0, CRITICAL"})
  void warnsOfFewDaysLeft(long days, AlertLevel level) {
    assertThat(DEADLINE.level(Counts.of(days))).isEqualTo(level);
  }

  @Test
  void knowsTheWorseOfTwoRatesWithoutRounding() {
    assertThat(FAILURES.isWorse(new Counts(1, 3), new Counts(333, 1000))).isTrue();
    assertThat(FAILURES.isWorse(new Counts(2, 6), new Counts(1, 3))).isFalse();
    assertThat(INVITES.isWorse(new Counts(1, 3), new Counts(333, 1000))).isFalse();
    assertThat(DEADLINE.isWorse(Counts.of(1), Counts.of(2))).isTrue();
  }

  @Test
  void aWindowEndsWithTheDayThatIsEvaluated() {
    assertThat(new RollingDays(1).firstOf(DAY)).isEqualTo(DAY);
    assertThat(new RollingDays(30).firstOf(DAY)).isEqualTo(LocalDate.of(2026, 6, 16));
    assertThat(new CalendarMonth().firstOf(DAY)).isEqualTo(LocalDate.of(2026, 7, 1));
  }

  @ParameterizedTest
  @CsvSource({
    "INSUFFICIENT_DATA, ",
    "CLEAR, ",
    "ELEVATED, ",
    "WARNING, WARNING",
    "CRITICAL, CRITICAL"
  })
  void opensWhereTheWarningIsReached(AlertLevel level, @Nullable Severity severity) {
    for (var daily : List.of(true, false)) {
      assertThat(Evaluation.of(FAILURES, level, new Quiet(null), DAY, daily))
          .isEqualTo(severity == null ? new Verdict.Nothing() : new Verdict.Open(severity));
    }
  }

  @Test
  void opensNoOtherWhileItCoolsDown() {
    var cooling = cooling(FAILURES, 3);

    for (int passed = 0; passed < 5; passed++) {
      var verdict =
          Evaluation.of(cooling, AlertLevel.CRITICAL, new Quiet(DAY.minusDays(passed)), DAY, true);

      assertThat(verdict)
          .isEqualTo(passed < 3 ? new Verdict.Nothing() : new Verdict.Open(Severity.CRITICAL));
    }
  }

  /// Every way in which an alert can stand.
  static List<Live> all() {
    var all = new ArrayList<Live>();
    for (var status : List.of(AlertStatus.OPEN, AlertStatus.ACKNOWLEDGED, AlertStatus.DISMISSED)) {
      for (var severity : Severity.values()) {
        for (var run :
            List.of(
                ClearRun.NONE,
                new ClearRun(1, DAY.minusDays(2)),
                new ClearRun(1, DAY.minusDays(1)),
                new ClearRun(1, DAY))) {
          all.add(new Live(status, severity, null, run));
          if (status != AlertStatus.DISMISSED) continue;

          Stream.of(DAY.minusDays(1), DAY, DAY.plusDays(1))
              .forEach(until -> all.add(new Live(status, severity, until, run)));
        }
      }
    }
    return all;
  }

  @ParameterizedTest
  @MethodSource("all")
  void keepsWhatStandsWhenThereIsTooLittleDataOrItIsBetweenTheLevels(Live live) {
    for (var level : List.of(AlertLevel.INSUFFICIENT_DATA, AlertLevel.ELEVATED)) {
      assertThat(Evaluation.of(FAILURES, level, live, DAY, true))
          .isEqualTo(new Verdict.Keep(live.severity(), ClearRun.NONE));
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void resolvesOnTheSecondDayInARowThatIsClear(Live live) {
    var verdict = Evaluation.of(FAILURES, AlertLevel.CLEAR, live, DAY, true);

    boolean clearYesterday = DAY.minusDays(1).equals(live.clear().last());
    assertThat(verdict)
        .isEqualTo(
            clearYesterday
                ? new Verdict.Resolve()
                : new Verdict.Keep(live.severity(), new ClearRun(1, DAY)));
  }

  @ParameterizedTest
  @MethodSource("all")
  void doesNotCountAClearDayBetweenTheDailyEvaluations(Live live) {
    assertThat(Evaluation.of(FAILURES, AlertLevel.CLEAR, live, DAY, false))
        .isEqualTo(new Verdict.Keep(live.severity(), live.clear()));
  }

  @ParameterizedTest
  @MethodSource("all")
  void resolvesAtOnceWhatIsCountedPieceByPiece(Live live) {
    assertThat(Evaluation.of(DEADLINE, AlertLevel.CLEAR, live, DAY, false))
        .isEqualTo(new Verdict.Resolve());
  }

  @ParameterizedTest
  @MethodSource("all")
  void aRiseOpensWhatIsOpenAcknowledgedOrSnoozed(Live live) {
    var verdict = Evaluation.of(FAILURES, AlertLevel.CRITICAL, live, DAY, false);

    var until = live.snoozeUntil();
    boolean forGood = live.status() == AlertStatus.DISMISSED && until == null;
    if (live.severity() == Severity.WARNING) {
      assertThat(verdict)
          .isEqualTo(
              forGood
                  ? new Verdict.Keep(Severity.CRITICAL, ClearRun.NONE)
                  : new Verdict.Escalate(Severity.CRITICAL));
    } else {
      assertThat(verdict)
          .isEqualTo(
              until != null && !DAY.isBefore(until)
                  ? new Verdict.Reopen()
                  : new Verdict.Keep(Severity.CRITICAL, ClearRun.NONE));
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void aFallChangesNothingButEndsASnoozeThatIsOver(Live live) {
    var verdict = Evaluation.of(FAILURES, AlertLevel.WARNING, live, DAY, true);

    var until = live.snoozeUntil();
    assertThat(verdict)
        .isEqualTo(
            until != null && !DAY.isBefore(until)
                ? new Verdict.Reopen()
                : new Verdict.Keep(live.severity(), ClearRun.NONE));
  }

  @ParameterizedTest
  @EnumSource(AlertAction.class)
  void anActionIsAllowedWhereItChangesSomething(AlertAction action) {
    for (var status : AlertStatus.values()) {
      var after = status.after(action);

      assertThat(status.allowedActions().contains(action))
          .isEqualTo(after != null && after != status);
      if (after != null) assertThat(after.after(action)).as("idempotent").isEqualTo(after);
    }
    assertThat(AlertStatus.RESOLVED.after(action)).isNull();
  }

  private static Rule with(
      Rule rule, int minSample, long warn, long critical, @Nullable Long clear) {
    return new Rule(
        rule.name(),
        rule.metric(),
        rule.family(),
        rule.scope(),
        rule.window(),
        minSample,
        warn,
        critical,
        clear,
        0,
        true);
  }

  private static Rule cooling(Rule rule, int days) {
    return new Rule(
        rule.name(),
        rule.metric(),
        rule.family(),
        rule.scope(),
        rule.window(),
        rule.minSample(),
        rule.warn(),
        rule.critical(),
        null,
        days,
        true);
  }
}

package dev.keyreeve.directdebit.watch.alert;

import dev.keyreeve.directdebit.bacs.calendar.BacsCalendar;
import dev.keyreeve.directdebit.bacs.calendar.London;
import dev.keyreeve.directdebit.bacs.origin.Origin;
import dev.keyreeve.platform.tenancy.Tx;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.random.RandomGenerator;

/// Evaluates the rules of a workspace: opens, moves on and resolves its alerts. Works in a
/// transaction of the server itself, since what is sent and reported belongs to no workspace.
///
/// Two evaluations at once open one alert: what stands is locked, and an index refuses a second.
public final class Alerts {
  private final Counting counting;
  private final RandomGenerator random;

  public Alerts(BacsCalendar calendar, RandomGenerator random) {
    this.counting = new Counting(calendar);
    this.random = random;
  }

  /// The evaluation of a day, which also counts days on which a metric is clear. Happening twice,
  /// it changes nothing more.
  ///
  /// @param day in London, the last that is looked at
  public void evaluate(Tx tx, LocalDate day) {
    evaluate(tx, day, true);
  }

  /// Looks at once at what a report has changed.
  public void afterImport(Tx tx) {
    evaluate(tx, London.dateOf(tx.now()), false);
  }

  private void evaluate(Tx tx, LocalDate day, boolean daily) {
    var live = new HashMap<Place, Alert>();
    for (var alert : AlertRows.lockLive(tx)) {
      live.put(new Place(alert.rule(), alert.scope()), alert);
    }
    for (var kept : RuleRows.all(tx)) {
      if (kept.rule().enabled()) evaluate(tx, kept.rule(), live, day, daily);
    }
    // What nothing was found of any more is over: a claim decided, a rule switched off.
    live.values().forEach(alert -> resolve(tx, alert));
  }

  /// @param live what stands; what the rule looks at is taken out
  private void evaluate(Tx tx, Rule rule, Map<Place, Alert> live, LocalDate day, boolean daily) {
    var findings = counting.of(tx, rule, day);
    for (var finding : findings) {
      var level = rule.level(finding.counts());
      var alert = live.remove(new Place(rule.name(), finding.scope()));
      if (alert == null) {
        begin(tx, rule, finding, level, day, daily);
      } else {
        goOn(tx, rule, finding, level, alert, day, daily);
      }
      if (!rule.metric().isOfOne()) RuleRows.keepReading(tx, rule.name(), finding.counts(), level);
    }
    if (rule.metric().isOfOne()) {
      var worst = findings.stream().map(each -> rule.level(each.counts())).sorted().toList();
      RuleRows.keepReading(
          tx,
          rule.name(),
          Counts.of(findings.size()),
          worst.isEmpty() ? AlertLevel.CLEAR : worst.getLast());
    }
  }

  private void begin(
      Tx tx, Rule rule, Finding finding, AlertLevel level, LocalDate day, boolean daily) {
    if (level.compareTo(AlertLevel.WARNING) < 0) return;

    var previous = AlertRows.lastResolved(tx, rule.name(), finding.scope());
    var state =
        new RuleState.Quiet(previous.map(Alert::resolvedAt).map(London::dateOf).orElse(null));
    if (Evaluation.of(rule, level, state, day, daily) instanceof Verdict.Open(var severity)) {
      AlertRows.open(
              tx,
              AlertId.generate(tx.now(), random),
              rule,
              finding,
              severity,
              previous.map(Alert::id).orElse(null))
          .ifPresent(alert -> AlertEvents.tell(tx, AlertEvent.OPENED, alert, Origin.CLOCK));
    }
  }

  private static void goOn(
      Tx tx,
      Rule rule,
      Finding finding,
      AlertLevel level,
      Alert alert,
      LocalDate day,
      boolean daily) {
    var counts = finding.counts();
    boolean says = level != AlertLevel.INSUFFICIENT_DATA;
    var peak = says && rule.isWorse(counts, alert.peak()) ? counts : alert.peak();
    switch (Evaluation.of(rule, level, alert.ruleState(), day, daily)) {
      case Verdict.Keep keep -> AlertRows.evaluated(tx, alert, counts, peak, keep);
      case Verdict.Escalate(var severity) -> {
        AlertRows.evaluated(tx, alert, counts, peak, unclear(severity));
        tell(tx, AlertEvent.ESCALATED, alert.id(), AlertStatus.OPEN);
      }
      case Verdict.Reopen _ -> {
        AlertRows.evaluated(tx, alert, counts, peak, unclear(alert.severity()));
        tell(tx, AlertEvent.REOPENED, alert.id(), AlertStatus.OPEN);
      }
      case Verdict.Resolve _ -> {
        AlertRows.evaluated(tx, alert, counts, peak, unclear(alert.severity()));
        resolve(tx, alert);
      }
      case Verdict.Open _, Verdict.Nothing _ ->
          throw new IllegalStateException("an alert stands already: " + alert.id());
    }
  }

  private static Verdict.Keep unclear(Severity severity) {
    return new Verdict.Keep(severity, RuleState.ClearRun.NONE);
  }

  private static void resolve(Tx tx, Alert alert) {
    tell(tx, AlertEvent.RESOLVED, alert.id(), AlertStatus.RESOLVED);
  }

  private static void tell(Tx tx, AlertEvent event, AlertId id, AlertStatus status) {
    var moved = AlertRows.move(tx, id, status, null, null);
    AlertEvents.tell(tx, event, moved, Origin.CLOCK);
  }

  /// Where at most one alert stands.
  private record Place(RuleName rule, String scope) {}
}

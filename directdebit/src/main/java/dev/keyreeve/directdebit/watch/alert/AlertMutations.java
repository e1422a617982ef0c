package dev.keyreeve.directdebit.watch.alert;

import static dev.keyreeve.access.decision.Requirement.holds;
import static dev.keyreeve.directdebit.watch.alert.AlertScopes.ALERTS_WRITE;
import static dev.keyreeve.directdebit.watch.alert.Refusals.ALERT_NOT_FOUND;
import static dev.keyreeve.directdebit.watch.alert.Refusals.DATE_NOT_TO_COME;
import static dev.keyreeve.directdebit.watch.alert.Refusals.INVALID_STATE;
import static dev.keyreeve.directdebit.watch.alert.Refusals.TOO_MANY_NOTES;
import static dev.keyreeve.directdebit.watch.alert.Refusals.TOO_MANY_RULES;
import static dev.keyreeve.directdebit.watch.alert.Refusals.VERSION_MISMATCH;
import static dev.keyreeve.procedure.Declaration.mutation;
import static dev.keyreeve.procedure.Route.post;
import static dev.keyreeve.procedure.Route.put;

import dev.keyreeve.directdebit.bacs.calendar.London;
import dev.keyreeve.directdebit.bacs.origin.Origin;
import dev.keyreeve.platform.tenancy.Tenancy;
import dev.keyreeve.platform.tenancy.Tx;
import dev.keyreeve.platform.ulid.Ulid;
import dev.keyreeve.procedure.Bulk;
import dev.keyreeve.procedure.Outcome;
import dev.keyreeve.procedure.Procedure;
import dev.keyreeve.procedure.Repeatable;
import dev.keyreeve.procedure.problem.Reasons;
import dev.keyreeve.procedure.shape.Range;
import dev.keyreeve.procedure.shape.Text;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// What people and their programs do about alerts, and how they change the rules.
final class AlertMutations {
  private static final int MOST_NOTES = 500;
  private static final int MOST_RULES = 50;

  private final Tenancy tenancy;
  private final RandomGenerator random;

  AlertMutations(Tenancy tenancy, RandomGenerator random) {
    this.tenancy = tenancy;
    this.random = random;
  }

  List<Procedure<?, ?>> procedures() {
    var acknowledge =
        mutation("alerts.acknowledge", holds(ALERTS_WRITE), post("/alerts/{id}/acknowledge"))
            .about("Says that somebody knows of an alert. It opens again if it gets worse.")
            .takes(Acknowledge.class)
            .gives(AlertChange.class)
            .refuses(ALERT_NOT_FOUND, INVALID_STATE, VERSION_MISMATCH, TOO_MANY_NOTES)
            .by(tenancy.writes(this::acknowledge));
    return List.of(
        acknowledge,
        Bulk.of(acknowledge, "alerts.bulkAcknowledge", post("/alerts/bulk-acknowledge")),
        mutation("alerts.dismiss", holds(ALERTS_WRITE), post("/alerts/{id}/dismiss"))
            .about("Silences an alert until its metric has cleared or the snooze ends.")
            .takes(Dismiss.class)
            .gives(AlertChange.class)
            .refuses(
                ALERT_NOT_FOUND, INVALID_STATE, VERSION_MISMATCH, TOO_MANY_NOTES, DATE_NOT_TO_COME)
            .by(tenancy.writes(this::dismiss)),
        mutation("alerts.reopen", holds(ALERTS_WRITE), post("/alerts/{id}/reopen"))
            .about("Opens an alert again that was acknowledged or dismissed.")
            .takes(Reopen.class)
            .gives(AlertChange.class)
            .refuses(ALERT_NOT_FOUND, INVALID_STATE, VERSION_MISMATCH, TOO_MANY_NOTES)
            .by(tenancy.writes(this::reopen)),
        mutation("alerts.addNote", holds(ALERTS_WRITE), post("/alerts/{id}/notes"))
            .about("Adds a note to an alert, whatever its status.")
            .takes(AddNote.class)
            .gives(AlertChange.class)
            .refuses(ALERT_NOT_FOUND, VERSION_MISMATCH, TOO_MANY_NOTES)
            .by(tenancy.writes(this::addNote)),
        mutation("alerts.setRule", holds(ALERTS_WRITE), put("/alerts/rules/{name}"))
            .about("Changes the levels of a rule, switches it on or off, or adds one.")
            .takes(SetRule.class)
            .gives(RuleChange.class)
            .refuses(Reasons.INVALID_INPUT, VERSION_MISMATCH, TOO_MANY_RULES)
            .by(tenancy.writes(AlertMutations::setRule)));
  }

  /// @param note on one line
  record Acknowledge(
      AlertId id,
      @Nullable @Text(max = 500, plain = true) String note,
      @Nullable @Range(min = 1, max = Integer.MAX_VALUE) Integer ifVersion,
      @Nullable @Text(max = 128) String idempotencyKey)
      implements Repeatable {}

  /// @param reason on one line
  /// @param snoozeUntil the day on which it opens again if the metric has not cleared by then;
  ///   never unless said
  record Dismiss(
      AlertId id,
      @Text(max = 500, plain = true) String reason,
      @Nullable LocalDate snoozeUntil,
      @Nullable @Range(min = 1, max = Integer.MAX_VALUE) Integer ifVersion,
      @Nullable @Text(max = 128) String idempotencyKey)
      implements Repeatable {}

  /// @param note on one line
  record Reopen(
      AlertId id,
      @Nullable @Text(max = 500, plain = true) String note,
      @Nullable @Range(min = 1, max = Integer.MAX_VALUE) Integer ifVersion,
      @Nullable @Text(max = 128) String idempotencyKey)
      implements Repeatable {}

  /// @param note on one line
  record AddNote(
      AlertId id,
      @Text(max = 500, plain = true) String note,
      @Nullable @Range(min = 1, max = Integer.MAX_VALUE) Integer ifVersion,
      @Nullable @Text(max = 128) String idempotencyKey)
      implements Repeatable {}

  private Outcome<AlertChange> acknowledge(Tx tx, Acknowledge input) {
    return lock(tx, input.id(), input.ifVersion())
        .then(
            alert ->
                carryOut(
                    tx,
                    alert,
                    new Step(
                        AlertAction.ACKNOWLEDGE, AlertEvent.ACKNOWLEDGED, input.note(), null)));
  }

  private Outcome<AlertChange> dismiss(Tx tx, Dismiss input) {
    var until = input.snoozeUntil();
    var today = London.dateOf(tx.now());
    if (until != null && (!until.isAfter(today) || until.isAfter(today.plusYears(1)))) {
      return Outcome.refused(DATE_NOT_TO_COME);
    }
    return lock(tx, input.id(), input.ifVersion())
        .then(
            alert ->
                carryOut(
                    tx,
                    alert,
                    new Step(AlertAction.DISMISS, AlertEvent.DISMISSED, input.reason(), until)));
  }

  private Outcome<AlertChange> reopen(Tx tx, Reopen input) {
    return lock(tx, input.id(), input.ifVersion())
        .then(
            alert ->
                carryOut(
                    tx,
                    alert,
                    new Step(AlertAction.REOPEN, AlertEvent.REOPENED, input.note(), null)));
  }

  private Outcome<AlertChange> addNote(Tx tx, AddNote input) {
    return lock(tx, input.id(), input.ifVersion())
        .then(
            alert -> {
              if (AlertRows.countNotes(tx, alert.id()) >= MOST_NOTES) {
                return Outcome.refused(TOO_MANY_NOTES);
              }
              note(tx, alert.id(), NoteAction.NOTE, input.note());
              return Outcome.done(AlertChange.of(alert, true));
            });
  }

  /// @param words what the caller writes of it
  private record Step(
      AlertAction action,
      AlertEvent event,
      @Nullable String words,
      @Nullable LocalDate snoozeUntil) {}

  private Outcome<AlertChange> carryOut(Tx tx, Alert alert, Step step) {
    var after = alert.status().after(step.action());
    if (after == null) {
      return Outcome.refused(
          INVALID_STATE,
          Map.of(
              "status",
              alert.status().word(),
              "allowedActions",
              alert.status().allowedActions().stream().map(AlertAction::word).toList()));
    }
    if (after == alert.status()) return Outcome.done(AlertChange.of(alert, false));
    if (AlertRows.countNotes(tx, alert.id()) >= MOST_NOTES) return Outcome.refused(TOO_MANY_NOTES);

    var reason = step.action() == AlertAction.DISMISS ? step.words() : null;
    var moved = AlertRows.move(tx, alert.id(), after, reason, step.snoozeUntil());
    note(tx, alert.id(), NoteAction.valueOf(step.action().name()), step.words());
    AlertEvents.tell(tx, step.event(), moved, Origin.by(tx.by()));
    return Outcome.done(AlertChange.of(moved, true));
  }

  private static Outcome<Alert> lock(Tx tx, AlertId id, @Nullable Integer ifVersion) {
    var found = AlertRows.lock(tx, id);
    if (found.isEmpty()) return Outcome.refused(ALERT_NOT_FOUND);

    int version = found.get().version();
    return ifVersion != null && ifVersion != version
        ? Outcome.refused(VERSION_MISMATCH, Map.of("version", version))
        : Outcome.done(found.get());
  }

  private static Outcome<RuleChange> setRule(Tx tx, SetRule input) {
    RuleRows.lock(tx);
    var found = RuleRows.find(tx, input.name());
    int version = found.map(RuleRows.Kept::version).orElse(0);
    if (input.ifVersion() != null && input.ifVersion() != version) {
      return Outcome.refused(VERSION_MISMATCH, Map.of("version", version));
    }
    if (found.isEmpty() && RuleRows.countOwn(tx) >= MOST_RULES)
      return Outcome.refused(TOO_MANY_RULES);

    return RuleChecks.changed(found.map(RuleRows.Kept::rule).orElse(null), input)
        .then(
            rule -> {
              var reading = RuleRows.readings(tx).get(rule.name().text());
              if (found.isPresent() && found.get().rule().equals(rule)) {
                return Outcome.done(
                    new RuleChange(RuleView.of(found.get(), reading), false, false));
              }
              var kept = new RuleRows.Kept(rule, version + 1);
              RuleRows.put(tx, kept);
              return Outcome.done(new RuleChange(RuleView.of(kept, reading), true, false));
            });
  }

  private void note(Tx tx, AlertId id, NoteAction action, @Nullable String words) {
    AlertRows.note(tx, Ulid.generate("nte_", tx.now(), random), id, action, words, tx.by());
  }
}

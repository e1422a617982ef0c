package dev.keyreeve.directdebit.watch.alert;

import dev.keyreeve.directdebit.watch.alert.RuleState.ClearRun;
import dev.keyreeve.platform.tenancy.Tx;
import dev.keyreeve.procedure.Actor;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The rows of alerts, their evidence and their notes.
final class AlertRows {
  private static final String SELECT =
      """
      select id, rule, metric, family, scope, severity, status, since, warn, critical, numerator,
             denominator, peak_numerator, peak_denominator, clear_days, clear_on, dismiss_reason,
             snooze_until, previous_id, opened_at, resolved_at, evaluated_at, version, updated_at
      from alert where workspace_id = :workspace
      """;

  private AlertRows() {}

  /// The alerts that stand, held until the end of the transaction.
  static List<Alert> lockLive(Tx tx) {
    return tx.query(SELECT + " and status <> 'resolved' order by id for update")
        .map(AlertRows::read)
        .list();
  }

  /// The last alert of a rule in a scope that was resolved.
  static Optional<Alert> lastResolved(Tx tx, RuleName rule, String scope) {
    return tx.query(
            SELECT
                + """
                 and rule = :rule and scope = :scope and status = 'resolved'
                order by id desc limit 1
                """)
        .bind("rule", rule.text())
        .bind("scope", scope)
        .map(AlertRows::read)
        .findOne();
  }

  static Optional<Alert> find(Tx tx, AlertId id) {
    return tx.query(SELECT + " and id = :id").bind("id", id.text()).map(AlertRows::read).findOne();
  }

  static Optional<Alert> lock(Tx tx, AlertId id) {
    return tx.query(SELECT + " and id = :id for update")
        .bind("id", id.text())
        .map(AlertRows::read)
        .findOne();
  }

  static List<Alert> list(Tx tx, AlertFilter filter, @Nullable AlertId before, int limit) {
    var statement =
        tx.query(
            SELECT
                + """
                 and (:before::text is null or id < :before)
                and (:anyStatus or status = any(:statuses))
                and (:anySeverity or severity = any(:severities))
                and (:anyMetric or metric = any(:metrics))
                and (:rule::text is null or rule = :rule)
                and (:updatedSince::timestamptz is null or updated_at >= :updatedSince)
                order by id desc limit :limit
                """);
    return filter
        .bind(statement)
        .bind("before", before == null ? null : before.text())
        .bind("limit", limit)
        .map(AlertRows::read)
        .list();
  }

  /// @return the alert, unless one of its rule and scope stands by now
  static Optional<Alert> open(
      Tx tx,
      AlertId id,
      Rule rule,
      Finding finding,
      Severity severity,
      @Nullable AlertId previous) {
    var family = rule.family();
    int added =
        tx.update(
                """
                insert into alert (id, workspace_id, rule, metric, family, scope, severity, status,
                                   since, warn, critical, numerator, denominator, peak_numerator,
                                   peak_denominator, clear_days, previous_id, opened_at,
                                   evaluated_at, version, updated_at)
                values (:id, :workspace, :rule, :metric, :family, :scope, :severity, 'open',
                        :now, :warn, :critical, :numerator, :denominator, :numerator,
                        :denominator, 0, :previous, :now, :now, 1, :now)
                on conflict (workspace_id, rule, scope) where status <> 'resolved' do nothing
                """)
            .bind("id", id.text())
            .bind("rule", rule.name().text())
            .bind("metric", rule.metric().word())
            .bind("family", family == null ? null : family.word())
            .bind("scope", finding.scope())
            .bind("severity", severity.word())
            .bind("warn", rule.warn())
            .bind("critical", rule.critical())
            .bind("numerator", finding.counts().numerator())
            .bind("denominator", finding.counts().denominator())
            .bind("previous", previous == null ? null : previous.text())
            .execute();
    if (added == 0) return Optional.empty();

    keep(tx, id, finding.evidence().get());
    return find(tx, id);
  }

  private static void keep(Tx tx, AlertId id, Collection<AlertEvidence> evidence) {
    for (var kind : EvidenceKind.values()) {
      var ids =
          evidence.stream().filter(each -> each.kind() == kind).map(AlertEvidence::id).toList();
      tx.update(
              """
              insert into alert_evidence (workspace_id, alert_id, kind, subject_id)
              select :workspace, :id, :kind, subject_id from unnest(:ids) as subject_id
              on conflict do nothing
              """)
          .bind("id", id.text())
          .bind("kind", kind.word())
          .bindArray("ids", String.class, ids)
          .execute();
    }
  }

  /// Moves the numbers of an alert on, which is no change of it: nobody is told, and its version
  /// stays.
  static void evaluated(Tx tx, Alert alert, Counts counts, Counts peak, Verdict.Keep kept) {
    tx.update(
            """
            update alert
            set numerator = :numerator, denominator = :denominator,
                peak_numerator = :peakNumerator, peak_denominator = :peakDenominator,
                severity = :severity, clear_days = :clearDays, clear_on = :clearOn,
                evaluated_at = :now
            where workspace_id = :workspace and id = :id
            """)
        .bind("id", alert.id().text())
        .bind("numerator", counts.numerator())
        .bind("denominator", counts.denominator())
        .bind("peakNumerator", peak.numerator())
        .bind("peakDenominator", peak.denominator())
        .bind("severity", kept.severity().word())
        .bind("clearDays", kept.clear().days())
        .bind("clearOn", kept.clear().last())
        .execute();
  }

  /// Moves an alert to a status; what belonged to the status before is gone.
  ///
  /// @param dismissReason only where it is dismissed; so is `snoozeUntil`
  static Alert move(
      Tx tx,
      AlertId id,
      AlertStatus status,
      @Nullable String dismissReason,
      @Nullable LocalDate snoozeUntil) {
    tx.update(
            """
            update alert
            set status = :status, since = :now, dismiss_reason = :dismissReason,
                snooze_until = :snoozeUntil, version = version + 1, updated_at = :now,
                resolved_at = case when :status = 'resolved' then :now::timestamptz end
            where workspace_id = :workspace and id = :id
            """)
        .bind("id", id.text())
        .bind("status", status.word())
        .bind("dismissReason", dismissReason)
        .bind("snoozeUntil", snoozeUntil)
        .execute();
    return find(tx, id).orElseThrow();
  }

  static void note(
      Tx tx, String noteId, AlertId id, NoteAction action, @Nullable String words, Actor by) {
    tx.update(
            """
            insert into alert_note (id, workspace_id, alert_id, action, words, by_kind, by_name,
                                    written_at)
            values (:noteId, :workspace, :id, :action, :words, :byKind, :byName, :now)
            """)
        .bind("noteId", noteId)
        .bind("id", id.text())
        .bind("action", action.name().toLowerCase(Locale.ROOT))
        .bind("words", words)
        .bind("byKind", NoteAuthor.of(by).name().toLowerCase(Locale.ROOT))
        .bind("byName", by.name())
        .execute();
  }

  static int countNotes(Tx tx, AlertId id) {
    return tx.query(
            """
            select count(*) from alert_note where workspace_id = :workspace and alert_id = :id
            """)
        .bind("id", id.text())
        .mapTo(Integer.class)
        .one();
  }

  static List<AlertNote> notes(Tx tx, AlertId id) {
    return tx.query(
            """
            select action, words, by_kind, by_name, written_at from alert_note
            where workspace_id = :workspace and alert_id = :id
            order by written_at, id
            """)
        .bind("id", id.text())
        .map(
            (row, _) ->
                new AlertNote(
                    NoteAction.valueOf(row.getString("action").toUpperCase(Locale.ROOT)),
                    row.getString("words"),
                    NoteAuthor.valueOf(row.getString("by_kind").toUpperCase(Locale.ROOT)),
                    row.getString("by_name"),
                    row.getTimestamp("written_at").toInstant()))
        .list();
  }

  static List<AlertEvidence> evidence(Tx tx, AlertId id, int limit) {
    return tx.query(
            """
            select kind, subject_id from alert_evidence
            where workspace_id = :workspace and alert_id = :id
            order by kind, subject_id limit :limit
            """)
        .bind("id", id.text())
        .bind("limit", limit)
        .map(
            (row, _) ->
                new AlertEvidence(
                    EvidenceKind.parse(row.getString("kind")), row.getString("subject_id")))
        .list();
  }

  static int countEvidence(Tx tx, AlertId id) {
    return tx.query(
            """
            select count(*) from alert_evidence where workspace_id = :workspace and alert_id = :id
            """)
        .bind("id", id.text())
        .mapTo(Integer.class)
        .one();
  }

  private static Alert read(ResultSet row, Object context) throws SQLException {
    var family = row.getString("family");
    var previous = row.getString("previous_id");
    var resolved = row.getTimestamp("resolved_at");
    return new Alert(
        new AlertId(row.getString("id")),
        new RuleName(row.getString("rule")),
        AlertMetric.parse(row.getString("metric")),
        family == null ? null : ReasonFamily.parse(family),
        row.getString("scope"),
        Severity.parse(row.getString("severity")),
        AlertStatus.parse(row.getString("status")),
        row.getTimestamp("since").toInstant(),
        row.getLong("warn"),
        row.getLong("critical"),
        new Counts(row.getLong("numerator"), row.getLong("denominator")),
        new Counts(row.getLong("peak_numerator"), row.getLong("peak_denominator")),
        new ClearRun(row.getInt("clear_days"), row.getObject("clear_on", LocalDate.class)),
        row.getString("dismiss_reason"),
        row.getObject("snooze_until", LocalDate.class),
        previous == null ? null : new AlertId(previous),
        row.getTimestamp("opened_at").toInstant(),
        instant(resolved),
        row.getTimestamp("evaluated_at").toInstant(),
        row.getInt("version"),
        row.getTimestamp("updated_at").toInstant());
  }

  private static @Nullable Instant instant(@Nullable Timestamp at) {
    return at == null ? null : at.toInstant();
  }
}

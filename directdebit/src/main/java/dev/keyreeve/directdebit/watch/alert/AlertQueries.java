package dev.keyreeve.directdebit.watch.alert;

import static dev.keyreeve.access.decision.Requirement.holds;
import static dev.keyreeve.directdebit.watch.alert.AlertScopes.ALERTS_READ;
import static dev.keyreeve.directdebit.watch.alert.Refusals.ALERT_NOT_FOUND;
import static dev.keyreeve.procedure.Declaration.query;
import static dev.keyreeve.procedure.Declaration.subscription;
import static dev.keyreeve.procedure.Route.get;

import dev.keyreeve.platform.page.Cursor;
import dev.keyreeve.platform.page.Page;
import dev.keyreeve.platform.tenancy.Tenancy;
import dev.keyreeve.platform.tenancy.Tx;
import dev.keyreeve.procedure.Outcome;
import dev.keyreeve.procedure.Procedure;
import dev.keyreeve.procedure.shape.Items;
import dev.keyreeve.procedure.shape.Range;
import dev.keyreeve.procedure.shape.Shapes;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What callers can learn about alerts and their rules.
final class AlertQueries {
  private static final Cursor LIST = new Cursor("alerts");
  private static final int EVIDENCE_SHOWN = 500;

  private final Tenancy tenancy;

  AlertQueries(Tenancy tenancy) {
    this.tenancy = tenancy;
  }

  List<Procedure<?, ?>> procedures() {
    return List.of(
        query("alerts.list", holds(ALERTS_READ), get("/alerts"))
            .about("Lists alerts, newest first.")
            .takes(AlertFilter.class)
            .gives(Page.of(Shapes.of(AlertView.class)))
            .refuses(Cursor.INVALID)
            .by(tenancy.reads(AlertQueries::list)),
        query("alerts.get", holds(ALERTS_READ), get("/alerts/{id}"))
            .about("Shows an alert with its notes and with what was counted when it opened.")
            .takes(OneAlert.class)
            .gives(AlertDetails.class)
            .refuses(ALERT_NOT_FOUND)
            .by(tenancy.reads((tx, input) -> details(tx, input.id()))),
        query("alerts.counts", holds(ALERTS_READ), get("/alerts/counts"))
            .about("Counts the alerts that stand.")
            .takes(CountAlerts.class)
            .gives(AlertCounts.class)
            .by(tenancy.reads((tx, _) -> Outcome.done(counts(tx)))),
        query("alerts.rules", holds(ALERTS_READ), get("/alerts/rules"))
            .about("Lists the rules, each with what its metric came to when it was last evaluated.")
            .takes(ListRules.class)
            .gives(RuleList.class)
            .by(tenancy.reads((tx, _) -> Outcome.done(rules(tx)))),
        query("alerts.events", holds(ALERTS_READ), get("/alerts/events"))
            .about("Lists what happened to all alerts, oldest first, for those who keep up.")
            .takes(AlertEventsAfter.class)
            .gives(AlertEventBatch.class)
            .by(tenancy.reads(AlertQueries::events)),
        subscription("alerts.stream", holds(ALERTS_READ), get("/alerts/stream"))
            .about("Tells what happens to alerts, as it happens.")
            .takes(AlertStream.class)
            .gives(AlertEventView.class)
            .streamedBy(
                call -> {
                  var wanted = AlertEventType.texts(call.input().types());
                  return AlertEvents.FEED.stream(tenancy, call, wanted, call.input().afterSeq());
                }));
  }

  record OneAlert(AlertId id) {}

  record CountAlerts() {}

  record ListRules() {}

  /// How many stand, by what people have done about them.
  record AlertCounts(BySeverity open, BySeverity acknowledged, BySeverity dismissed) {}

  record BySeverity(int warning, int critical) {}

  record RuleList(List<RuleView> items) {}

  /// @param afterSeq the `nextAfterSeq` of the answer before; from the beginning unless said
  /// @param types only of these; of all unless said
  /// @param limit 50 unless said
  record AlertEventsAfter(
      @Nullable @Range(min = 0, max = 1L << 52) Long afterSeq,
      @Nullable @Items(min = 1, max = 10) List<AlertEventType> types,
      @Nullable @Range(min = 1, max = 200) Integer limit) {}

  /// @param nextAfterSeq what to ask for next, now or later
  record AlertEventBatch(List<AlertEventView> items, long nextAfterSeq) {}

  /// @param afterSeq where to begin, for who has not listened before; now unless said
  /// @param types only of these; of all unless said
  record AlertStream(
      @Nullable @Range(min = 0, max = 1L << 52) Long afterSeq,
      @Nullable @Items(min = 1, max = 10) List<AlertEventType> types) {}

  private static Outcome<Page<AlertView>> list(Tx tx, AlertFilter filter) {
    int limit = Page.limit(filter.limit());
    return LIST.read(filter.cursor(), AlertId::parse)
        .then(
            before -> {
              var found = AlertRows.list(tx, filter, before.orElse(null), limit + 1);
              var views = found.stream().map(AlertView::of).toList();
              return Outcome.done(Page.of(views, limit, last -> LIST.after(last.id().text())));
            });
  }

  private static Outcome<AlertDetails> details(Tx tx, AlertId id) {
    return AlertRows.find(tx, id)
        .map(
            alert ->
                Outcome.done(
                    new AlertDetails(
                        AlertView.of(alert),
                        AlertRows.notes(tx, id),
                        AlertRows.countEvidence(tx, id),
                        AlertRows.evidence(tx, id, EVIDENCE_SHOWN))))
        .orElseGet(() -> Outcome.refused(ALERT_NOT_FOUND));
  }

  private static AlertCounts counts(Tx tx) {
    return new AlertCounts(
        counts(tx, AlertStatus.OPEN),
        counts(tx, AlertStatus.ACKNOWLEDGED),
        counts(tx, AlertStatus.DISMISSED));
  }

  private static BySeverity counts(Tx tx, AlertStatus status) {
    return tx.query(
            """
            select count(*) filter (where severity = 'warning') as warning,
                   count(*) filter (where severity = 'critical') as critical
            from alert where workspace_id = :workspace and status <> 'resolved'
              and status = :status
            """)
        .bind("status", status.word())
        .map((row, _) -> new BySeverity(row.getInt("warning"), row.getInt("critical")))
        .one();
  }

  private static RuleList rules(Tx tx) {
    var readings = RuleRows.readings(tx);
    return new RuleList(
        RuleRows.all(tx).stream()
            .map(kept -> RuleView.of(kept, readings.get(kept.rule().name().text())))
            .toList());
  }

  private static Outcome<AlertEventBatch> events(Tx tx, AlertEventsAfter input) {
    var wanted = AlertEventType.texts(input.types());
    var batch = AlertEvents.FEED.after(tx, wanted, input.afterSeq(), input.limit());
    return Outcome.done(new AlertEventBatch(batch.items(), batch.nextAfterSeq()));
  }
}

package dev.keyreeve.directdebit.watch.alert;

import dev.keyreeve.directdebit.watch.alert.RuleWindow.AlertWindow;
import dev.keyreeve.directdebit.watch.alert.RuleWindow.CalendarMonth;
import dev.keyreeve.directdebit.watch.alert.RuleWindow.RollingDays;
import dev.keyreeve.platform.tenancy.Tx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/// The rules of a workspace: the rows of those that it set, and the default rules that it did not.
final class RuleRows {
  private static final String SELECT =
      """
      select name, metric, family, scope, period, days, min_sample, warn, critical, clear,
             cooldown_days, enabled, version
      from alert_rule where workspace_id = :workspace
      """;

  private RuleRows() {}

  /// A rule as a workspace has it.
  ///
  /// @param version 0 for a default rule that was never set
  record Kept(Rule rule, int version) {}

  /// What a rule's metric came to when it was evaluated last.
  record Reading(Counts counts, AlertLevel level, Instant evaluatedAt) {}

  /// The default rules, then the workspace's own by name.
  static List<Kept> all(Tx tx) {
    var kept =
        tx.query(SELECT + " order by name").map(RuleRows::read).list().stream()
            .collect(Collectors.toMap(each -> each.rule().name(), Function.identity()));
    var all = new ArrayList<Kept>();
    for (var rule : DefaultRules.ALL) {
      var changed = kept.remove(rule.name());
      all.add(changed == null ? new Kept(rule, 0) : changed);
    }
    kept.values().stream()
        .sorted((one, other) -> one.rule().name().text().compareTo(other.rule().name().text()))
        .forEach(all::add);
    return all;
  }

  static Optional<Kept> find(Tx tx, RuleName name) {
    return tx.query(SELECT + " and name = :name")
        .bind("name", name.text())
        .map(RuleRows::read)
        .findOne()
        .or(() -> DefaultRules.find(name).map(rule -> new Kept(rule, 0)));
  }

  /// How many rules of its own the workspace has.
  static int countOwn(Tx tx) {
    return (int)
        all(tx).stream().filter(each -> DefaultRules.find(each.rule().name()).isEmpty()).count();
  }

  /// Holds the rules of a workspace until the end of the transaction, so that each change sees the
  /// one before.
  static void lock(Tx tx) {
    tx.query("select pg_advisory_xact_lock(hashtextextended('alert_rule ' || :workspace, 0))::text")
        .mapTo(String.class)
        .one();
  }

  static void put(Tx tx, Kept kept) {
    var rule = kept.rule();
    var family = rule.family();
    tx.update(
            """
            insert into alert_rule (workspace_id, name, metric, family, scope, period, days,
                                    min_sample, warn, critical, clear, cooldown_days, enabled,
                                    version, updated_at)
            values (:workspace, :name, :metric, :family, :scope, :period, :days,
                    :minSample, :warn, :critical, :clear, :cooldownDays, :enabled, :version, :now)
            on conflict (workspace_id, name) do update
            set period = excluded.period, days = excluded.days, min_sample = excluded.min_sample,
                warn = excluded.warn, critical = excluded.critical, clear = excluded.clear,
                cooldown_days = excluded.cooldown_days, enabled = excluded.enabled,
                version = excluded.version, updated_at = excluded.updated_at
            """)
        .bind("name", rule.name().text())
        .bind("metric", rule.metric().word())
        .bind("family", family == null ? null : family.word())
        .bind("scope", rule.scope().text())
        .bind("period", rule.window().period().name().toLowerCase(Locale.ROOT))
        .bind("days", rule.window() instanceof RollingDays(int days) ? days : null)
        .bind("minSample", rule.minSample())
        .bind("warn", rule.warn())
        .bind("critical", rule.critical())
        .bind("clear", rule.clear())
        .bind("cooldownDays", rule.cooldownDays())
        .bind("enabled", rule.enabled())
        .bind("version", kept.version())
        .execute();
  }

  static void keepReading(Tx tx, RuleName rule, Counts counts, AlertLevel level) {
    tx.update(
            """
            insert into alert_reading (workspace_id, rule, numerator, denominator, level,
                                       evaluated_at)
            values (:workspace, :rule, :numerator, :denominator, :level, :now)
            on conflict (workspace_id, rule) do update
            set numerator = excluded.numerator, denominator = excluded.denominator,
                level = excluded.level, evaluated_at = excluded.evaluated_at
            """)
        .bind("rule", rule.text())
        .bind("numerator", counts.numerator())
        .bind("denominator", counts.denominator())
        .bind("level", level.word())
        .execute();
  }

  static Map<String, Reading> readings(Tx tx) {
    return tx
        .query(
            """
            select rule, numerator, denominator, level, evaluated_at from alert_reading
            where workspace_id = :workspace
            """)
        .map(
            (row, _) ->
                Map.entry(
                    row.getString("rule"),
                    new Reading(
                        new Counts(row.getLong("numerator"), row.getLong("denominator")),
                        AlertLevel.parse(row.getString("level")),
                        row.getTimestamp("evaluated_at").toInstant())))
        .list()
        .stream()
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  private static Kept read(ResultSet row, Object context) throws SQLException {
    var family = row.getString("family");
    var period = AlertWindow.valueOf(row.getString("period").toUpperCase(Locale.ROOT));
    return new Kept(
        new Rule(
            new RuleName(row.getString("name")),
            AlertMetric.parse(row.getString("metric")),
            family == null ? null : ReasonFamily.parse(family),
            new RuleScope(row.getString("scope")),
            switch (period) {
              case ROLLING_DAYS -> new RollingDays(row.getInt("days"));
              case CALENDAR_MONTH -> new CalendarMonth();
            },
            row.getInt("min_sample"),
            row.getLong("warn"),
            row.getLong("critical"),
            row.getObject("clear", Long.class),
            row.getInt("cooldown_days"),
            row.getBoolean("enabled")),
        row.getInt("version"));
  }
}

package dev.keyreeve.directdebit.collection;

import dev.keyreeve.directdebit.mandate.MandateId;
import dev.keyreeve.directdebit.mandate.ScheduleView;
import dev.keyreeve.directdebit.mandate.schedule.DayOfMonth;
import dev.keyreeve.directdebit.mandate.schedule.Frequency;
import dev.keyreeve.directdebit.mandate.schedule.Instalment;
import dev.keyreeve.directdebit.mandate.schedule.ScheduleDraft;
import dev.keyreeve.platform.tenancy.Tx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The rows of schedules. Whoever changes one holds the lock of its mandate.
final class ScheduleRows {
  private static final String SELECT =
      """
      select id, mandate_id, amount, first_amount, frequency, day_of_month, starts_on, ends_on,
             debits, next_on
      from schedule
      where workspace_id = :workspace and status = 'active'
      """;

  private ScheduleRows() {}

  /// A schedule in force.
  ///
  /// @param nextOn the due date of its next debit that is no row yet; null once all are
  record Row(String id, MandateId mandate, ScheduleDraft draft, @Nullable LocalDate nextOn) {
    ScheduleView view() {
      return new ScheduleView(id, draft);
    }
  }

  static void insert(Tx tx, Row schedule) {
    var draft = schedule.draft();
    var day = draft.dayOfMonth();
    tx.update(
            """
            insert into schedule (id, workspace_id, mandate_id, amount, first_amount, frequency,
                                  day_of_month, starts_on, ends_on, debits, next_on, status,
                                  created_at)
            values (:id, :workspace, :mandate, :amount, :firstAmount, :frequency,
                    :dayOfMonth, :startsOn, :endsOn, :debits, :nextOn, 'active',
                    :now)
            """)
        .bind("id", schedule.id())
        .bind("mandate", schedule.mandate().text())
        .bind("amount", draft.amount())
        .bind("firstAmount", draft.firstAmount())
        .bind("frequency", draft.frequency().word())
        .bind("dayOfMonth", day == null ? null : Integer.valueOf(day.number()))
        .bind("startsOn", draft.startsOn())
        .bind("endsOn", draft.endsOn())
        .bind("debits", draft.debits())
        .bind("nextOn", schedule.nextOn())
        .execute();
  }

  /// @param status `ended` or `replaced`
  static void end(Tx tx, MandateId mandate, String status) {
    tx.update(
            """
            update schedule set status = :status
            where workspace_id = :workspace and mandate_id = :mandate and status = 'active'
            """)
        .bind("mandate", mandate.text())
        .bind("status", status)
        .execute();
  }

  static void generatedTo(Tx tx, List<Row> schedules, LocalDate horizon) {
    tx.<Row>bulk(
        """
        update schedule s set next_on = r.next_on
        from unnest(:id::text[], :nextOn::date[]) as r (id, next_on)
        where s.workspace_id = :workspace and s.id = r.id
        """,
        schedules,
        (row, schedule) ->
            row.bind("id", schedule.id()).bind("nextOn", nextOn(schedule.draft(), horizon)));
  }

  /// The due date of the first debit after a day, or null if there is none.
  static @Nullable LocalDate nextOn(ScheduleDraft draft, LocalDate day) {
    return draft
        .instalments()
        .filter(debit -> debit.dueOn().isAfter(day))
        .map(Instalment::dueOn)
        .findFirst()
        .orElse(null);
  }

  static Optional<Row> of(Tx tx, MandateId mandate) {
    return tx.query(SELECT + "and mandate_id = :mandate")
        .bind("mandate", mandate.text())
        .map((row, _) -> read(row))
        .findOne();
  }

  static List<String> mandatesOfThoseBehind(Tx tx, LocalDate horizon) {
    return tx.query(
            """
            select mandate_id from schedule
            where workspace_id = :workspace and status = 'active' and next_on <= :horizon
            """)
        .bind("horizon", horizon)
        .mapTo(String.class)
        .list();
  }

  static List<Row> behind(Tx tx, LocalDate horizon) {
    return tx.query(SELECT + "and next_on <= :horizon order by mandate_id")
        .bind("horizon", horizon)
        .map((row, _) -> read(row))
        .list();
  }

  private static Row read(ResultSet row) throws SQLException {
    var day = row.getObject("day_of_month", Integer.class);
    return new Row(
        row.getString("id"),
        new MandateId(row.getString("mandate_id")),
        new ScheduleDraft(
            row.getLong("amount"),
            row.getObject("first_amount", Long.class),
            Frequency.parse(row.getString("frequency")),
            day == null ? null : new DayOfMonth(day),
            row.getObject("starts_on", LocalDate.class),
            row.getObject("ends_on", LocalDate.class),
            row.getObject("debits", Integer.class)),
        row.getObject("next_on", LocalDate.class));
  }
}

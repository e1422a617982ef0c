package dev.keyreeve.directdebit.collector.serviceuser;

import dev.keyreeve.directdebit.bacs.calendar.BacsCalendar;
import dev.keyreeve.directdebit.bacs.calendar.Cycle;
import dev.keyreeve.directdebit.bacs.money.Pence;
import dev.keyreeve.platform.tenancy.Tx;
import java.time.LocalDate;

/// How a workspace collects.
///
/// @param noticeDays processing days that pass between an advance notice and its debit
/// @param dormancyMonths months without a debit after which banks may have dropped an instruction
/// @param maxRetries how often a debit that came back for want of funds is presented again
/// @param retryDays processing days between a return and the entry day of the next presentation
/// @param shifts whether a debit that falls due while its mandate is suspended is put off; it is
///   left out otherwise
/// @param maxAmount of one debit
/// @param scheme by which; it says how long a debit takes, and whether its end is told
public record Collector(
    int noticeDays,
    int dormancyMonths,
    int maxRetries,
    int retryDays,
    boolean shifts,
    Pence maxAmount,
    SchemeKind scheme) {

  /// How a workspace collects that has not been given a service user yet.
  public static final Collector USUAL =
      new Collector(10, 24, 2, 5, false, new Pence(10_000_000), SchemeKind.BACS);

  /// The cycle of a run on a day.
  public Cycle cycleFrom(BacsCalendar calendar, LocalDate inputDay) {
    return calendar.cycleFrom(inputDay, scheme.leadDays());
  }

  /// The cycle whose debits are made on a day, or on the next processing day after it.
  public Cycle cycleTo(BacsCalendar calendar, LocalDate entryDay) {
    return calendar.cycleTo(entryDay, scheme.leadDays());
  }

  /// How the transaction's workspace collects.
  public static Collector of(Tx tx) {
    return tx.query(
            """
            select c.notice_days, c.dormancy_months, c.max_retries, c.retry_days, c.on_hold,
                   s.max_amount, s.scheme
            from collector c
            join service_user s on s.id = c.service_user_id
            where c.workspace_id = :workspace
            """)
        .map(
            (row, _) ->
                new Collector(
                    row.getInt("notice_days"),
                    row.getInt("dormancy_months"),
                    row.getInt("max_retries"),
                    row.getInt("retry_days"),
                    row.getString("on_hold").equals("shift"),
                    new Pence(row.getLong("max_amount")),
                    SchemeKind.ofWord(row.getString("scheme"))))
        .findOne()
        .orElse(USUAL);
  }
}

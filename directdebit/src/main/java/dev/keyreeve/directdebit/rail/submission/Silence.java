package dev.keyreeve.directdebit.rail.submission;

import dev.keyreeve.directdebit.bacs.bankreport.Doubts;
import dev.keyreeve.directdebit.bacs.calendar.BacsCalendar;
import dev.keyreeve.directdebit.bacs.scheme.SchemeEvent;
import dev.keyreeve.directdebit.mandate.MandateId;
import dev.keyreeve.directdebit.mandate.SchemeReports;
import dev.keyreeve.directdebit.mandate.instruction.Instructions;
import dev.keyreeve.platform.tenancy.Tx;
import java.time.LocalDate;
import java.util.List;

/// What payers' banks do not return is lodged: banks return instructions until the processing day
/// after the entry day, and say nothing of the others. Of a submission that nobody has sent,
/// silence says nothing, and of an instruction that another has followed, nothing that counts. It
/// says nothing either of what a report has left in doubt.
public final class Silence {
  /// Processing days after the entry day.
  private static final int RETURNED_WITHIN = 1;

  private final SchemeReports mandates;
  private final BacsCalendar calendar;

  public Silence(SchemeReports mandates, BacsCalendar calendar) {
    this.mandates = mandates;
    this.calendar = calendar;
  }

  /// At the end of a processing day.
  public void close(Tx tx, LocalDate day, Doubts doubts) {
    var all =
        quiet(tx, calendar.minus(day, RETURNED_WITHIN)).stream()
            .filter(quiet -> !doubts.ofInstruction(quiet.reference(), quiet.inputDay()))
            .toList();
    for (var quiet : all) {
      if (quiet.lodges()) {
        mandates.apply(tx, new MandateId(quiet.mandate()), new SchemeEvent.InstructionAccepted());
      }
    }
    Instructions.accept(tx, all.stream().map(Quiet::id).toList());
  }

  /// @param lodges whether the mandate stands by it, and not by one that was lodged since
  private record Quiet(
      String id, String mandate, String reference, LocalDate inputDay, boolean lodges) {}

  private static List<Quiet> quiet(Tx tx, LocalDate lastEntryDay) {
    return tx.query(
            """
            select i.id, i.mandate_id, m.reference, b.input_day,
                   i.kind = 'lodge' and not exists (
                     select from instruction later
                     where later.workspace_id = :workspace and later.mandate_id = i.mandate_id
                       and later.kind = 'lodge' and later.status in ('queued', 'submitted')
                       and (later.queued_at, later.id) > (i.queued_at, i.id)) as lodges
            from instruction i
            join mandate m on m.workspace_id = :workspace and m.id = i.mandate_id
            join submission b on b.id = i.submission_id
            join service_user s on s.id = b.service_user_id
            where i.workspace_id = :workspace and i.status = 'submitted'
              and i.entry_day <= :lastEntryDay
              and b.status in ('sent', 'accepted', 'partly_rejected')
              and s.scheme <> 'gocardless'
            order by i.mandate_id, i.id
            for update of m
            """)
        .bind("lastEntryDay", lastEntryDay)
        .map(
            (row, _) ->
                new Quiet(
                    row.getString("id"),
                    row.getString("mandate_id"),
                    row.getString("reference"),
                    row.getObject("input_day", LocalDate.class),
                    row.getBoolean("lodges")))
        .list();
  }
}

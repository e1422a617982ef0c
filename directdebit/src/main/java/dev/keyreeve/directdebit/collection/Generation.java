package dev.keyreeve.directdebit.collection;

import dev.keyreeve.directdebit.bacs.calendar.BacsCalendar;
import dev.keyreeve.directdebit.mandate.Source;
import dev.keyreeve.directdebit.mandate.schedule.Instalment;
import dev.keyreeve.platform.tenancy.Tx;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/// Makes collections of schedules, so that what is to come is rows and not arithmetic.
final class Generation {
  private static final int MONTHS_AHEAD = 13;

  private final BacsCalendar calendar;
  private final RandomGenerator random;

  Generation(BacsCalendar calendar, RandomGenerator random) {
    this.calendar = calendar;
    this.random = random;
  }

  /// Up to which due date collections are rows.
  static LocalDate horizon(LocalDate today) {
    return today.plusMonths(MONTHS_AHEAD);
  }

  /// Makes what has come over the horizon.
  void ahead(Tx tx, LocalDate today) {
    var horizon = horizon(today);
    var held = MandateFacts.lock(tx, ScheduleRows.mandatesOfThoseBehind(tx, horizon)).keySet();
    // Read once they are held: whoever was first has made them.
    var behind =
        ScheduleRows.behind(tx, horizon).stream()
            .filter(schedule -> held.contains(schedule.mandate()))
            .toList();
    var changes = new ChangeSet(tx);
    var done = new ArrayList<ScheduleRows.Row>();
    for (var schedule : behind) {
      var nextOn = schedule.nextOn();
      if (nextOn == null) continue;

      schedule
          .draft()
          .instalments(nextOn, horizon)
          .forEach(
              debit -> changes.add(planned(tx, schedule, debit).asNew(calendar), Source.CLOCK));
      done.add(schedule);
    }
    changes.write();
    ScheduleRows.generatedTo(tx, List.copyOf(done), horizon);
  }

  /// A debit on its day by the plan. The notice of the first one tells of all.
  Collection.Change planned(Tx tx, ScheduleRows.Row schedule, Instalment debit) {
    return Collection.planned(
            CollectionId.generate(tx.now(), random),
            schedule.mandate(),
            debit.amount().amount(),
            debit.dueOn(),
            calendar.onOrAfter(debit.dueOn()),
            calendar,
            tx.now())
        .change()
        .ofSchedule(schedule.id(), debit.period(), debit.isLast())
        .needsNotice(false);
  }
}

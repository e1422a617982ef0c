package dev.keyreeve.directdebit.mandate.schedule;

import dev.keyreeve.directdebit.bacs.money.Pence;
import dev.keyreeve.procedure.shape.Range;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A plan of debits, as a collector states it.
///
/// @param amount of each debit, in pence
/// @param firstAmount of the first debit, in pence; the same as the others unless said
/// @param dayOfMonth needed where months are counted, and only there: 1 to 28, or `last`
/// @param startsOn the first day that may be debited; where weeks are counted, the day itself
/// @param endsOn the last day that may be debited; without end unless said
/// @param debits how many debits there are, the first included; without end unless said
public record ScheduleDraft(
    @Range(min = 1, max = MAX_AMOUNT) long amount,
    @Nullable @Range(min = 1, max = MAX_AMOUNT) Long firstAmount,
    Frequency frequency,
    @Nullable DayOfMonth dayOfMonth,
    LocalDate startsOn,
    @Nullable LocalDate endsOn,
    @Nullable @Range(min = 1, max = 5_000) Integer debits) {

  /// What a record of Bacs can carry, in pence.
  public static final long MAX_AMOUNT = 99_999_999_999L;

  private static final int FIRST_YEAR = 2000;
  private static final int LAST_YEAR = 2199;

  public ScheduleDraft {
    if (frequency.isOfMonths() && dayOfMonth == null) {
      throw new IllegalArgumentException("A schedule of months needs a dayOfMonth.");
    }
    if (!frequency.isOfMonths() && dayOfMonth != null) {
      throw new IllegalArgumentException("A schedule of weeks has no dayOfMonth.");
    }
    if (startsOn.getYear() < FIRST_YEAR || startsOn.getYear() > LAST_YEAR) {
      throw new IllegalArgumentException("A schedule starts in the years 2000 to 2199.");
    }
    if (endsOn != null && endsOn.isBefore(startsOn)) {
      throw new IllegalArgumentException("A schedule does not end before it starts.");
    }
    if (endsOn != null && dayAt(0, frequency, dayOfMonth, startsOn).isAfter(endsOn)) {
      throw new IllegalArgumentException("A schedule has one debit at least before it ends.");
    }
  }

  /// Its debits, the earliest first; without end if the schedule has none.
  public Stream<Instalment> instalments() {
    return LongStream.iterate(0, i -> i + 1)
        .takeWhile(this::includes)
        .mapToObj(
            i -> {
              var dueOn = dayAt(i);
              return new Instalment(
                  frequency.isOfMonths() ? YearMonth.from(dueOn).toString() : dueOn.toString(),
                  dueOn,
                  new Pence(i == 0 && firstAmount != null ? firstAmount : amount),
                  i == 0,
                  !includes(i + 1));
            });
  }

  /// Its debits that are due from one day to another, both included.
  public Stream<Instalment> instalments(LocalDate from, LocalDate to) {
    return instalments()
        .takeWhile(debit -> !debit.dueOn().isAfter(to))
        .dropWhile(debit -> debit.dueOn().isBefore(from));
  }

  private boolean includes(long index) {
    if (debits != null && index >= debits) return false;

    return endsOn == null || !dayAt(index).isAfter(endsOn);
  }

  private LocalDate dayAt(long index) {
    return dayAt(index, frequency, dayOfMonth, startsOn);
  }

  private static LocalDate dayAt(
      long index, Frequency frequency, @Nullable DayOfMonth dayOfMonth, LocalDate startsOn) {
    if (dayOfMonth == null) return startsOn.plusWeeks(index * frequency.weeks());

    var month = YearMonth.from(startsOn);
    var first = dayOfMonth.in(month).isBefore(startsOn) ? month.plusMonths(1) : month;
    return dayOfMonth.in(first.plusMonths(index * frequency.months()));
  }
}

package dev.keyreeve.directdebit.mandate.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyreeve.directdebit.bacs.money.Pence;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ScheduleDraftTest {

  @Test
  void debitsTheLastDayOfEachMonthLeapYearOrNot() {
    var draft = monthly("last", "2027-12-31", null, 4);

    assertThat(days(draft)).containsExactly("2027-12-31", "2028-01-31", "2028-02-29", "2028-03-31");
  }

  @Test
  void beginsInTheNextMonthIfTheDayIsOver() {
    assertThat(days(monthly("15", "2026-07-16", null, 2)))
        .containsExactly("2026-08-15", "2026-09-15");
    assertThat(days(monthly("15", "2026-07-15", null, 2)))
        .containsExactly("2026-07-15", "2026-08-15");
  }

  @Test
  void countsWeeksByTheCalendarThroughTheChangeOfClocks() {
    var draft =
        new ScheduleDraft(
            100, null, Frequency.WEEKLY, null, LocalDate.parse("2026-10-18"), null, 3);

    assertThat(days(draft)).containsExactly("2026-10-18", "2026-10-25", "2026-11-01");
    assertThat(draft.instalments().map(Instalment::period)).containsExactlyElementsOf(days(draft));
  }

  @Test
  void asksForTheFirstAmountOnceAndKnowsTheLastDebit() {
    var draft =
        new ScheduleDraft(
            100,
            250L,
            Frequency.MONTHLY,
            new DayOfMonth(1),
            LocalDate.parse("2026-08-01"),
            LocalDate.parse("2026-10-31"),
            null);

    assertThat(draft.instalments().map(Instalment::amount))
        .containsExactly(new Pence(250), new Pence(100), new Pence(100));
    assertThat(draft.instalments().map(Instalment::isLast)).containsExactly(false, false, true);
    assertThat(draft.instalments().map(Instalment::period))
        .containsExactly("2026-08", "2026-09", "2026-10");
  }

  /// The oracle looks at each day and asks whether it is one; the schedule computes the days.
  @Test
  void comesToTheDaysThatAreFoundByLookingAtEachDay() {
    var random = new Random(7);
    for (int i = 0; i < 500; i++) {
      var draft = random(random);
      var until = draft.startsOn().plusDays(1_500);

      var computed = draft.instalments(draft.startsOn(), until).map(Instalment::dueOn).toList();

      assertThat(computed).as(draft.toString()).isEqualTo(lookedFor(draft, until));
      assertThat(
              new TreeSet<>(
                  draft.instalments(draft.startsOn(), until).map(Instalment::period).toList()))
          .as("each period once: %s", draft)
          .hasSize(computed.size());
    }
  }

  @Test
  void refusesWhatIsNoPlan() {
    assertThatThrownBy(() -> draft(Frequency.MONTHLY, null, "2026-08-01", null))
        .hasMessage("A schedule of months needs a dayOfMonth.");
    assertThatThrownBy(() -> draft(Frequency.WEEKLY, new DayOfMonth(1), "2026-08-01", null))
        .hasMessage("A schedule of weeks has no dayOfMonth.");
    assertThatThrownBy(() -> draft(Frequency.WEEKLY, null, "2026-08-01", "2026-07-31"))
        .hasMessage("A schedule does not end before it starts.");
    assertThatThrownBy(
            () -> draft(Frequency.MONTHLY, new DayOfMonth(1), "2026-08-02", "2026-08-30"))
        .hasMessage("A schedule has one debit at least before it ends.");
    assertThatThrownBy(() -> draft(Frequency.WEEKLY, null, "2200-01-01", null))
        .hasMessage("A schedule starts in the years 2000 to 2199.");
    for (var text : List.of("0", "29", "01", "-1", "LAST", "")) {
      assertThatThrownBy(() -> DayOfMonth.parse(text))
          .as(text)
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  private static List<LocalDate> lookedFor(ScheduleDraft draft, LocalDate until) {
    var found = new ArrayList<LocalDate>();
    int seen = 0;
    var last = draft.endsOn() == null || draft.endsOn().isAfter(until) ? until : draft.endsOn();
    LocalDate first = null;
    for (var day = draft.startsOn(); !day.isAfter(last); day = day.plusDays(1)) {
      if (first == null ? !fits(draft, day) : !follows(draft, first, day)) continue;
      if (draft.debits() != null && seen == draft.debits()) break;

      if (first == null) first = day;
      found.add(day);
      seen++;
    }
    return found;
  }

  private static boolean fits(ScheduleDraft draft, LocalDate day) {
    var wanted = draft.dayOfMonth();
    if (wanted == null) return true;

    return wanted.number() == 0
        ? day.plusDays(1).getDayOfMonth() == 1
        : day.getDayOfMonth() == wanted.number();
  }

  private static boolean follows(ScheduleDraft draft, LocalDate first, LocalDate day) {
    long days = day.toEpochDay() - first.toEpochDay();
    int months =
        12 * (day.getYear() - first.getYear()) + day.getMonthValue() - first.getMonthValue();
    return switch (draft.frequency()) {
      case WEEKLY -> days % 7 == 0;
      case EVERY_TWO_WEEKS -> days % 14 == 0;
      case EVERY_FOUR_WEEKS -> days % 28 == 0;
      case MONTHLY -> fits(draft, day);
      case QUARTERLY -> fits(draft, day) && months % 3 == 0;
      case YEARLY -> fits(draft, day) && months % 12 == 0;
    };
  }

  private static ScheduleDraft random(Random random) {
    var frequency = List.of(Frequency.values()).get(random.nextInt(6));
    var startsOn = LocalDate.of(2026, 1, 1).plusDays(random.nextInt(1_200));
    return new ScheduleDraft(
        1 + random.nextInt(100_000),
        random.nextBoolean() ? null : 1L + random.nextInt(1_000),
        frequency,
        frequency.isOfMonths() ? new DayOfMonth(random.nextInt(29)) : null,
        startsOn,
        random.nextInt(3) == 0 ? startsOn.plusDays(400 + random.nextInt(1_000)) : null,
        random.nextInt(3) == 0 ? 1 + random.nextInt(40) : null);
  }

  private static ScheduleDraft draft(
      Frequency frequency, @Nullable DayOfMonth day, String startsOn, @Nullable String endsOn) {
    return new ScheduleDraft(
        100,
        null,
        frequency,
        day,
        LocalDate.parse(startsOn),
        endsOn == null ? null : LocalDate.parse(endsOn),
        null);
  }

  private static ScheduleDraft monthly(
      String day, String startsOn, @Nullable LocalDate endsOn, @Nullable Integer debits) {
    return new ScheduleDraft(
        100,
        null,
        Frequency.MONTHLY,
        DayOfMonth.parse(day),
        LocalDate.parse(startsOn),
        endsOn,
        debits);
  }

  private static List<String> days(ScheduleDraft draft) {
    return draft.instalments().map(debit -> debit.dueOn().toString()).toList();
  }
}

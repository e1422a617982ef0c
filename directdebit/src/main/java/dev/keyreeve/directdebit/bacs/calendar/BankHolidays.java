package dev.keyreeve.directdebit.bacs.calendar;

import dev.keyreeve.directdebit.bacs.table.TableFile;
import dev.keyreeve.directdebit.bacs.table.TableReading;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.Year;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/// The bank holidays of England and Wales: those that recur, and those that were proclaimed or
/// moved for one year.
///
/// Changes are read one a line: `add` or `remove`, the date as `2023-05-08`, and perhaps a remark.
/// Empty lines and lines that begin with `#` are skipped. A later change beats an earlier one, and
/// an operator's file beats the changes that come with Keyreeve.
public final class BankHolidays {

  private static final Pattern CHANGE =
      Pattern.compile("(add|remove)\\s+([0-9]{4}-[0-9]{2}-[0-9]{2})(\\s.*)?");

  private final Set<LocalDate> added;
  private final Set<LocalDate> removed;

  private BankHolidays(Set<LocalDate> added, Set<LocalDate> removed) {
    this.added = Set.copyOf(added);
    this.removed = Set.copyOf(removed);
  }

  /// The holidays that recur, with the changes proclaimed since 2020.
  public static BankHolidays known() {
    return switch (changedBy(List.of(shipped()))) {
      case TableReading.Read<BankHolidays>(var holidays) -> holidays;
      case TableReading.Refused<BankHolidays>(var faults) ->
          throw new IllegalStateException("the jar is broken: " + faults);
    };
  }

  /// What is known, changed by an operator's file; or every line of it that cannot be understood.
  public static TableReading<BankHolidays> read(Path changes) {
    return changedBy(List.of(shipped(), TableFile.read(changes)));
  }

  public boolean include(LocalDate date) {
    return added.contains(date) || (recurs(date) && !removed.contains(date));
  }

  /// The holidays of a year, the earliest first.
  public List<LocalDate> in(Year year) {
    return year.atDay(1).datesUntil(year.plusYears(1).atDay(1)).filter(this::include).toList();
  }

  /// Whether the rules that hold every year make the date a holiday. Where one falls on a weekend
  /// the next working day is a holiday too; that the weekend itself counts here as well harms
  /// nobody, since no bank works on it.
  private static boolean recurs(LocalDate date) {
    var day = date.getDayOfMonth();
    return switch (date.getMonth()) {
      case JANUARY -> day == 1 || (day <= 3 && isMonday(date));
      case MARCH, APRIL -> date.equals(goodFriday(date)) || date.equals(easterMonday(date));
      case MAY -> isMonday(date) && (day <= 7 || day >= 25);
      case AUGUST -> isMonday(date) && day >= 25;
      case DECEMBER -> day == 25 || day == 26 || isSubstituteForChristmas(date);
      default -> false;
    };
  }

  /// Christmas Day and Boxing Day on a weekend are made up for on the 27th and 28th, which are then
  /// a Monday or a Tuesday, and never otherwise.
  private static boolean isSubstituteForChristmas(LocalDate date) {
    var day = date.getDayOfMonth();
    return (day == 27 || day == 28) && (isMonday(date) || date.getDayOfWeek() == DayOfWeek.TUESDAY);
  }

  private static LocalDate goodFriday(LocalDate date) {
    return Easter.sundayIn(date.getYear()).minusDays(2);
  }

  private static LocalDate easterMonday(LocalDate date) {
    return Easter.sundayIn(date.getYear()).plusDays(1);
  }

  private static boolean isMonday(LocalDate date) {
    return date.getDayOfWeek() == DayOfWeek.MONDAY;
  }

  private static TableReading<BankHolidays> changedBy(List<TableFile> changes) {
    var added = new HashSet<LocalDate>();
    var removed = new HashSet<LocalDate>();
    for (var table : changes) table.forEach(line -> change(line.text(), added, removed));
    return TableFile.reading(changes, () -> new BankHolidays(added, removed));
  }

  private static void change(String line, Set<LocalDate> added, Set<LocalDate> removed) {
    var matcher = CHANGE.matcher(line);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("a change reads add 2023-05-08 or remove 2023-05-08");
    }
    var date = date(matcher.group(2));
    if (isWeekend(date)) throw new IllegalArgumentException("no bank works on that day anyway");

    var adds = matcher.group(1).equals("add");
    (adds ? added : removed).add(date);
    (adds ? removed : added).remove(date);
  }

  private static LocalDate date(String text) {
    try {
      return LocalDate.parse(text);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("there is no such date", e);
    }
  }

  static boolean isWeekend(LocalDate date) {
    return date.getDayOfWeek() == DayOfWeek.SATURDAY || date.getDayOfWeek() == DayOfWeek.SUNDAY;
  }

  private static TableFile shipped() {
    var name = "bank-holiday-changes.txt";
    try (var stream = BankHolidays.class.getResourceAsStream(name)) {
      if (stream == null) throw new IllegalStateException("the jar lacks " + name);
      return TableFile.of(name, new String(stream.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

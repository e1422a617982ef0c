package dev.keyreeve.directdebit.watch.alert;

import java.time.LocalDate;

/// The days that a rule looks at, the day of the evaluation being the last. Days are London's.
sealed interface RuleWindow {

  LocalDate firstOf(LocalDate day);

  /// This many days, the last included.
  record RollingDays(int days) implements RuleWindow {
    public RollingDays {
      if (days < 1 || days > 366) {
        throw new IllegalArgumentException("A window has 1 to 366 days.");
      }
    }

    @Override
    public LocalDate firstOf(LocalDate day) {
      return day.minusDays(days - 1L);
    }
  }

  record CalendarMonth() implements RuleWindow {
    @Override
    public LocalDate firstOf(LocalDate day) {
      return day.withDayOfMonth(1);
    }
  }

  default AlertWindow period() {
    return switch (this) {
      case RollingDays _ -> AlertWindow.ROLLING_DAYS;
      case CalendarMonth _ -> AlertWindow.CALENDAR_MONTH;
    };
  }

  /// The kind of a window.
  enum AlertWindow {
    ROLLING_DAYS,
    CALENDAR_MONTH
  }
}

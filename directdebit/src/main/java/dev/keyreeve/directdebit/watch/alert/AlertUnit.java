package dev.keyreeve.directdebit.watch.alert;

/// What a metric's value, and the levels of its rules, are counted in.
public enum AlertUnit {
  /// The value is a numerator and a denominator; levels are hundredths of a percent.
  BASIS_POINTS,
  COUNT,
  PENCE,
  /// Processing days that have passed, the first being 1.
  DAYS_WAITING,
  /// Processing days that are left: the fewer, the worse.
  DAYS_LEFT
}

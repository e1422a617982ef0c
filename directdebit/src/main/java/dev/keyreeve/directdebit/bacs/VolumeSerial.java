package dev.keyreeve.directdebit.bacs;

import java.time.LocalDate;
import java.util.regex.Pattern;

/// The six characters that name a submission. A service user uses each once a day, and reports name
/// the submission by it.
public record VolumeSerial(String text) {

  public static final int MAX_SEQUENCE = 999;
  private static final Pattern FORM = Pattern.compile("[0-9A-Z]{6}");

  public VolumeSerial {
    if (!FORM.matcher(text).matches()) {
      throw new IllegalArgumentException("A volume serial is six of 0-9 and A-Z.");
    }
  }

  public static VolumeSerial parse(String text) {
    return new VolumeSerial(text);
  }

  /// The serial of the `sequence`th submission of a day: the day of the year and the sequence, each
  /// with three digits.
  ///
  /// @throws IllegalArgumentException unless `sequence` is 1 to 999
  public static VolumeSerial of(LocalDate day, int sequence) {
    if (sequence < 1 || sequence > MAX_SEQUENCE) {
      throw new IllegalArgumentException("a day has submissions 1 to 999, not " + sequence);
    }

    return new VolumeSerial("%03d%03d".formatted(day.getDayOfYear(), sequence));
  }

  @Override
  public String toString() {
    return text;
  }
}

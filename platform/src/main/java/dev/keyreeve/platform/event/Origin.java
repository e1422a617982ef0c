package dev.keyreeve.platform.event;

import java.util.Locale;

/// Who made something happen.
public enum Origin {
  AGENT,
  PAYER,
  BANK,
  PROVIDER,
  CLOCK,
  USER;

  /// As it is stored.
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// @throws IllegalArgumentException if the word names no origin
  public static Origin ofWord(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }
}

package dev.keyreeve.access.credential;

import java.util.Locale;

/// Whether a key moves real money or plays in a sandbox; part of the key's text.
public enum Environment {
  LIVE,
  TEST;

  /// @throws IllegalArgumentException if the text is neither `live` nor `test`
  public static Environment parse(String text) {
    return switch (text) {
      case "live" -> LIVE;
      case "test" -> TEST;
      default -> throw new IllegalArgumentException("An environment is live or test.");
    };
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}

package dev.keyreeve.platform.event;

import dev.keyreeve.procedure.Actor;
import java.util.Locale;

/// Who made something happen.
public enum Origin {
  AGENT,
  PAYER,
  BANK,
  PROVIDER,
  CLOCK,
  USER;

  /// Who acts, in the words of events: a program with a key, a person, or the server itself.
  public static Origin of(Actor by) {
    return switch (by.kind()) {
      case KEY -> AGENT;
      case PERSON, OPERATOR, ANYONE -> USER;
      case SYSTEM -> CLOCK;
    };
  }

  /// As it is stored.
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// @throws IllegalArgumentException if the word names no origin
  public static Origin ofWord(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }
}

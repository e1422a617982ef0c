package dev.keyreeve.directdebit.bacs.origin;

import dev.keyreeve.procedure.Actor;
import java.util.Arrays;
import java.util.Locale;

/// Who makes something happen to a mandate, a debit or an alert, as the feeds of this service tell.
public enum Origin {
  /// A program, with a key.
  AGENT,
  PAYER,
  BANK,
  /// Whoever speaks to the banks for the collector.
  PROVIDER,
  CLOCK,
  USER;

  /// Who acts; whoever needs no credential here is a payer.
  public static Origin by(Actor by) {
    return switch (by.kind()) {
      case KEY -> AGENT;
      case PERSON, COMMAND_LINE -> USER;
      case SYSTEM -> CLOCK;
      case ANYONE -> PAYER;
    };
  }

  /// As events tell it: in a word that any service knows, or one of this service's own.
  public dev.keyreeve.platform.event.Origin told() {
    return switch (this) {
      case AGENT -> dev.keyreeve.platform.event.Origin.PROGRAM;
      case CLOCK -> dev.keyreeve.platform.event.Origin.CLOCK;
      case USER -> dev.keyreeve.platform.event.Origin.USER;
      case PAYER, BANK, PROVIDER ->
          new dev.keyreeve.platform.event.Origin(name().toLowerCase(Locale.ROOT));
    };
  }

  /// @throws IllegalArgumentException if no event of this service tells it
  public static Origin of(dev.keyreeve.platform.event.Origin told) {
    return Arrays.stream(values())
        .filter(origin -> origin.told().equals(told))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("not an origin here: " + told.word()));
  }
}

package dev.keyreeve.directdebit.origin;

import dev.keyreeve.procedure.Actor;
import java.util.Arrays;
import java.util.Locale;

/// Who makes something happen to a mandate, a debit or an alert, as the feeds of this service tell.
public enum Origin {
  /// A program, with a key.
  AGENT(dev.keyreeve.platform.event.Origin.PROGRAM),
  PAYER,
  BANK,
  /// Whoever speaks to the banks for the collector.
  PROVIDER,
  CLOCK(dev.keyreeve.platform.event.Origin.CLOCK),
  USER(dev.keyreeve.platform.event.Origin.USER);

  private final dev.keyreeve.platform.event.Origin told;

  Origin(dev.keyreeve.platform.event.Origin told) {
    this.told = told;
  }

  /// A word of this service's own.
  Origin() {
    this.told = new dev.keyreeve.platform.event.Origin(name().toLowerCase(Locale.ROOT));
  }

  /// Who acts; whoever needs no credential here is a payer.
  public static Origin by(Actor by) {
    return switch (by.kind()) {
      case KEY -> AGENT;
      case PERSON, OPERATOR -> USER;
      case SYSTEM -> CLOCK;
      case ANYONE -> PAYER;
    };
  }

  /// As events tell it.
  public dev.keyreeve.platform.event.Origin told() {
    return told;
  }

  /// @throws IllegalArgumentException if no event of this service tells it
  public static Origin of(dev.keyreeve.platform.event.Origin told) {
    return Arrays.stream(values())
        .filter(origin -> origin.told.equals(told))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("not an origin here: " + told.word()));
  }
}

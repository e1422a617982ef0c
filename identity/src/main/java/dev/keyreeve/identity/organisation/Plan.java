package dev.keyreeve.identity.organisation;

import java.util.Locale;

/// What an organisation pays for: how many calls a minute all its keys may make together.
public enum Plan {
  STANDARD(60),
  PROFESSIONAL(300),
  /// Has a number of its own; this is the one it gets if none is named.
  ENTERPRISE(6000);

  private final int callsPerMinute;

  Plan(int callsPerMinute) {
    this.callsPerMinute = callsPerMinute;
  }

  /// As it is written and stored.
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  public int callsPerMinute() {
    return callsPerMinute;
  }
}

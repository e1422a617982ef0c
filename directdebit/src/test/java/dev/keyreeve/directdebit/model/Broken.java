package dev.keyreeve.directdebit.model;

import java.util.function.Supplier;

/// A rule is broken, by the service or by the model.
public final class Broken extends AssertionError {
  private static final long serialVersionUID = 1;

  private Broken(String rule) {
    super(rule);
  }

  /// Stops unless a rule holds.
  public static void unless(boolean holds, Supplier<String> rule) {
    if (!holds) throw new Broken(rule.get());
  }
}

package dev.keyreeve.access.subject;

/// What people made of a key. That it is not yet or no longer valid follows from the clock.
public enum KeyState {
  ACTIVE,
  DEACTIVATED,
  REVOKED
}

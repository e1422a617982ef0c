package dev.keyreeve.identity.person;

/// What one hash of a password takes.
///
/// @param memoryKib in KiB
/// @param passes over that memory
record Argon2Cost(int memoryKib, int passes, int lanes) {
  /// 19 MiB and two passes: the least that OWASP advises.
  static final Argon2Cost STANDARD = new Argon2Cost(19 * 1024, 2, 1);
}

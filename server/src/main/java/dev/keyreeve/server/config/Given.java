package dev.keyreeve.server.config;

/// The text of a setting, and where it comes from.
///
/// @param place a flag, a variable or a file; empty for a default
record Given(String text, Origin origin, String place) {

  /// Where a setting can be given, the strongest first.
  enum Origin {
    FLAG,
    ENVIRONMENT,
    FILE,
    DEFAULT
  }
}

package dev.keyreeve.server.tls;

/// What came of reading the files.
public sealed interface Loaded {
  record Usable(Identity identity) implements Loaded {}

  /// @param why a sentence that names the file
  record Unusable(String why) implements Loaded {}
}

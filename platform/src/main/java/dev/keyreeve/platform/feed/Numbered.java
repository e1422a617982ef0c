package dev.keyreeve.platform.feed;

/// An event as callers see it.
public interface Numbered {
  /// Its place among the events of the workspace, which rise without falling back.
  long seq();
}

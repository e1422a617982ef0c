package dev.keyreeve.procedure;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A subscription's events, read in turn. Feeds are polled: what is missed is found again by its
/// id.
public interface Feed<T> {
  /// One event, and the id after which to resume.
  record Tracked<T>(String id, T data) {}

  /// The next events, oldest first; empty if there are none yet.
  ///
  /// @param lastId id of the last event that was delivered, or null to start where the input says
  /// @throws IllegalArgumentException if the id is none of this feed's
  List<Tracked<T>> after(@Nullable String lastId);
}

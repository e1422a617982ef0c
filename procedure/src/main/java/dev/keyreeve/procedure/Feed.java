package dev.keyreeve.procedure;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A subscription's events, read in turn. Feeds are polled: what is missed is found again by its
/// id.
public interface Feed<T> {
  /// One event, and the id after which to resume: printable ASCII, at least one character.
  record Tracked<T>(String id, T data) {
    public Tracked {
      if (id.isEmpty() || id.chars().anyMatch(c -> c <= ' ' || c > '~')) {
        throw new IllegalArgumentException("an event's id is printable ASCII");
      }
    }
  }

  /// The next events, oldest first; empty if there are none yet.
  ///
  /// @param lastId id of the last event that was delivered, or null to start where the input says
  /// @throws IllegalArgumentException if the id is none of this feed's
  List<Tracked<T>> after(@Nullable String lastId);

  /// Whether nothing will ever follow the events that have been read. Most feeds never end.
  default boolean isOver() {
    return false;
  }
}

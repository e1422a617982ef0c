package dev.keyreeve.identity.journal;

import java.util.List;

/// Where records come from: the journal of this start, or what an earlier start left behind. Its
/// places are numbered from 0, and read in their order.
interface Source {
  /// Names it for ever; the mark of what was read is kept under this.
  String id();

  /// The records from a place on.
  ///
  /// @param most how many places to look at
  Batch read(long from, int most);

  Loss loss();

  /// Everything before this place has been merged.
  void release(long to);

  /// @param to the place after the last one that was looked at
  record Batch(List<Entry> entries, long to) {}
}

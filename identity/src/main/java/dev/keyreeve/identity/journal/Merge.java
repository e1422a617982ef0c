package dev.keyreeve.identity.journal;

import java.util.List;
import org.jdbi.v3.core.Handle;

/// Takes what calls left behind into tables.
public interface Merge {
  /// Adds records to the tables, in the drain's transaction. Locks rows in an order that is the
  /// same on every node.
  void merge(Handle handle, List<Entry> entries);
}

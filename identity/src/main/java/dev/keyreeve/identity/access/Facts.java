package dev.keyreeve.identity.access;

import dev.keyreeve.access.subject.Basis;
import java.sql.Connection;
import java.sql.SQLException;

/// One kind of fact that decisions are made of. Turns its rows into what this node knows.
///
/// Threads: used by the access feed alone.
public interface Facts {
  /// Reads all rows, and forgets what is no longer there. Rows may be read through a cursor: a
  /// transaction is open.
  void loadAll(Connection connection) throws SQLException;

  /// Reads again what follows from this, if anything does.
  void load(Connection connection, Basis changed) throws SQLException;
}

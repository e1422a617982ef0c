package dev.keyreeve.identity.access;

import dev.keyreeve.access.directory.KeyDirectory;
import dev.keyreeve.access.directory.SessionDirectory;
import dev.keyreeve.access.limit.Meter;
import dev.keyreeve.access.scope.ScopeCatalogue;
import dev.keyreeve.access.subject.Basis;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// One kind of fact that decisions are made of. Turns its rows into what this node knows.
///
/// Threads: used by the access feed alone.
public interface Facts {
  /// Reads all rows, and forgets what is no longer there. Rows may be read through a cursor: a
  /// transaction is open.
  void loadAll(Connection connection) throws SQLException;

  /// Reads again what follows from this, if anything does.
  void load(Connection connection, Basis changed) throws SQLException;

  /// All that there are, in the order in which they stand on each other.
  ///
  /// @param catalogues the scopes of each API, by brand
  /// @param idle how long a session may go unused
  static List<Facts> all(
      KeyDirectory keys,
      SessionDirectory sessions,
      Meter meter,
      Map<String, ScopeCatalogue> catalogues,
      Duration idle) {
    var organisations = new OrganisationFacts(meter);
    return List.of(
        organisations,
        new KeyFacts(keys, meter, catalogues, organisations),
        new SessionFacts(sessions, meter, catalogues, idle, organisations));
  }
}

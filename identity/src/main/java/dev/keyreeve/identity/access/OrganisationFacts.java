package dev.keyreeve.identity.access;

import dev.keyreeve.access.limit.Limit;
import dev.keyreeve.access.limit.Meter;
import dev.keyreeve.access.network.AddressList;
import dev.keyreeve.access.subject.Basis;
import dev.keyreeve.access.subject.Organisation;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The organisations, on which everybody else's facts stand. One keeps its counter through every
/// change.
public final class OrganisationFacts implements Facts {
  private final Meter meter;
  private final Map<String, Organisation> organisations = new HashMap<>();

  public OrganisationFacts(Meter meter) {
    this.meter = meter;
  }

  /// Null if this node does not know of it.
  @Nullable Organisation find(String id) {
    return organisations.get(id);
  }

  @Override
  public void loadAll(Connection connection) throws SQLException {
    load(connection, (String) null);
  }

  @Override
  public void load(Connection connection, Basis changed) throws SQLException {
    if (changed.kind() == Basis.Kind.ORGANISATION) load(connection, changed.id());
  }

  private void load(Connection connection, @Nullable String id) throws SQLException {
    var sql =
        """
        select id, calls_per_minute, suspended, addresses from organisation
        where ?::text is null or id = ?
        """;
    try (var statement = connection.prepareStatement(sql)) {
      statement.setString(1, id);
      statement.setString(2, id);
      try (var row = statement.executeQuery()) {
        while (row.next()) {
          put(
              row.getString("id"),
              row.getInt("calls_per_minute"),
              row.getBoolean("suspended"),
              Addresses.of(row));
        }
      }
    }
  }

  private void put(String id, int callsPerMinute, boolean suspended, AddressList addresses) {
    var known = organisations.get(id);
    if (known == null) {
      var limit = Limit.of(meter.allocate(), id.hashCode(), callsPerMinute);
      var standing = new Organisation.Standing(suspended, limit, addresses);
      organisations.put(id, new Organisation(id, standing));
    } else {
      var limit = known.standing().limit().withCalls(callsPerMinute);
      known.become(new Organisation.Standing(suspended, limit, addresses));
    }
  }
}

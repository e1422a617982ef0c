package dev.keyreeve.identity.access;

import dev.keyreeve.access.credential.Environment;
import dev.keyreeve.access.credential.KeyId;
import dev.keyreeve.access.credential.KeyToken;
import dev.keyreeve.access.credential.SecretDigest;
import dev.keyreeve.access.directory.KeyDirectory;
import dev.keyreeve.access.directory.SessionDirectory;
import dev.keyreeve.access.limit.Limit;
import dev.keyreeve.access.limit.Meter;
import dev.keyreeve.access.network.AddressList;
import dev.keyreeve.access.network.Cidr;
import dev.keyreeve.access.scope.RoleScopes;
import dev.keyreeve.access.scope.Scope;
import dev.keyreeve.access.scope.ScopeCatalogue;
import dev.keyreeve.access.subject.Key;
import dev.keyreeve.access.subject.KeySecret;
import dev.keyreeve.access.subject.Organisation;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Turns rows into the facts that decisions are made of, and puts them into the directory. A key
/// and an organisation keep their counters through every change.
///
/// Threads: used by the access feed alone.
final class AccessFacts {
  private static final int FETCH_SIZE = 1000;

  private final KeyDirectory directory;
  private final Meter meter;
  private final Map<String, ScopeCatalogue> catalogues;
  private final Map<String, Organisation> organisations = new HashMap<>();
  private final Map<String, String> prefixes = new HashMap<>();
  private final SessionFacts sessions;

  /// @param catalogues the scopes of each API, by brand
  /// @param idle how long a session may go unused
  AccessFacts(
      KeyDirectory directory,
      SessionDirectory sessions,
      Meter meter,
      Map<String, ScopeCatalogue> catalogues,
      Duration idle) {
    this.directory = directory;
    this.meter = meter;
    this.catalogues = Map.copyOf(catalogues);
    this.sessions =
        new SessionFacts(
            sessions, meter, new RoleScopes(catalogues.values()), idle, organisations::get);
  }

  SessionFacts sessions() {
    return sessions;
  }

  /// Reads all rows through a cursor, which PostgreSQL offers inside a transaction alone: without
  /// one, the driver would hold every row at once.
  void loadAll(Connection connection) throws SQLException {
    connection.setAutoCommit(false);
    var vanished = directory.ids();
    loadOrganisations(connection, null);
    loadKeys(connection, null, vanished);
    sessions.loadAll(connection);
    connection.commit();
    connection.setAutoCommit(true);
  }

  void loadOrganisations(Connection connection, @Nullable String id) throws SQLException {
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
          putOrganisation(
              row.getString("id"),
              row.getInt("calls_per_minute"),
              row.getBoolean("suspended"),
              addresses(row));
        }
      }
    }
  }

  /// Loads one key; if it is no longer there, it is forgotten.
  void loadKey(Connection connection, String id) throws SQLException {
    loadKeys(connection, id, new HashSet<>(Set.of(KeyId.parse(id))));
  }

  /// @param vanished the keys to forget unless they are found
  private void loadKeys(Connection connection, @Nullable String id, Set<KeyId> vanished)
      throws SQLException {
    var sql =
        """
        select k.id, k.workspace_id, w.organisation_id, k.api, k.environment, k.scopes, k.state,
               k.calls_per_minute, k.not_before, k.expires_at,
               k.addresses, n.number, n.pepper_version, n.digest, f.number as former_number,
               f.pepper_version as former_pepper_version, f.digest as former_digest, f.not_after
        from api_key k
        join workspace w on w.id = k.workspace_id
        left join api_key_secret n on n.key_id = k.id and n.not_after is null
        left join api_key_secret f on f.key_id = k.id and f.not_after is not null
        where ?::text is null or k.id = ?
        """;
    try (var statement = connection.prepareStatement(sql)) {
      statement.setFetchSize(FETCH_SIZE);
      statement.setString(1, id);
      statement.setString(2, id);
      try (var row = statement.executeQuery()) {
        while (row.next()) {
          var key = KeyId.parse(row.getString("id"));
          vanished.remove(key);
          putKey(key, row);
        }
      }
    }
    vanished.forEach(directory::remove);
  }

  private void putOrganisation(
      String id, int callsPerMinute, boolean suspended, AddressList addresses) {
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

  private void putKey(KeyId id, ResultSet row) throws SQLException {
    var catalogue = catalogues.get(row.getString("api"));
    var organisation = organisations.get(row.getString("organisation_id"));
    if (catalogue == null || organisation == null) {
      return;
    }
    var known = directory.find(id);
    int calls = row.getInt("calls_per_minute");
    var limit =
        known == null
            ? Limit.of(meter.allocate(), id.hashCode(), calls)
            : known.limit().withCalls(calls);
    directory.put(
        new Key(
            id,
            prefix(row.getString("api"), row.getString("environment")),
            organisation,
            row.getString("workspace_id"),
            catalogue.grant(scopes(row, catalogue)),
            Key.State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
            millis(row.getTimestamp("not_before"), 0),
            millis(row.getTimestamp("expires_at"), Key.NEVER),
            addresses(row),
            limit,
            secret(row, "", Key.NEVER),
            secret(row, "former_", millis(row.getTimestamp("not_after"), Key.NEVER))));
  }

  /// One text for all keys of a brand and environment.
  private String prefix(String brand, String environment) {
    return prefixes.computeIfAbsent(
        KeyToken.prefix(brand, Environment.parse(environment)), same -> same);
  }

  /// A scope that the API has no longer opens nothing, and keeps no other from being loaded.
  private static Set<Scope> scopes(ResultSet row, ScopeCatalogue catalogue) throws SQLException {
    var scopes = new LinkedHashSet<Scope>();
    for (var token : (String[]) row.getArray("scopes").getArray()) {
      var scope = new Scope(token);
      if (catalogue.contains(scope)) scopes.add(scope);
    }
    return scopes;
  }

  private static @Nullable KeySecret secret(ResultSet row, String prefix, long endsAtMillis)
      throws SQLException {
    var digest = row.getBytes(prefix + "digest");
    if (digest == null) return null;

    return KeySecret.of(
        row.getInt(prefix + "number"),
        row.getInt(prefix + "pepper_version"),
        endsAtMillis,
        SecretDigest.of(digest));
  }

  private static AddressList addresses(ResultSet row) throws SQLException {
    var ranges = (String[]) row.getArray("addresses").getArray();
    return ranges.length == 0
        ? AddressList.UNRESTRICTED
        : new AddressList(Stream.of(ranges).map(Cidr::parse).toList());
  }

  private static long millis(@Nullable Timestamp at, long otherwise) {
    return at == null ? otherwise : at.getTime();
  }
}

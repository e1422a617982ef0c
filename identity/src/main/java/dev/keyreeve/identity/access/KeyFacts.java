package dev.keyreeve.identity.access;

import dev.keyreeve.access.credential.Environment;
import dev.keyreeve.access.credential.KeyId;
import dev.keyreeve.access.credential.KeyToken;
import dev.keyreeve.access.credential.SecretDigest;
import dev.keyreeve.access.directory.KeyDirectory;
import dev.keyreeve.access.limit.Limit;
import dev.keyreeve.access.limit.Meter;
import dev.keyreeve.access.scope.Scope;
import dev.keyreeve.access.scope.ScopeCatalogue;
import dev.keyreeve.access.subject.Basis;
import dev.keyreeve.access.subject.Key;
import dev.keyreeve.access.subject.KeySecret;
import dev.keyreeve.access.subject.KeyState;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The keys. One keeps its counter through every change.
public final class KeyFacts implements Facts {
  private static final int FETCH_SIZE = 1000;

  private final KeyDirectory directory;
  private final Meter meter;
  private final Map<String, ScopeCatalogue> catalogues;
  private final OrganisationFacts organisations;
  private final Map<String, String> prefixes = new HashMap<>();

  /// @param catalogues the scopes of each API, by brand
  /// @param organisations loaded before keys are
  public KeyFacts(
      KeyDirectory directory,
      Meter meter,
      Map<String, ScopeCatalogue> catalogues,
      OrganisationFacts organisations) {
    this.directory = directory;
    this.meter = meter;
    this.catalogues = Map.copyOf(catalogues);
    this.organisations = organisations;
  }

  @Override
  public void loadAll(Connection connection) throws SQLException {
    load(connection, null, directory.ids());
  }

  @Override
  public void load(Connection connection, Basis changed) throws SQLException {
    if (changed.kind() == Basis.Kind.KEY) {
      load(connection, changed.id(), new HashSet<>(Set.of(KeyId.parse(changed.id()))));
    }
  }

  /// @param vanished the keys to forget unless they are found
  private void load(Connection connection, @Nullable String id, Set<KeyId> vanished)
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
          put(key, row);
        }
      }
    }
    vanished.forEach(directory::remove);
  }

  private void put(KeyId id, ResultSet row) throws SQLException {
    var catalogue = catalogues.get(row.getString("api"));
    var organisation = organisations.find(row.getString("organisation_id"));
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
            KeyState.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
            millis(row.getTimestamp("not_before"), 0),
            millis(row.getTimestamp("expires_at"), Key.NEVER),
            Addresses.of(row),
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

  private static long millis(@Nullable Timestamp at, long otherwise) {
    return at == null ? otherwise : at.getTime();
  }
}

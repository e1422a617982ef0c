package dev.keyreeve.identity.access;

import dev.keyreeve.access.credential.SecretDigest;
import dev.keyreeve.access.directory.SessionDirectory;
import dev.keyreeve.access.limit.Limit;
import dev.keyreeve.access.limit.Meter;
import dev.keyreeve.access.scope.Role;
import dev.keyreeve.access.scope.RoleScopes;
import dev.keyreeve.access.scope.ScopeCatalogue;
import dev.keyreeve.access.scope.ScopeCatalogues;
import dev.keyreeve.access.subject.Basis;
import dev.keyreeve.access.subject.Presence;
import dev.keyreeve.access.subject.Session;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;

/// Turns rows of sessions into facts. A session keeps its counter and its last use through every
/// change; the counter of one that is gone is given to the next.
///
/// Threads: used by the access feed alone.
public final class SessionFacts implements Facts {
  /// Calls a minute of one session.
  private static final int CALLS_PER_MINUTE = 600;

  /// All sessions count in the same windows, so that one can go on with the counter of another.
  private static final int PHASE = 0;

  private static final String COLUMNS =
      """
      select s.id, s.digest, s.person_id, p.email, s.organisation_id, s.workspace_id, m.role,
             s.seen_at, s.ends_at
      from session s
      join person p on p.id = s.person_id
      join member m on m.organisation_id = s.organisation_id and m.person_id = s.person_id
      """;

  private final SessionDirectory directory;
  private final Meter meter;
  private final RoleScopes scopes;
  private final Duration idle;
  private final OrganisationFacts organisations;
  private final Deque<Limit> unused = new ArrayDeque<>();

  /// @param catalogues the scopes of each API, by brand
  /// @param idle how long a session may go unused
  /// @param organisations loaded before sessions are
  public SessionFacts(
      SessionDirectory directory,
      Meter meter,
      Map<String, ScopeCatalogue> catalogues,
      Duration idle,
      OrganisationFacts organisations) {
    this.directory = directory;
    this.meter = meter;
    this.scopes = new RoleScopes(ScopeCatalogues.of(catalogues));
    this.idle = idle;
    this.organisations = organisations;
  }

  @Override
  public void loadAll(Connection connection) throws SQLException {
    var gone = new HashSet<String>();
    directory.all().forEach(session -> gone.add(session.id()));
    try (var statement = connection.prepareStatement(COLUMNS);
        var row = statement.executeQuery()) {
      while (row.next()) gone.remove(put(row));
    }
    gone.forEach(this::remove);
  }

  @Override
  public void load(Connection connection, Basis changed) throws SQLException {
    switch (changed.kind()) {
      case SESSION -> loadOne(connection, changed.id());
      case MEMBER -> loadOf(connection, changed.id());
      case KEY, ORGANISATION -> {}
    }
  }

  private void loadOne(Connection connection, String id) throws SQLException {
    try (var statement = connection.prepareStatement(COLUMNS + "where s.id = ?")) {
      statement.setString(1, id);
      try (var row = statement.executeQuery()) {
        if (row.next()) {
          put(row);
        } else {
          remove(id);
        }
      }
    }
  }

  /// All sessions of a person.
  private void loadOf(Connection connection, String person) throws SQLException {
    var gone = new HashSet<String>();
    for (var session : directory.all()) {
      if (session.personId().equals(person)) gone.add(session.id());
    }
    try (var statement = connection.prepareStatement(COLUMNS + "where s.person_id = ?")) {
      statement.setString(1, person);
      try (var row = statement.executeQuery()) {
        while (row.next()) gone.remove(put(row));
      }
    }
    gone.forEach(this::remove);
  }

  /// @return its id
  private String put(ResultSet row) throws SQLException {
    var id = row.getString("id");
    var organisation = organisations.find(row.getString("organisation_id"));
    if (organisation == null) return id;

    var role = Role.valueOf(row.getString("role").toUpperCase(Locale.ROOT));
    long seenMillis = row.getTimestamp("seen_at").getTime();
    var known = directory.find(id);
    var presence = known == null ? new Presence(idle.toMillis(), seenMillis) : known.presence();
    presence.mark(seenMillis);
    directory.put(
        SecretDigest.of(row.getBytes("digest")),
        new Session(
            id,
            row.getString("person_id"),
            row.getString("email"),
            organisation,
            row.getString("workspace_id"),
            role,
            scopes.of(role),
            known == null ? limit() : known.limit(),
            row.getTimestamp("ends_at").getTime(),
            presence));
    return id;
  }

  private void remove(String id) {
    var session = directory.find(id);
    if (session == null) return;

    directory.remove(id);
    unused.add(session.limit());
  }

  private Limit limit() {
    var known = unused.poll();
    return known == null ? Limit.of(meter.allocate(), PHASE, CALLS_PER_MINUTE) : known;
  }
}

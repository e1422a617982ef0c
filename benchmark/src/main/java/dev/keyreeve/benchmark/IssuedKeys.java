package dev.keyreeve.benchmark;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.keyreeve.access.credential.Environment;
import dev.keyreeve.access.directory.KeyDirectory;
import dev.keyreeve.access.directory.Lease;
import dev.keyreeve.access.directory.SessionDirectory;
import dev.keyreeve.access.limit.Meter;
import dev.keyreeve.access.scope.Scope;
import dev.keyreeve.access.scope.ScopeCatalogue;
import dev.keyreeve.directdebit.DirectDebit;
import dev.keyreeve.identity.access.AccessChanges;
import dev.keyreeve.identity.access.AccessFeed;
import dev.keyreeve.identity.access.AllFacts;
import dev.keyreeve.identity.key.IssueKey;
import dev.keyreeve.identity.key.KeyUses;
import dev.keyreeve.identity.key.Keys;
import dev.keyreeve.identity.key.PepperFile;
import dev.keyreeve.identity.organisation.OrganisationView;
import dev.keyreeve.identity.organisation.Organisations;
import dev.keyreeve.identity.organisation.Plan;
import dev.keyreeve.identity.session.SessionLife;
import dev.keyreeve.platform.database.Database;
import dev.keyreeve.platform.datadirectory.DataDirectory;
import dev.keyreeve.platform.postgres.EmbeddedPostgres;
import dev.keyreeve.procedure.Actor;
import dev.keyreeve.procedure.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// Ten thousand keys in a fresh data directory, issued by the parts that the server itself is made
/// of, before it starts.
///
/// @param texts the keys, all with the highest limits that there are
/// @param limited a further key, with [#FEW] calls a minute
record IssuedKeys(List<String> texts, String limited) {
  /// Calls a minute of the limited key.
  static final int FEW = 5;

  private static final int MOST = 600;
  private static final int MOST_OF_ALL = 1_000_000;
  private static final int ORGANISATIONS = 100;
  private static final int KEYS_OF_EACH = 100;
  private static final List<Scope> SCOPES =
      List.of(Scope.parse("mandates:read"), Scope.parse("mandates:write"));

  static IssuedKeys into(Path dataDirectory) throws IOException, SQLException {
    var clock = InstantSource.system();
    Map<String, ScopeCatalogue> catalogues = Map.of(DirectDebit.BRAND, DirectDebit.SCOPES);
    var lease = new Lease(AccessFeed.LEASE, System::nanoTime);
    try (var data = DataDirectory.open(dataDirectory);
        var postgres = EmbeddedPostgres.start(data, _ -> {});
        var database = Database.open(location(postgres))) {
      var peppers = PepperFile.loadOrCreate(data.path().resolve("pepper"));
      var directory = new KeyDirectory(peppers, lease);
      var sessions = new SessionDirectory(lease);
      var idle = SessionLife.STANDARD.idle();
      try (var feed =
          new AccessFeed(
              database, AllFacts.of(directory, sessions, new Meter(), catalogues, idle), lease)) {
        feed.start();
        var changes = new AccessChanges(database.jdbi(), feed, clock);
        var random = new SecureRandom();
        // Services hear of the workspaces when the server starts.
        var organisations = new Organisations(database.jdbi(), changes, (_, _, _) -> {}, random);
        var keys = new Keys(database.jdbi(), changes, peppers, catalogues, KeyUses.UNKNOWN, random);

        var texts = new ArrayList<String>();
        var limited = "";
        for (int i = 0; i < ORGANISATIONS; i++) {
          var organisation = create(organisations, "Benchmark " + i, clock);
          for (int j = 0; j < KEYS_OF_EACH; j++) {
            texts.add(issue(keys, organisation, MOST, clock));
          }
          if (i == 0) limited = issue(keys, organisation, FEW, clock);
        }
        return new IssuedKeys(List.copyOf(texts), limited);
      }
    }
  }

  /// Writes the keys as the load needs them, one a line.
  void writeTexts(Path file) throws IOException {
    Files.write(file, texts);
  }

  /// Writes what the peers know of each key: the SHA-256 of its text, organisation, calls a minute
  /// and scopes.
  void writeFacts(Path file) throws IOException {
    var lines = new ArrayList<String>();
    for (int i = 0; i < texts.size(); i++) {
      lines.add(facts(texts.get(i), i / KEYS_OF_EACH, MOST));
    }
    lines.add(facts(limited, 0, FEW));
    Files.write(file, lines);
  }

  private static String facts(String text, int organisation, int limit) {
    var scopes = String.join(" ", SCOPES.stream().map(Scope::token).toList());
    return "%s org_%d %d %s".formatted(sha256(text), organisation, limit, scopes);
  }

  private static Database.Location location(EmbeddedPostgres postgres) {
    return new Database.Location(postgres.jdbcUrl(), postgres.user(), postgres.password());
  }

  private static OrganisationView create(
      Organisations organisations, String name, InstantSource clock) {
    return done(
        organisations.create(
            name, Plan.ENTERPRISE, MOST_OF_ALL, Environment.LIVE, Actor.SYSTEM, clock.instant()));
  }

  private static String issue(
      Keys keys, OrganisationView organisation, int limit, InstantSource clock) {
    var wanted =
        new IssueKey(
            organisation.workspaceId(), DirectDebit.BRAND, null, "Benchmark", SCOPES, limit, null);
    var issued = done(keys.issue(wanted, Actor.SYSTEM, clock.instant()));
    return Objects.requireNonNull(issued.key()).reveal();
  }

  private static <T> T done(Outcome<T> outcome) {
    return switch (outcome) {
      case Outcome.Done<T>(var value) -> value;
      case Outcome.Refused<T>(var problem) -> throw new IllegalStateException(problem.message());
    };
  }

  private static String sha256(String text) {
    try {
      var hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(ISO_8859_1));
      return HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}

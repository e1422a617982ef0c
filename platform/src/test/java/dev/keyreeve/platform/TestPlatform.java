package dev.keyreeve.platform;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.keyreeve.access.credential.Environment;
import dev.keyreeve.access.credential.KeyId;
import dev.keyreeve.access.credential.Pepper;
import dev.keyreeve.access.credential.Peppers;
import dev.keyreeve.access.directory.KeyDirectory;
import dev.keyreeve.access.directory.Lease;
import dev.keyreeve.access.directory.SessionDirectory;
import dev.keyreeve.access.limit.Meter;
import dev.keyreeve.access.limit.Spending;
import dev.keyreeve.access.network.Address;
import dev.keyreeve.access.scope.Role;
import dev.keyreeve.access.scope.Scope;
import dev.keyreeve.access.scope.ScopeCatalogue;
import dev.keyreeve.platform.access.AccessChanges;
import dev.keyreeve.platform.access.AccessFeed;
import dev.keyreeve.platform.audit.Actor;
import dev.keyreeve.platform.cipher.FieldKeys;
import dev.keyreeve.platform.cipher.Fingerprint;
import dev.keyreeve.platform.database.Database;
import dev.keyreeve.platform.key.IssueKey;
import dev.keyreeve.platform.key.IssuedKey;
import dev.keyreeve.platform.key.Keys;
import dev.keyreeve.platform.organisation.OrganisationView;
import dev.keyreeve.platform.organisation.Organisations;
import dev.keyreeve.platform.organisation.Plan;
import dev.keyreeve.platform.postgres.TestPostgres;
import dev.keyreeve.platform.tenancy.Tenancy;
import dev.keyreeve.procedure.Call;
import dev.keyreeve.procedure.Caller;
import dev.keyreeve.procedure.Handler;
import dev.keyreeve.procedure.Outcome;
import dev.keyreeve.procedure.Procedure;
import dev.keyreeve.procedure.shape.Decoded;
import dev.keyreeve.procedure.shape.OneTime;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A node without its HTTP: a database with its feed, and all that stands on them, under a clock
/// that tests move by hand. The node's lease runs on that clock too.
public final class TestPlatform implements AutoCloseable {
  public static final Instant START = Instant.parse("2026-03-02T09:00:00Z");

  /// A small API for tests of the platform itself.
  public static final String BRAND = "tt";

  public static final Scope READ = new Scope("things:read");
  public static final Scope WRITE = new Scope("things:write");

  private static final Map<String, ScopeCatalogue> THINGS =
      Map.of(
          BRAND,
          ScopeCatalogue.of(
              ScopeCatalogue.Entry.scope(READ, "Sees things.", Role.VIEWER),
              ScopeCatalogue.Entry.scope(WRITE, "Changes things.", Role.OPERATOR)));

  /// Also takes single quotes, which are easier to read in Java.
  private static final ObjectMapper json =
      JsonMapper.builder().enable(JsonReadFeature.ALLOW_SINGLE_QUOTES).build();

  private final TestClock clock;
  private final Meter meter = new Meter();
  private final Database database;
  private final KeyDirectory directory;
  private final SessionDirectory sessions;
  private final AccessFeed feed;
  private final AccessChanges changes;
  private final Keys keys;
  private final Organisations organisations;
  private final Tenancy tenancy;
  private final Fingerprint fingerprint;
  private final Peppers peppers;

  private TestPlatform(
      Database.Location location, Map<String, ScopeCatalogue> catalogues, TestClock clock) {
    this.clock = clock;
    var lease = new Lease(AccessFeed.LEASE, clock::nanos);
    this.peppers = Peppers.of(new Pepper(1, new byte[Pepper.MIN_LENGTH]));
    this.database = Database.open(location);
    this.directory = new KeyDirectory(peppers, lease);
    this.sessions = new SessionDirectory(lease);
    this.feed =
        new AccessFeed(
            database, directory, sessions, meter, catalogues, Duration.ofMinutes(30), lease);
    this.changes = new AccessChanges(database.jdbi(), feed, clock);
    this.keys = new Keys(database.jdbi(), changes, peppers, catalogues);
    this.organisations = new Organisations(database.jdbi(), changes);
    this.fingerprint = new Fingerprint(fieldKeys());
    this.tenancy = new Tenancy(database.jdbi(), fingerprint);
  }

  /// On a database of its own, with the small API.
  public static TestPlatform start() {
    return start(freshLocation());
  }

  public static TestPlatform start(Database.Location location) {
    return start(location, THINGS, new TestClock(START));
  }

  /// @param catalogues the scopes of each API, by brand
  public static TestPlatform start(
      Database.Location location, Map<String, ScopeCatalogue> catalogues, TestClock clock) {
    var platform = new TestPlatform(location, catalogues, clock);
    try {
      platform.feed.start();
      return platform;
    } catch (SQLException | RuntimeException e) {
      platform.database.close();
      throw e instanceof RuntimeException unchecked ? unchecked : new IllegalStateException(e);
    }
  }

  /// The scopes of the small API, by its brand.
  public static Map<String, ScopeCatalogue> catalogues() {
    return THINGS;
  }

  public static Database.Location freshLocation() {
    var fresh = TestPostgres.freshDatabase();
    return new Database.Location(fresh.jdbcUrl(), fresh.user(), fresh.password());
  }

  private static FieldKeys fieldKeys() {
    try {
      var folder = Files.createTempDirectory("keyreeve-test-keys-");
      var file = folder.resolve("field-keys");
      try {
        return FieldKeys.loadOrCreate(file);
      } finally {
        Files.deleteIfExists(file);
        Files.delete(folder);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public TestClock clock() {
    return clock;
  }

  public Database database() {
    return database;
  }

  public KeyDirectory directory() {
    return directory;
  }

  public SessionDirectory sessions() {
    return sessions;
  }

  public Meter meter() {
    return meter;
  }

  public AccessChanges changes() {
    return changes;
  }

  public Keys keys() {
    return keys;
  }

  public Peppers peppers() {
    return peppers;
  }

  public Organisations organisations() {
    return organisations;
  }

  public Tenancy tenancy() {
    return tenancy;
  }

  public Fingerprint fingerprint() {
    return fingerprint;
  }

  /// A new organisation with a live workspace.
  public OrganisationView organisation() {
    return done(
        organisations.create(
            "Harbour Lettings",
            Plan.ENTERPRISE,
            6000,
            Environment.LIVE,
            Actor.SYSTEM,
            clock.instant()));
  }

  /// A new key of the small API.
  public IssuedKey key(String workspace, Scope... scopes) {
    return key(workspace, BRAND, scopes);
  }

  public IssuedKey key(String workspace, String brand, Scope... scopes) {
    var wanted = new IssueKey(workspace, brand, null, "a key", List.of(scopes), null, null);
    return done(keys.issue(wanted, Actor.SYSTEM, clock.instant()));
  }

  /// The text of a key that has just been issued.
  public static String text(IssuedKey issued) {
    return text(issued.key());
  }

  /// What is shown once.
  public static String text(@Nullable OneTime shown) {
    return Objects.requireNonNull(shown).reveal();
  }

  /// A call by this key, already permitted.
  public <I, O> Outcome<O> call(Procedure<I, O> procedure, IssuedKey issued, String input) {
    return call(procedure, callerOf(issued), input);
  }

  public <I, O> Outcome<O> call(Procedure<I, O> procedure, Caller caller, String input) {
    var parsed = parse(input);
    if (!(procedure.input().decode(parsed) instanceof Decoded.Valid<I>(var decoded))) {
      throw new IllegalArgumentException("not an input of " + procedure + ": " + input);
    }
    if (!(procedure.handler() instanceof Handler.Answering<I, O> handler)) {
      throw new IllegalArgumentException(procedure + " streams");
    }
    return handler.answer(new Call<>(procedure, caller, decoded, parsed, clock.instant()));
  }

  /// Who this key stands for.
  public Caller callerOf(IssuedKey issued) {
    var key = directory.find(KeyId.parse(issued.details().id()));
    return new Caller(
        Objects.requireNonNull(key), Spending.unmetered(), Address.parse("192.0.2.1"), "req_test");
  }

  public static <T> T done(Outcome<T> outcome) {
    if (outcome instanceof Outcome.Done<T>(var value)) return value;
    throw new AssertionError("refused: " + outcome);
  }

  private static JsonNode parse(String text) {
    try {
      return json.readTree(text);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    feed.close();
    database.close();
  }
}

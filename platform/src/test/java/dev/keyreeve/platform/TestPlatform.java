package dev.keyreeve.platform;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.keyreeve.access.credential.KeyId;
import dev.keyreeve.access.limit.Limit;
import dev.keyreeve.access.limit.Meter;
import dev.keyreeve.access.limit.Spending;
import dev.keyreeve.access.network.Address;
import dev.keyreeve.access.network.AddressList;
import dev.keyreeve.access.scope.Role;
import dev.keyreeve.access.scope.Scope;
import dev.keyreeve.access.scope.ScopeCatalogue;
import dev.keyreeve.access.subject.Key;
import dev.keyreeve.access.subject.KeyState;
import dev.keyreeve.access.subject.Organisation;
import dev.keyreeve.platform.cipher.FieldKeys;
import dev.keyreeve.platform.cipher.Fingerprint;
import dev.keyreeve.platform.database.Database;
import dev.keyreeve.platform.postgres.TestPostgres;
import dev.keyreeve.platform.tenancy.Tenancy;
import dev.keyreeve.procedure.Call;
import dev.keyreeve.procedure.Caller;
import dev.keyreeve.procedure.Handler;
import dev.keyreeve.procedure.Outcome;
import dev.keyreeve.procedure.Procedure;
import dev.keyreeve.procedure.shape.Decoded;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Map;
import java.util.Set;

/// A database with the tenancy that stands on it, under a clock that tests move by hand. Nobody
/// issues keys here: who calls is made up.
public final class TestPlatform implements AutoCloseable {
  public static final Instant START = Instant.parse("2026-03-02T09:00:00Z");

  /// A small API for tests.
  public static final String BRAND = "tt";

  public static final Scope READ = new Scope("things:read");
  public static final Scope WRITE = new Scope("things:write");

  private static final ScopeCatalogue THINGS =
      ScopeCatalogue.of(
          ScopeCatalogue.Entry.scope(READ, "Sees things.", Role.VIEWER),
          ScopeCatalogue.Entry.scope(WRITE, "Changes things.", Role.OPERATOR));

  /// Also takes single quotes, which are easier to read in Java.
  private static final ObjectMapper json =
      JsonMapper.builder().enable(JsonReadFeature.ALLOW_SINGLE_QUOTES).build();

  private final TestClock clock;
  private final Meter meter = new Meter();
  private final Database database;
  private final Tenancy tenancy;
  private final Fingerprint fingerprint;
  private int workspaces;

  private TestPlatform(Database.Location location, TestClock clock) {
    this.clock = clock;
    this.database = Database.open(location);
    this.fingerprint = new Fingerprint(fieldKeys());
    this.tenancy = new Tenancy(database.jdbi(), fingerprint);
  }

  /// On a database of its own.
  public static TestPlatform start() {
    return start(freshLocation());
  }

  public static TestPlatform start(Database.Location location) {
    return start(location, new TestClock(START));
  }

  public static TestPlatform start(Database.Location location, TestClock clock) {
    return new TestPlatform(location, clock);
  }

  /// The scopes of the small API, by its brand.
  public static Map<String, ScopeCatalogue> catalogues() {
    return Map.of(BRAND, THINGS);
  }

  /// Where a migrated database is that nobody else uses.
  public static Database.Location freshLocation() {
    return TestPostgres.migratedDatabase().location();
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

  public Meter meter() {
    return meter;
  }

  public Tenancy tenancy() {
    return tenancy;
  }

  public Fingerprint fingerprint() {
    return fingerprint;
  }

  /// A new live workspace of an organisation of its own.
  public String workspace() {
    var organisation = "org_" + ++workspaces;
    var workspace = "wks_" + workspaces;
    database
        .jdbi()
        .useTransaction(
            handle -> {
              handle.execute(
                  """
                  insert into organisation (id, name, plan, calls_per_minute, created_at)
                  values (?, 'Harbour Lettings', 'enterprise', 6000, ?)
                  """,
                  organisation,
                  clock.instant());
              handle.execute(
                  """
                  insert into workspace (id, organisation_id, name, environment, created_at)
                  values (?, ?, 'Live', 'live', ?)
                  """,
                  workspace,
                  organisation,
                  clock.instant());
            });
    return workspace;
  }

  /// Somebody who calls with a key of this workspace.
  public Caller caller(String workspace, Scope... scopes) {
    var limit = Limit.of(meter.allocate(), 0, 600);
    var standing = new Organisation.Standing(false, limit, AddressList.UNRESTRICTED);
    var key =
        new Key(
            KeyId.random(new SecureRandom()),
            BRAND + "_live_",
            new Organisation("org_of_" + workspace, standing),
            workspace,
            THINGS.grant(Set.of(scopes)),
            KeyState.ACTIVE,
            0,
            Key.NEVER,
            AddressList.UNRESTRICTED,
            limit,
            null,
            null);
    return new Caller(key, Spending.unmetered(), Address.parse("192.0.2.1"), "req_test");
  }

  /// A call by this caller, already permitted.
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
    database.close();
  }
}

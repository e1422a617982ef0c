package dev.keyreeve.benchmark;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.keyreeve.access.credential.CommandLineToken;
import dev.keyreeve.access.credential.KeyId;
import dev.keyreeve.access.credential.Pepper;
import dev.keyreeve.access.credential.Peppers;
import dev.keyreeve.access.decision.AccessCheck;
import dev.keyreeve.access.decision.Audience;
import dev.keyreeve.access.directory.Credentials;
import dev.keyreeve.access.directory.KeyDirectory;
import dev.keyreeve.access.directory.Lease;
import dev.keyreeve.access.directory.SessionDirectory;
import dev.keyreeve.access.limit.Limit;
import dev.keyreeve.access.limit.Meter;
import dev.keyreeve.access.limit.Spending;
import dev.keyreeve.access.network.Address;
import dev.keyreeve.access.network.AddressList;
import dev.keyreeve.access.scope.ScopeCatalogue;
import dev.keyreeve.access.subject.CommandLine;
import dev.keyreeve.access.subject.Key;
import dev.keyreeve.access.subject.KeyState;
import dev.keyreeve.access.subject.Organisation;
import dev.keyreeve.access.subject.ProvedBy;
import dev.keyreeve.access.subject.Subject;
import dev.keyreeve.directdebit.DirectDebit;
import dev.keyreeve.directdebit.DirectDebitSettings;
import dev.keyreeve.platform.cipher.FieldCipher;
import dev.keyreeve.platform.cipher.FieldKeys;
import dev.keyreeve.platform.database.Database;
import dev.keyreeve.platform.datadirectory.DataDirectory;
import dev.keyreeve.platform.postgres.EmbeddedPostgres;
import dev.keyreeve.platform.service.Platform;
import dev.keyreeve.platform.service.WorkspaceOpenings;
import dev.keyreeve.procedure.Api;
import dev.keyreeve.procedure.Caller;
import dev.keyreeve.procedure.Calls;
import dev.keyreeve.procedure.Result;
import dev.keyreeve.procedure.protocol.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/// One sandbox workspace on a PostgreSQL of its own, as durable as the product's, made of the parts
/// that the server itself is made of, and called without HTTP. The server's clock stands still, so
/// that the sandbox's goes on only when it is advanced.
final class Sandbox implements AutoCloseable {
  static final String WORKSPACE = "wks_year";

  private static final JsonMapper json = new JsonMapper();

  private final Deque<AutoCloseable> open = new ArrayDeque<>();
  private final Path directory;
  private final InstantSource clock;
  private final FieldCipher cipher;
  private final Calls agents;
  private final Calls operators;
  private final Key key = key();

  private Sandbox(Path directory, Instant now) {
    this.directory = directory;
    this.clock = InstantSource.fixed(now);
    try {
      var data = opened(DataDirectory.open(directory));
      var postgres = opened(EmbeddedPostgres.start(data, _ -> {}));
      var location =
          new Database.Location(postgres.jdbcUrl(), postgres.user(), postgres.password());
      var database = opened(Database.open(location));
      var jdbi = database.jdbi();
      var keys = FieldKeys.loadOrCreate(directory.resolve("field-keys"));
      var random = new SecureRandom();
      var platform = Platform.on(jdbi, keys, () -> "https://pay.example", clock, random, random);
      cipher = platform.cipher();
      var service = new DirectDebit(platform, DirectDebitSettings.standard());
      jdbi.useHandle(handle -> furnish(handle, now));
      new WorkspaceOpenings(jdbi, Map.of(DirectDebit.BRAND, service)).catchUp(now);
      agents = calls(service.api());
      operators =
          calls(
              new Api(
                  "operators",
                  "Operators",
                  new Audience.People(),
                  ScopeCatalogue.of(),
                  service.operatorsProcedures()));
    } catch (RuntimeException failure) {
      close();
      throw failure;
    }
  }

  /// @param directory a fresh data directory
  /// @param now where the clock of the workspace begins
  static Sandbox open(Path directory, Instant now) {
    return new Sandbox(directory, now);
  }

  private static void furnish(Handle handle, Instant now) {
    handle.execute(
        """
        insert into organisation (id, name, plan, calls_per_minute, created_at)
        values ('org_year', 'Benchmark', 'standard', 60, ?)
        """,
        now);
    handle.execute(
        """
        insert into workspace (id, organisation_id, name, environment, event_seq, created_at)
        values (?, 'org_year', 'Benchmark', 'test', 0, ?)
        """,
        WORKSPACE,
        now);
  }

  private <T extends AutoCloseable> T opened(T part) {
    open.push(part);
    return part;
  }

  private Calls calls(Api api) {
    var lease = new Lease(Duration.ofDays(1), System::nanoTime);
    var credentials =
        new Credentials(
            new KeyDirectory(Peppers.of(new Pepper(1, new byte[Pepper.MIN_LENGTH])), lease),
            new SessionDirectory(lease),
            CommandLineToken.random(new SecureRandom()));
    return new Calls(api, new AccessCheck(new Meter()), credentials, _ -> {}, clock);
  }

  private static Key key() {
    var limit = Limit.of(0, 0, 60);
    var standing = new Organisation.Standing(false, limit, AddressList.UNRESTRICTED);
    var scopes =
        DirectDebit.SCOPES.entries().stream()
            .map(entry -> entry.scope())
            .collect(Collectors.toSet());
    return new Key(
        KeyId.random(new SecureRandom()),
        "dd_test_",
        new Organisation("org_year", standing),
        WORKSPACE,
        DirectDebit.SCOPES.grant(Set.copyOf(scopes)),
        KeyState.ACTIVE,
        0,
        Key.NEVER,
        AddressList.UNRESTRICTED,
        limit,
        null,
        null);
  }

  FieldCipher cipher() {
    return cipher;
  }

  /// Calls a procedure with a key of every scope.
  JsonNode call(String procedure, Map<String, ?> input) {
    return call(agents, key, procedure, input);
  }

  /// Calls a procedure of the operators' API as the command line does.
  JsonNode operate(String procedure, Map<String, ?> input) {
    var named = new TreeMap<String, Object>(input);
    named.put("workspace_id", WORKSPACE);
    return call(operators, new CommandLine(), procedure, named);
  }

  private static JsonNode call(
      Calls calls, Subject subject, String procedure, Map<String, ?> input) {
    var caller =
        new Caller(
            subject,
            ProvedBy.NOTHING,
            Spending.unmetered(),
            Address.parse("127.0.0.1"),
            "req_year",
            "benchmark");
    var node = json.<JsonNode>valueToTree(input);
    return switch (calls.call(calls.api().find(procedure), caller, node)) {
      case Result.Succeeded<?> success -> read(Json.bytes(success::writeTo));
      case Result.Failed(var problem) ->
          throw new IllegalStateException(procedure + " was refused: " + problem);
      case Result.Opened<?> _ -> throw new IllegalStateException(procedure + " is a stream");
    };
  }

  private static JsonNode read(byte[] bytes) {
    try {
      return json.readTree(new String(bytes, StandardCharsets.UTF_8));
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Reads as the superuser, who sees the rows of all workspaces.
  <T> T look(Function<Handle, T> work) {
    try {
      var location = Objects.requireNonNull(EmbeddedPostgres.lastStarted(directory));
      return Database.read(location, work);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  List<String> tables() {
    return look(
        handle ->
            handle
                .createQuery(
                    """
                    select relname from pg_stat_user_tables where schemaname = 'public'
                    order by relname
                    """)
                .mapTo(String.class)
                .list());
  }

  CpuTime cpuTime() {
    try {
      return new CpuTime(directory);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    while (!open.isEmpty()) {
      try {
        open.pop().close();
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }
  }
}

package dev.keyreeve.directdebit;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.keyreeve.access.credential.CommandLineToken;
import dev.keyreeve.access.credential.Environment;
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
import dev.keyreeve.access.scope.Role;
import dev.keyreeve.access.scope.Scope;
import dev.keyreeve.access.scope.ScopeCatalogue;
import dev.keyreeve.access.subject.Anyone;
import dev.keyreeve.access.subject.CommandLine;
import dev.keyreeve.access.subject.Key;
import dev.keyreeve.access.subject.KeyState;
import dev.keyreeve.access.subject.Organisation;
import dev.keyreeve.access.subject.Presence;
import dev.keyreeve.access.subject.ProvedBy;
import dev.keyreeve.access.subject.Session;
import dev.keyreeve.access.subject.Subject;
import dev.keyreeve.directdebit.bacs.bankaccount.BankAccounts;
import dev.keyreeve.directdebit.bacs.bankaccount.ModulusCheck;
import dev.keyreeve.directdebit.bacs.bankaccount.WeightTable;
import dev.keyreeve.directdebit.bacs.bankreport.Doubts;
import dev.keyreeve.directdebit.bacs.calendar.BacsCalendar;
import dev.keyreeve.directdebit.bacs.calendar.BankHolidays;
import dev.keyreeve.directdebit.bacs.calendar.London;
import dev.keyreeve.directdebit.bacs.scheme.SchemeEvent;
import dev.keyreeve.directdebit.collection.AttemptId;
import dev.keyreeve.directdebit.collection.CollectionDebits;
import dev.keyreeve.directdebit.collection.Presentable;
import dev.keyreeve.directdebit.collection.Presentations;
import dev.keyreeve.directdebit.mandate.MandateId;
import dev.keyreeve.directdebit.mandate.Move;
import dev.keyreeve.directdebit.mandate.SchemeReports;
import dev.keyreeve.platform.cipher.FieldCipher;
import dev.keyreeve.platform.cipher.FieldKeys;
import dev.keyreeve.platform.database.Database;
import dev.keyreeve.platform.mail.MailQueue;
import dev.keyreeve.platform.postgres.TestPostgres;
import dev.keyreeve.platform.service.OpenedWorkspace;
import dev.keyreeve.platform.service.Platform;
import dev.keyreeve.platform.service.WorkspaceOpenings;
import dev.keyreeve.platform.tenancy.Tenancy;
import dev.keyreeve.platform.tenancy.Tx;
import dev.keyreeve.procedure.Api;
import dev.keyreeve.procedure.Caller;
import dev.keyreeve.procedure.Calls;
import dev.keyreeve.procedure.Procedure;
import dev.keyreeve.procedure.Result;
import dev.keyreeve.procedure.Subscription;
import dev.keyreeve.procedure.problem.Problem;
import dev.keyreeve.procedure.protocol.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/// The direct-debit service on a database of its own, called as its callers do, by keys and by
/// nobody in particular. Its clock is moved by hand and stands at noon in summer.
public final class TestDirectDebit implements AutoCloseable, InstantSource {
  public static final String PUBLIC_URL = "https://pay.example";

  private static final JsonMapper json = new JsonMapper();
  private static final AtomicInteger WORKSPACES = new AtomicInteger();
  private static final SecureRandom RANDOM = new SecureRandom();

  private final Database database;
  private final Platform platform;
  private final WorkspaceOpenings openings;
  private final BankAccounts accounts;
  private final DirectDebit service;
  private final Calls agents;
  private final Calls payers;
  private final Calls operators;
  private volatile Instant now = Instant.parse("2026-07-01T12:00:00Z");

  public TestDirectDebit() {
    database = Database.open(TestPostgres.migratedDatabase().location());
    var keys = newKeys();
    platform = Platform.on(database.jdbi(), keys, () -> PUBLIC_URL, this, RANDOM, () -> 0);
    accounts =
        new BankAccounts(
            new ModulusCheck(WeightTable.synthetic()),
            platform.cipher(),
            platform.fingerprint(),
            RANDOM);
    service = new DirectDebit(platform, DirectDebitSettings.standard());
    openings = new WorkspaceOpenings(database.jdbi(), Map.of(DirectDebit.BRAND, service));
    agents = calls(service.api());
    payers = calls(service.invitesApi());
    operators =
        calls(
            new Api(
                "operators",
                "Operators' API",
                new Audience.People(),
                ScopeCatalogue.of(),
                service.operatorsProcedures()));
  }

  private static FieldKeys newKeys() {
    try {
      var folder = Files.createTempDirectory("keyreeve-keys-");
      var keys = FieldKeys.loadOrCreate(folder.resolve("keys"));
      Files.delete(folder.resolve("keys"));
      Files.delete(folder);
      return keys;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Calls calls(Api api) {
    var lease = new Lease(Duration.ofHours(1), System::nanoTime);
    var pepper = new Pepper(1, "a pepper that is long enough for a test".getBytes(UTF_8));
    var credentials =
        new Credentials(
            new KeyDirectory(Peppers.of(pepper), lease),
            new SessionDirectory(lease),
            CommandLineToken.random(RANDOM));
    return new Calls(api, new AccessCheck(new Meter()), credentials, _ -> {}, this);
  }

  /// What a call came to.
  public record Answer(Result result) {
    /// The value, which there must be.
    public JsonNode value() {
      return switch (result) {
        case Result.Succeeded<?> success -> parse(new String(Json.bytes(success::writeTo), UTF_8));
        case Result.Failed(var problem) -> throw new AssertionError("refused: " + problem);
        case Result.Opened<?> _ -> throw new AssertionError("a subscription");
      };
    }

    /// The refusal, which there must be.
    public Problem problem() {
      return switch (result) {
        case Result.Failed(var problem) -> problem;
        case Result.Succeeded<?> _, Result.Opened<?> _ ->
            throw new AssertionError("not refused: " + value());
      };
    }

    public String reason() {
      return problem().reason().word();
    }

    public Subscription<?> subscription() {
      return switch (result) {
        case Result.Opened<?>(var subscription) -> subscription;
        case Result.Succeeded<?> _, Result.Failed _ -> throw new AssertionError("not opened");
      };
    }
  }

  /// A workspace, called with a key that has every scope.
  public final class Workspace {
    private final String id;
    private final Key key;

    private Workspace(String id, Key key) {
      this.id = id;
      this.key = key;
    }

    public String id() {
      return id;
    }

    /// @param input JSON, in which an apostrophe stands for a quotation mark
    public Answer call(String procedure, String input) {
      return TestDirectDebit.call(agents, key, procedure, input);
    }

    /// The same workspace, by a key with no other scopes.
    public Workspace with(String... scopes) {
      return new Workspace(id, key(id, scopes));
    }
  }

  /// A new organisation with one workspace.
  public Workspace workspace(String organisation) {
    return workspace(organisation, Environment.TEST);
  }

  private Workspace workspace(String organisation, Environment environment) {
    var number = WORKSPACES.incrementAndGet();
    var id = "wks_" + number;
    database
        .jdbi()
        .useTransaction(
            handle -> {
              handle.execute(
                  "insert into organisation values (?, ?, 'standard', 60, false, now())",
                  "org_" + number,
                  organisation);
              handle.execute(
                  "insert into workspace values (?, ?, ?, ?, 0, ?)",
                  id,
                  "org_" + number,
                  organisation,
                  environment.toString(),
                  now);
              openings.opened(handle, new OpenedWorkspace(id, environment), now);
            });
    var all = DirectDebit.SCOPES.entries().stream().map(entry -> entry.scope().token());
    return new Workspace(id, key(id, all.toArray(String[]::new)));
  }

  private static Key key(String workspace, String... tokens) {
    Set<Scope> scopes = new LinkedHashSet<>();
    Arrays.stream(tokens).map(Scope::new).forEach(scopes::add);
    var limit = Limit.of(0, 0, 60);
    var standing = new Organisation.Standing(false, limit, AddressList.UNRESTRICTED);
    return new Key(
        KeyId.parse("1aB3cD4eF5gH"),
        "dd_test_",
        new Organisation("org", standing),
        workspace,
        DirectDebit.SCOPES.grant(scopes),
        KeyState.ACTIVE,
        0,
        Key.NEVER,
        AddressList.UNRESTRICTED,
        limit,
        null,
        null);
  }

  /// What schemes report to, in the server's time.
  public SchemeReports reports() {
    var debits = new CollectionDebits(new BacsCalendar(BankHolidays.known()), RANDOM);
    return new SchemeReports(tenancy(), accounts, debits, RANDOM);
  }

  /// Has a scheme report something that moves a mandate on.
  public void report(Workspace workspace, String mandate, SchemeEvent event) {
    var move = reports().apply(workspace.id(), new MandateId(mandate), event, now);
    if (!(move.orElseThrow() instanceof Move.Moved)) throw new AssertionError(move);
  }

  /// Does something in a workspace as a moment of a day does.
  public <T> T moment(Workspace workspace, LocalDate day, LocalTime time, Function<Tx, T> work) {
    return tenancy().across(London.at(day, time), across -> across.in(workspace.id(), work));
  }

  /// What a day's first moment does to debits, after what lapses before it.
  public void dawn(Workspace workspace, LocalDate day) {
    service.lapse(London.at(day, LocalTime.of(0, 10)));
    moment(
        workspace, day, LocalTime.of(0, 10), done(tx -> service.days().dawn(tx, day, Doubts.NONE)));
  }

  /// Presents whatever is due, as a run does whose scheme takes everything in.
  public List<Presentable> run(Workspace workspace, LocalDate day) {
    return moment(
        workspace,
        day,
        LocalTime.of(21, 0),
        tx -> {
          var due = service.presentations().due(tx, day);
          service.presentations().presented(tx, null, due);
          return due;
        });
  }

  /// Lives through days, each with all that it does to debits: dawn, entry, close and run.
  public void live(Workspace workspace, LocalDate from, LocalDate to) {
    var calendar = new BacsCalendar(BankHolidays.known());
    from.datesUntil(to.plusDays(1))
        .forEach(
            day -> {
              dawn(workspace, day);
              if (!calendar.isProcessingDay(day)) return;

              moment(
                  workspace,
                  day,
                  LocalTime.of(8, 0),
                  done(tx -> service.days().entry(tx, day, Doubts.NONE)));
              moment(
                  workspace,
                  day,
                  LocalTime.of(18, 0),
                  done(tx -> service.days().close(tx, day, Doubts.NONE)));
              run(workspace, day);
            });
  }

  /// Has a scheme report something of a debit.
  public Presentations.Applied report(
      Workspace workspace, LocalDate day, AttemptId attempt, SchemeEvent event) {
    return moment(
        workspace,
        day,
        LocalTime.of(7, 0),
        tx -> service.presentations().apply(tx, attempt, event));
  }

  private Session person(String workspace) {
    var limit = Limit.of(0, 0, 60);
    var standing = new Organisation.Standing(false, limit, AddressList.UNRESTRICTED);
    var millis = now.toEpochMilli();
    return new Session(
        "ses_1",
        "per_1",
        "operator@example.com",
        new Organisation("org", standing),
        workspace,
        Role.OPERATOR,
        DirectDebit.SCOPES.grant(Set.of()),
        limit,
        millis + 1_000_000,
        new Presence(1_000_000, millis));
  }

  private static Function<Tx, Boolean> done(Consumer<Tx> work) {
    return tx -> {
      work.accept(tx);
      return true;
    };
  }

  /// Puts the clock of calls on a day at noon in London.
  public void noonOf(LocalDate day) {
    now = London.at(day, LocalTime.NOON);
  }

  /// Calls a workspace's operators' procedure as one of its people.
  public Answer operate(Workspace workspace, String procedure, String input) {
    return call(operators, person(workspace.id()), procedure, input);
  }

  /// Calls as a payer does.
  public Answer pay(String procedure, String input) {
    return call(payers, new Anyone(), procedure, input);
  }

  /// Calls an API that is open to everyone.
  public Answer anyone(Api api, String procedure, String input) {
    return call(calls(api), new Anyone(), procedure, input);
  }

  private static Answer call(Calls calls, Subject subject, String procedure, String input) {
    var caller =
        new Caller(
            subject,
            ProvedBy.NOTHING,
            Spending.unmetered(),
            Address.parse("203.0.113.7"),
            "req_1",
            "Test browser");
    return new Answer(
        calls.call(calls.api().find(procedure), caller, parse(input.replace('\'', '"'))));
  }

  /// What each of many comes to who do something at the same time.
  public static <T> List<T> atOnce(int times, IntFunction<T> work) {
    var barrier = new CyclicBarrier(times);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      return IntStream.range(0, times)
          .mapToObj(
              i ->
                  CompletableFuture.supplyAsync(
                      () -> {
                        await(barrier);
                        return work.apply(i);
                      },
                      threads))
          .toList()
          .stream()
          .map(CompletableFuture::join)
          .toList();
    }
  }

  private static void await(CyclicBarrier barrier) {
    try {
      barrier.await(10, TimeUnit.SECONDS);
    } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
      throw new IllegalStateException(e);
    }
  }

  /// The token in the link of an invite.
  public static String tokenOf(JsonNode invited) {
    var url = invited.path("url").asText();
    return url.substring(url.indexOf('#') + 1);
  }

  public DirectDebit service() {
    return service;
  }

  public MailQueue mail() {
    return platform.mail();
  }

  public Tenancy tenancy() {
    return platform.tenancy();
  }

  public Jdbi jdbi() {
    return database.jdbi();
  }

  public FieldCipher cipher() {
    return platform.cipher();
  }

  /// Calls a procedure of the operators' API as the command line does.
  public Answer operate(List<Procedure<?, ?>> procedures, String procedure, String input) {
    var api =
        new Api("operators", "Operators", new Audience.People(), ScopeCatalogue.of(), procedures);
    return call(calls(api), new CommandLine(), procedure, input);
  }

  /// A new organisation with one live workspace.
  public Workspace liveWorkspace(String organisation) {
    return workspace(organisation, Environment.LIVE);
  }

  public BankAccounts accounts() {
    return accounts;
  }

  /// Changes something as an operator does who sits at the database.
  public void execute(String sql, Object... values) {
    database.jdbi().useHandle(handle -> handle.execute(sql, values));
  }

  /// How many rows of a table belong to a workspace.
  public long count(String table, Workspace workspace) {
    return tenancy()
        .read(
            workspace.id(),
            now,
            tx ->
                tx.query("select count(*) from " + table + " where workspace_id = :workspace")
                    .mapTo(Long.class)
                    .one());
  }

  /// All rows of all tables and all workspaces as text, and all bytes as text too.
  public String everythingStored() {
    return database
        .jdbi()
        .inTransaction(
            handle -> {
              handle.execute("set local bytea_output = 'escape'");
              var text = new StringBuilder();
              for (var table : tables(handle)) {
                // Who owns a table may look past its policies, for this transaction.
                handle.execute("alter table " + table + " no force row level security");
                handle
                    .createQuery("select t::text from " + table + " t")
                    .mapTo(String.class)
                    .forEach(row -> text.append(row).append('\n'));
                handle.execute("alter table " + table + " force row level security");
              }
              handle.rollback();
              return text.toString();
            });
  }

  private static List<String> tables(Handle handle) {
    return handle
        .createQuery("select tablename from pg_tables where schemaname = 'public'")
        .mapTo(String.class)
        .list();
  }

  @Override
  public Instant instant() {
    return now;
  }

  public void advance(Duration time) {
    now = now.plus(time);
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

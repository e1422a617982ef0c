package dev.keyreeve.server.node;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.keyreeve.access.credential.Environment;
import dev.keyreeve.access.credential.KeyId;
import dev.keyreeve.access.credential.Secret;
import dev.keyreeve.access.credential.SessionToken;
import dev.keyreeve.access.decision.Audience;
import dev.keyreeve.access.limit.Limit;
import dev.keyreeve.access.network.AddressList;
import dev.keyreeve.access.scope.Role;
import dev.keyreeve.access.scope.RoleScopes;
import dev.keyreeve.access.scope.Scope;
import dev.keyreeve.access.scope.ScopeCatalogues;
import dev.keyreeve.access.subject.KeyState;
import dev.keyreeve.access.subject.Organisation;
import dev.keyreeve.access.subject.Presence;
import dev.keyreeve.access.subject.Session;
import dev.keyreeve.directdebit.DirectDebit;
import dev.keyreeve.identity.key.IssueKey;
import dev.keyreeve.identity.key.IssuedKey;
import dev.keyreeve.identity.organisation.OrganisationView;
import dev.keyreeve.identity.organisation.Plan;
import dev.keyreeve.platform.database.Database;
import dev.keyreeve.platform.postgres.TestPostgres;
import dev.keyreeve.procedure.Actor;
import dev.keyreeve.procedure.Api;
import dev.keyreeve.procedure.Outcome;
import dev.keyreeve.server.config.Configuration;
import dev.keyreeve.server.config.Settings;
import dev.keyreeve.server.config.Sources;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/// A whole server on a free port, with a database of its own and a clock that is set by hand.
public final class TestServer implements AutoCloseable {
  /// When its clock begins.
  static final Instant BEGINNING = Instant.parse("2026-11-23T12:00:00Z");

  private static final JsonMapper json = new JsonMapper();

  private final AtomicReference<Instant> time = new AtomicReference<>(BEGINNING);
  private final Path dataDirectory;
  private final TestPostgres.Database database;
  private final Database.Location location;
  private final Server server;
  private final HttpClient http = HttpClient.newHttpClient();

  private TestServer(
      Path dataDirectory,
      TestPostgres.Database database,
      Database.Location location,
      Services services,
      Map<String, String> variables)
      throws IOException, SQLException {
    this.dataDirectory = dataDirectory;
    this.database = database;
    this.location = location;
    InstantSource clock = time::get;
    this.server =
        Server.start(services, settings(services, dataDirectory, variables), clock, _ -> {});
    server.announce(null);
  }

  /// These settings, and the defaults, on a free port.
  private static Settings settings(
      Services services, Path dataDirectory, Map<String, String> more) {
    var variables = new HashMap<>(Map.of("KEYREEVE_PORT", "0"));
    variables.put("KEYREEVE_DATA_DIR", dataDirectory.toString());
    variables.putAll(more);
    return switch (new Sources(services.settings(), Map.of(), variables, null, dataDirectory)
        .read()) {
      case Configuration.Good good -> good.settings();
      case Configuration.Bad(var problems) -> throw new AssertionError(problems);
    };
  }

  static TestServer start() {
    return start(Map.of());
  }

  /// @param settings by their variables, such as `KEYREEVE_TLS_CERTIFICATE`
  static TestServer start(Map<String, String> settings) {
    return start(Services.SHIPPED, settings);
  }

  /// With these services in place of those of the product.
  static TestServer start(Services services, Map<String, String> settings) {
    var database = TestPostgres.migratedDatabase();
    return start(List.of(), database, database.location(), services, settings);
  }

  /// Another server on the same database, with the same secrets.
  TestServer startAnother() {
    return startAnother(location);
  }

  /// Another one with other services.
  TestServer startAnother(Services services) {
    return start(secrets(), database, location, services, Map.of());
  }

  /// @param path on which it reaches the database
  TestServer startAnother(Database.Location path) {
    return start(secrets(), database, path, Services.SHIPPED, Map.of());
  }

  private List<Path> secrets() {
    return List.of(dataDirectory.resolve("pepper"), dataDirectory.resolve("field-keys"));
  }

  /// Another server on the same database, as a process of its own.
  ServerProcess startProcess(Path folder) throws IOException {
    copy(secrets(), folder);
    return ServerProcess.run(
        folder,
        Map.of("KEYREEVE_DATABASE_URL", databaseUrl()),
        "serve",
        "--port",
        "0",
        "--data-dir",
        folder.toString());
  }

  private static void copy(List<Path> secrets, Path folder) throws IOException {
    for (var secret : secrets) {
      Files.copy(secret, folder.resolve(secret.getFileName()), StandardCopyOption.COPY_ATTRIBUTES);
    }
  }

  private static TestServer start(
      List<Path> secrets,
      TestPostgres.Database database,
      Database.Location location,
      Services services,
      Map<String, String> settings) {
    try {
      var folder = Files.createTempDirectory("keyreeve-server");
      copy(secrets, folder);
      var variables = new HashMap<>(Map.of("KEYREEVE_DATABASE_URL", url(location)));
      variables.putAll(settings);
      return new TestServer(folder, database, location, services, variables);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  String url() {
    return server.url();
  }

  int port() {
    return URI.create(url()).getPort();
  }

  int metricsPort() {
    return server.metricsPort().orElseThrow();
  }

  Path dataDirectory() {
    return dataDirectory;
  }

  Api api() {
    return api(DirectDebit.BRAND);
  }

  /// What is called with keys of a brand.
  Api api(String brand) {
    return server.services().apis().stream()
        .filter(api -> api.audience().equals(new Audience.Keys(brand)))
        .findFirst()
        .orElseThrow();
  }

  Api operatorsApi() {
    return server.operatorsApi();
  }

  List<Api> apis() {
    return server.apis();
  }

  /// The command line's own credential.
  String operator() {
    return Objects.requireNonNull(CommandLineFile.find(dataDirectory)).token().reveal();
  }

  /// Somebody who is signed in: what their browser sends.
  record SignedIn(Secret cookie) {
    String csrfToken() {
      return SessionToken.crossSiteToken(SessionToken.digest(cookie)).reveal();
    }
  }

  SignedIn signIn(OrganisationView to, Role role) {
    var cookie = SessionToken.random(new SecureRandom());
    var limit = Limit.of(server.access().meter().allocate(), 0, 100_000);
    var standing = new Organisation.Standing(false, limit, AddressList.UNRESTRICTED);
    server
        .access()
        .sessions()
        .put(
            SessionToken.digest(cookie),
            new Session(
                "ses_" + role + to.id(),
                "per_" + role.word(),
                role.word() + "@example.com",
                new Organisation(to.id(), standing),
                to.workspaceId(),
                role,
                new RoleScopes(ScopeCatalogues.of(Services.SHIPPED.catalogues())).of(role),
                limit,
                Long.MAX_VALUE,
                new Presence(Long.MAX_VALUE, 0)));
    return new SignedIn(cookie);
  }

  /// Sends what a page of ours would send.
  Response send(String method, String path, SignedIn person, @Nullable String body) {
    return send(method, path, person, person.csrfToken(), body);
  }

  Response send(
      String method,
      String path,
      SignedIn person,
      @Nullable String csrfToken,
      @Nullable String body) {
    var request =
        request(method, path, body)
            .header("Cookie", "__Host-keyreeve=" + person.cookie().reveal())
            .header("Sec-Fetch-Site", "same-origin");
    if (csrfToken != null) request.header("X-CSRF-Token", csrfToken);
    return send(request.build());
  }

  /// Sends a call that names itself.
  Response sendNamed(String path, SignedIn person, String idempotencyKey, String body) {
    return send(
        request("POST", path, body)
            .header("Cookie", "__Host-keyreeve=" + person.cookie().reveal())
            .header("X-CSRF-Token", person.csrfToken())
            .header("Sec-Fetch-Site", "same-origin")
            .header("Idempotency-Key", idempotencyKey)
            .build());
  }

  Connection superuser() throws SQLException {
    return database.connectAsSuperuser();
  }

  Database.Location location() {
    return location;
  }

  Server server() {
    return server;
  }

  /// The database, without a server's pool.
  Jdbi jdbi() {
    return Jdbi.create(location.jdbcUrl(), location.user(), location.password().reveal());
  }

  /// The database as the command line takes it.
  String databaseUrl() {
    return url(location);
  }

  /// The database as settings name it.
  public static String url(Database.Location at) {
    var user = at.user() + ":" + URLEncoder.encode(at.password().reveal(), UTF_8);
    return at.jdbcUrl().replace("jdbc:postgresql://", "postgresql://" + user + "@");
  }

  /// A port that nobody listens on.
  static int freePort() {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void setTime(Instant instant) {
    time.set(instant);
  }

  /// Fills in the demo's data, and makes its workspace the one that the command line uses.
  Demo demo() {
    var demo = server.demo();
    server.announce(demo.workspace());
    return demo;
  }

  /// The code with which the first person becomes an owner.
  String bootstrapCode(@Nullable String organisation) {
    return Objects.requireNonNull(server.bootstrapCode(organisation)).reveal();
  }

  /// Whether the server has none to give.
  boolean needsNoBootstrapCode() {
    return server.bootstrapCode(null) == null;
  }

  /// Does what is otherwise done now and then: stores when sessions were used.
  void storeUses() {
    server.people().storeUses(server.clock());
  }

  /// A browser that has not been here before.
  Browser browser() {
    return new Browser(this);
  }

  /// A server with an owner, who is signed in.
  Browser owner(String organisation) {
    var browser = browser();
    var answer =
        browser.post(
            "/auth/bootstrap",
            """
            {"code": "%s", "email": "owner@example.com", "name": "Olive Owner",
             "password": "%s"}
            """
                .formatted(bootstrapCode(organisation), Browser.PASSWORD));
    if (answer.status() != 200) throw new AssertionError(answer.body());
    return browser;
  }

  OrganisationView organisation(String name, int callsPerMinute) {
    return organisation(name, callsPerMinute, Environment.LIVE);
  }

  OrganisationView organisation(String name, int callsPerMinute, Environment environment) {
    return done(
        server
            .organisations()
            .create(name, Plan.ENTERPRISE, callsPerMinute, environment, Actor.SYSTEM, time.get()));
  }

  IssuedKey key(String workspace, int limit, Scope... scopes) {
    return done(
        server
            .access()
            .keys()
            .issue(
                new IssueKey(
                    workspace, DirectDebit.BRAND, null, "test", List.of(scopes), limit, null),
                Actor.SYSTEM,
                time.get()));
  }

  /// A key with every scope, whose limit is in nobody's way.
  String fullKey(String workspace) {
    var all =
        DirectDebit.SCOPES.entries().stream().map(entry -> entry.scope()).toArray(Scope[]::new);
    return secretOf(key(workspace, 600, all));
  }

  static String secretOf(IssuedKey key) {
    return Objects.requireNonNull(key.key()).reveal();
  }

  void become(IssuedKey key, KeyState state) {
    done(
        server
            .access()
            .keys()
            .become(KeyId.parse(key.details().id()), state, Actor.SYSTEM, time.get()));
  }

  static <T> T done(Outcome<T> outcome) {
    return switch (outcome) {
      case Outcome.Done<T>(var value) -> value;
      case Outcome.Refused<T>(var problem) -> throw new AssertionError(problem.message());
    };
  }

  /// An answer over HTTP.
  record Response(int status, java.net.http.HttpHeaders headers, String body) {
    JsonNode json() {
      try {
        return json.readTree(body);
      } catch (IOException e) {
        throw new AssertionError("not JSON: " + body, e);
      }
    }

    String header(String name) {
      return headers.firstValue(name).orElse("");
    }
  }

  Response get(String path, @Nullable String key) {
    return send("GET", path, key, null);
  }

  Response getWith(String path, String header, String value) {
    return send(
        HttpRequest.newBuilder(URI.create(url() + path)).header(header, value).GET().build());
  }

  Response post(String path, @Nullable String key, String body) {
    return send("POST", path, key, body);
  }

  Response send(String method, String path, @Nullable String key, @Nullable String body) {
    var request = request(method, path, body);
    if (key != null) request.header("Authorization", "Bearer " + key);
    return send(request.build());
  }

  private HttpRequest.Builder request(String method, String path, @Nullable String body) {
    var request = HttpRequest.newBuilder(URI.create(url() + path));
    if (body != null) request.header("Content-Type", "application/json");
    return request.method(
        method,
        body == null
            ? HttpRequest.BodyPublishers.noBody()
            : HttpRequest.BodyPublishers.ofString(body));
  }

  Response send(HttpRequest request) {
    try {
      var response = http.send(request, HttpResponse.BodyHandlers.ofString());
      return new Response(response.statusCode(), response.headers(), response.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    http.close();
    server.close();
    try (var files = Files.walk(dataDirectory)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

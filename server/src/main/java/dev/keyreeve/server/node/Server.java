package dev.keyreeve.server.node;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.keyreeve.access.credential.Secret;
import dev.keyreeve.access.decision.Audience;
import dev.keyreeve.access.scope.ScopeCatalogue;
import dev.keyreeve.identity.key.KeyProcedures;
import dev.keyreeve.identity.organisation.OrganisationProcedures;
import dev.keyreeve.identity.organisation.Organisations;
import dev.keyreeve.platform.database.Database;
import dev.keyreeve.platform.datadirectory.DataDirectory;
import dev.keyreeve.platform.postgres.EmbeddedPostgres;
import dev.keyreeve.platform.service.Platform;
import dev.keyreeve.platform.service.Supply;
import dev.keyreeve.procedure.Api;
import dev.keyreeve.procedure.Calls;
import dev.keyreeve.procedure.Procedure;
import dev.keyreeve.procedure.http.Reply;
import dev.keyreeve.procedure.http.TrustedProxies;
import dev.keyreeve.procedure.rest.RestProtocol;
import dev.keyreeve.server.config.HttpSettings;
import dev.keyreeve.server.config.Settings;
import dev.keyreeve.server.http.Document;
import dev.keyreeve.server.http.HttpServer;
import dev.keyreeve.server.http.Mounts;
import dev.keyreeve.server.http.Mounts.Mount;
import dev.keyreeve.server.http.Streams;
import dev.keyreeve.server.http.TextServer;
import dev.keyreeve.server.metrics.Meters;
import dev.keyreeve.server.tls.CertificateFiles;
import dev.keyreeve.server.tls.Identity;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A running server. This is the whole object graph: what is opened here is closed here, last
/// first.
public final class Server implements AutoCloseable {
  /// How long a call can be repeated and get its first answer.
  private static final Duration ANSWERS_KEPT = Duration.ofDays(30);

  private static final Duration CERTIFICATE_LOOKED_AT = Duration.ofSeconds(2);

  /// How often it is looked for workspaces that a service was not told of.
  private static final Duration WORKSPACES_LOOKED_AT = Duration.ofMinutes(1);

  private static final Reply HEALTHY = Reply.json(200, "{\"status\":\"ok\"}".getBytes(UTF_8));

  private final Opened opened = new Opened();
  private final InstantSource clock;
  private final String host;
  private final @Nullable CertificateFiles certificate;
  private final Path dataDirectory;
  private final HttpServer http;
  private final AccessRooms access;
  private final Organisations organisations;
  private final Api operatorsApi;
  private final MadeServices services;
  private final @Nullable TextServer metrics;
  private volatile @Nullable CommandLineFile announced;
  private final PeopleRooms people;
  private volatile List<Api> apis = List.of();

  private Server(Services listed, Settings settings, InstantSource clock, Consumer<String> progress)
      throws IOException, SQLException {
    this.clock = clock;
    this.host = settings.http().host();
    this.certificate = settings.tls() == null ? null : CertificateFiles.open(settings.tls());
    try {
      var random = new SecureRandom();
      var data = opened.open(DataDirectory.open(settings.dataDirectory()));
      dataDirectory = data.path();
      CommandLineFile.delete(dataDirectory); // that of a server which was killed
      if (settings.demo()) DemoFile.delete(dataDirectory); // its keys are about to be revoked
      var database = opened.open(Database.open(locate(settings, data, progress)));
      var jdbi = database.jdbi();
      var fieldKeys =
          new FieldKeyRooms(
              jdbi, settings.secrets().fieldKeysFile(), listed.sealedColumns(), clock, opened);
      var meters = settings.metrics() == null ? null : opened.open(new Meters());
      var streams = new Streams();
      access =
          new AccessRooms(
              database,
              settings,
              listed.catalogues(),
              dataDirectory,
              streams,
              meters,
              clock,
              random,
              opened);
      Supplier<String> publicUrl =
          () -> settings.http().publicUrl() == null ? url() : settings.http().publicUrl();
      var platform = Platform.on(jdbi, fieldKeys.keys(), publicUrl, clock, random, random);
      services = listed.make(platform, settings);
      var openings = services.openings(jdbi);
      openings.catchUp(clock.instant());
      organisations = new Organisations(jdbi, access.changes(), openings, random);
      if (organisations.anyIsLive()) warn(listed.supplies(settings), progress);
      people =
          new PeopleRooms(
              jdbi,
              access.changes(),
              organisations,
              access.sessions(),
              access.life(),
              platform.fingerprint(),
              publicUrl,
              random);

      var tasks = opened.open(new PeriodicTasks());
      tasks.every(
          Duration.ofHours(1),
          "forget repeated calls",
          () -> platform.tenancy().forgetRepeats(clock.instant().minus(ANSWERS_KEPT)));
      access.begin(tasks, clock);
      tasks.everyOnceRunning(
          WORKSPACES_LOOKED_AT,
          "tell services of workspaces",
          () -> openings.catchUp(clock.instant()));
      var outbound =
          new OutboundRooms(database, platform, listed.eventTypes(), settings.mail(), data, opened);
      fieldKeys.begin(outbound.schedule(), clock, opened);
      var evidence =
          new EvidenceRooms(
              jdbi,
              platform.tenancy(),
              access,
              () -> apis,
              data,
              settings.requestLog(),
              clock,
              opened);
      evidence.begin(tasks, clock);
      operatorsApi =
          operatorsApi(
              List.of(
                  new OrganisationProcedures(organisations).procedures(),
                  new KeyProcedures(access.keys(), platform.tenancy()).procedures(),
                  evidence.proceduresOfCalls(),
                  people.operatorsProcedures(),
                  outbound.operatorsProcedures(),
                  evidence.proceduresOfChanges(),
                  services.operatorsProcedures()));
      apis =
          Stream.concat(
                  services.apis().stream(),
                  Stream.of(people.signInApi(), access.leakedKeys().api(), operatorsApi))
              .toList();

      var observer = meters == null ? evidence.observer() : evidence.observer().and(meters);
      if (meters != null) {
        meters.journal(evidence.journal()::depth, () -> evidence.journal().loss().all());
      }
      Function<Api, Calls> calls =
          api -> new Calls(api, access.check(), access.credentials(), observer, clock);
      http =
          opened.open(
              HttpServer.listen(
                  options(settings.http()),
                  mounts(calls),
                  access.credentials(),
                  access.check(),
                  observer,
                  streams,
                  new TrustedProxies(settings.http().trustedProxies()),
                  clock));
      metrics = meters == null ? null : measure(meters, settings, database);
      if (certificate != null) {
        tasks.every(
            CERTIFICATE_LOOKED_AT, "look at the certificate", () -> certificate.poll(this::become));
      }
      services.begin(tasks);
      services.runBy(outbound.schedule());
      outbound.schedule().start();
      people.begin(tasks, clock);
    } catch (IOException | SQLException | RuntimeException failure) {
      opened.closeAfter(failure);
      throw failure;
    }
  }

  private static void warn(List<Supply> supplies, Consumer<String> progress) {
    for (var supply : supplies) {
      if (!supply.given()) progress.accept(supply.warning());
    }
  }

  /// What is served where.
  private Mounts mounts(Function<Api, Calls> calls) {
    var operators = new RestProtocol("/api", calls.apply(operatorsApi));
    var mounts = new ArrayList<>(services.mounts(calls, operators));
    mounts.add(
        new Mount(
            "/api/keys/revoke-leaked",
            new RestProtocol("/api/keys", calls.apply(access.leakedKeys().api()))));
    mounts.add(new Mount("/api", operators));
    mounts.add(new Mount("/auth", new RestProtocol("/auth", calls.apply(people.signInApi()))));

    var documents = new TreeMap<String, Reply>();
    var ofApis = services.documents();
    documents.put("/", FrontPage.listing(ofApis));
    documents.put("/healthz", HEALTHY);
    services.pages().forEach(page -> lay(page.getKey(), page.getValue(), documents));
    ofApis.forEach(document -> lay(document.path(), document.reply(), documents));
    documents.forEach(
        (path, reply) -> mounts.add(new Mount(path, new Document(path, reply, operators))));
    return new Mounts(mounts, operators);
  }

  private static void lay(String path, Reply document, Map<String, Reply> documents) {
    if (documents.putIfAbsent(path, document) != null) {
      throw new IllegalStateException("two documents lie at " + path);
    }
  }

  /// @param services those that it runs
  /// @param settings read with what the services declare
  /// @param progress told, in short sentences, what is going on
  /// @throws IOException if the port cannot be had
  public static Server start(
      Services services, Settings settings, InstantSource clock, Consumer<String> progress)
      throws IOException, SQLException {
    return new Server(services, settings, clock, progress);
  }

  /// With all services of the product.
  public static Server start(Settings settings, Consumer<String> progress)
      throws IOException, SQLException {
    return start(Services.SHIPPED, settings, SteadyClock.system(), progress);
  }

  private Database.Location locate(
      Settings settings, DataDirectory directory, Consumer<String> progress) {
    if (settings.database() != null) return settings.database();

    var postgres = opened.open(EmbeddedPostgres.start(directory, progress));
    return new Database.Location(postgres.jdbcUrl(), postgres.user(), postgres.password());
  }

  private static Api operatorsApi(List<List<Procedure<?, ?>>> rooms) {
    var procedures = rooms.stream().flatMap(List::stream).toList();
    return new Api(
        "operators", "Operators' API", new Audience.People(), ScopeCatalogue.of(), procedures);
  }

  /// One fewer than there are cores: the database, and the calls themselves, need room too.
  private static int eventLoops() {
    return Math.max(1, Runtime.getRuntime().availableProcessors() - 1);
  }

  private HttpServer.Options options(HttpSettings http) {
    var options =
        new HttpServer.Options(http.host(), http.port(), eventLoops(), Database.CONNECTIONS);
    return certificate == null
        ? options
        : options.encrypted(certificate.identity(), http.plainPort());
  }

  private @Nullable TextServer measure(Meters meters, Settings settings, Database database)
      throws IOException {
    var place = settings.metrics();
    if (place == null) return null;

    meters.lease(access.lease()::age);
    meters.database(database::pool);
    meters.streams(http::openStreams);
    if (certificate != null) meters.certificate(() -> certificate.identity().expiresAt());
    var page = new TextServer.Page("/metrics", Meters.CONTENT_TYPE, meters::text);
    return opened.open(TextServer.listen(place.host(), place.port(), page));
  }

  private void become(Identity identity) {
    http.become(identity);
    var told = announced;
    if (told != null) announce(told.certifiedBy(identity.fingerprint()));
  }

  /// Lets the command line of this server's owner find it.
  ///
  /// @param workspace the one to use where none is named
  public void announce(@Nullable String workspace) {
    var fingerprint = certificate == null ? null : certificate.identity().fingerprint();
    announce(
        new CommandLineFile(url(ownAddress()), access.operator().secret(), workspace, fingerprint));
    opened.open(() -> CommandLineFile.delete(dataDirectory));
  }

  /// The demo, filled in where it is not there yet.
  public Demo demo() {
    return Demo.of(organisations, access.keys(), services.demos(), clock.instant());
  }

  /// Lets the command line and programs of this server's owner find it and its demo.
  ///
  /// @param ownerCode null if somebody is an owner already
  public void announce(Demo demo, @Nullable Secret ownerCode) {
    announce(demo.workspace());
    DemoFile.write(dataDirectory, url(), demo, ownerCode);
  }

  private synchronized void announce(CommandLineFile file) {
    file.write(dataDirectory);
    announced = file;
  }

  /// The code with which the first person becomes an owner; null if somebody is one already.
  ///
  /// @param organisation what it makes an owner of; null for the only one, or a new one
  public @Nullable Secret bootstrapCode(@Nullable String organisation) {
    var code = people.bootstrap().prepare(organisation, clock.instant());
    return code == null ? null : Secret.of(code.reveal());
  }

  PeopleRooms people() {
    return people;
  }

  AccessRooms access() {
    return access;
  }

  Organisations organisations() {
    return organisations;
  }

  Api operatorsApi() {
    return operatorsApi;
  }

  /// All that are served.
  List<Api> apis() {
    return apis;
  }

  MadeServices services() {
    return services;
  }

  InstantSource clock() {
    return clock;
  }

  /// Where people of this machine reach the server. A passkey belongs to a name, never to an
  /// address, so this machine is called `localhost`.
  public String url() {
    return url(isThisMachine() ? "localhost" : inUrl(host));
  }

  private String url(String authority) {
    return (certificate == null ? "http://" : "https://") + authority + ":" + http.port();
  }

  /// The address for programs of this machine, which no resolver can lead astray.
  private String ownAddress() {
    if (!isThisMachine()) return inUrl(host);
    return host.equals("::1") ? "[::1]" : "127.0.0.1";
  }

  private static String inUrl(String host) {
    return host.contains(":") ? "[" + host + "]" : host;
  }

  private boolean isThisMachine() {
    try {
      var address = InetAddress.getByName(host);
      return address.isLoopbackAddress() || address.isAnyLocalAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }

  /// The port where metrics are served; empty if none are.
  OptionalInt metricsPort() {
    return metrics == null ? OptionalInt.empty() : OptionalInt.of(metrics.port());
  }

  /// Answers what was begun, and closes everything.
  @Override
  public void close() {
    opened.close();
  }
}

package dev.keyreeve.server.node;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.keyreeve.access.credential.OperatorToken;
import dev.keyreeve.access.credential.Peppers;
import dev.keyreeve.access.credential.Secret;
import dev.keyreeve.access.decision.AccessCheck;
import dev.keyreeve.access.decision.Audience;
import dev.keyreeve.access.directory.Credentials;
import dev.keyreeve.access.directory.KeyDirectory;
import dev.keyreeve.access.directory.Lease;
import dev.keyreeve.access.directory.SessionDirectory;
import dev.keyreeve.access.limit.AddressMeter;
import dev.keyreeve.access.limit.Meter;
import dev.keyreeve.access.scope.ScopeCatalogue;
import dev.keyreeve.directdebit.DirectDebit;
import dev.keyreeve.directdebit.DirectDebitSettings;
import dev.keyreeve.directdebit.gocardless.WebhookProtocol;
import dev.keyreeve.directdebit.invite.InvitePage;
import dev.keyreeve.identity.access.AccessChanges;
import dev.keyreeve.identity.access.AccessFeed;
import dev.keyreeve.identity.access.Facts;
import dev.keyreeve.identity.access.LogPosition;
import dev.keyreeve.identity.explain.ExplainProcedures;
import dev.keyreeve.identity.explain.Explainer;
import dev.keyreeve.identity.explain.LoggedRequests;
import dev.keyreeve.identity.journal.Drain;
import dev.keyreeve.identity.journal.Journal;
import dev.keyreeve.identity.journal.JournalWitness;
import dev.keyreeve.identity.key.KeyProcedures;
import dev.keyreeve.identity.key.Keys;
import dev.keyreeve.identity.key.KnownPeppers;
import dev.keyreeve.identity.key.LeakedKeys;
import dev.keyreeve.identity.key.PepperFile;
import dev.keyreeve.identity.key.PepperMove;
import dev.keyreeve.identity.notice.KeyEvents;
import dev.keyreeve.identity.notice.KeyNotices;
import dev.keyreeve.identity.organisation.OrganisationProcedures;
import dev.keyreeve.identity.organisation.Organisations;
import dev.keyreeve.identity.requestlog.LogSearch;
import dev.keyreeve.identity.requestlog.RequestLog;
import dev.keyreeve.identity.requestlog.RequestLogProcedures;
import dev.keyreeve.identity.session.SessionLife;
import dev.keyreeve.identity.usage.CountedUses;
import dev.keyreeve.identity.usage.SecretUses;
import dev.keyreeve.identity.usage.Usage;
import dev.keyreeve.identity.usage.UsageCounts;
import dev.keyreeve.identity.usage.UsageProcedures;
import dev.keyreeve.platform.audit.AuditProcedures;
import dev.keyreeve.platform.audit.AuditTrail;
import dev.keyreeve.platform.audit.CheckpointFile;
import dev.keyreeve.platform.audit.CheckpointKey;
import dev.keyreeve.platform.audit.Checkpoints;
import dev.keyreeve.platform.cipher.FieldCipher;
import dev.keyreeve.platform.cipher.FieldKeys;
import dev.keyreeve.platform.cipher.Fingerprint;
import dev.keyreeve.platform.cipher.SealedColumn;
import dev.keyreeve.platform.database.Database;
import dev.keyreeve.platform.datadirectory.DataDirectory;
import dev.keyreeve.platform.fieldkey.FieldKeyMove;
import dev.keyreeve.platform.fieldkey.KnownFieldKeys;
import dev.keyreeve.platform.mail.MailProcedures;
import dev.keyreeve.platform.mail.MailQueue;
import dev.keyreeve.platform.mail.Mailer;
import dev.keyreeve.platform.mail.OutboxMailer;
import dev.keyreeve.platform.mail.SmtpMailer;
import dev.keyreeve.platform.postgres.EmbeddedPostgres;
import dev.keyreeve.platform.schedule.Schedule;
import dev.keyreeve.platform.tenancy.EventLog;
import dev.keyreeve.platform.tenancy.Tenancy;
import dev.keyreeve.platform.webhook.AddressGuard;
import dev.keyreeve.platform.webhook.Sender;
import dev.keyreeve.platform.webhook.WebhookProcedures;
import dev.keyreeve.platform.webhook.Webhooks;
import dev.keyreeve.procedure.Api;
import dev.keyreeve.procedure.Calls;
import dev.keyreeve.procedure.Procedure;
import dev.keyreeve.procedure.Witness;
import dev.keyreeve.procedure.http.Reply;
import dev.keyreeve.procedure.http.TrustedProxies;
import dev.keyreeve.procedure.openapi.OpenApi;
import dev.keyreeve.procedure.rest.RestProtocol;
import dev.keyreeve.procedure.trpc.TrpcProtocol;
import dev.keyreeve.procedure.typescript.AppRouterTypes;
import dev.keyreeve.server.config.HttpSettings;
import dev.keyreeve.server.config.MailSettings;
import dev.keyreeve.server.config.SecretSettings;
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
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
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

  /// How long what journals were read to is kept, which is longer than any of them is left behind.
  private static final Duration MARKS_KEPT = Duration.ofDays(90);

  /// This node, as the request log names it.
  private static final String NODE = ProcessHandle.current().pid() + "@" + hostName();

  /// How often it is looked for audit chains to sign.
  private static final Duration CHECKPOINTS_DUE = Duration.ofSeconds(5);

  /// The scopes of each API, by the brand that its keys begin with.
  static final Map<String, ScopeCatalogue> CATALOGUES =
      Map.of(DirectDebit.BRAND, DirectDebit.SCOPES);

  /// Every column of the schema whose values are sealed.
  public static final List<SealedColumn> SEALED_COLUMNS =
      Stream.of(DirectDebit.SEALED_COLUMNS, Webhooks.SEALED_COLUMNS, MailQueue.SEALED_COLUMNS)
          .flatMap(List::stream)
          .toList();

  /// How often it is looked for a new key of sealed columns, and for what the older ones sealed.
  private static final Duration FIELD_KEYS_LOOKED_AT = Duration.ofSeconds(10);

  private static final Reply HEALTHY = Reply.json(200, "{\"status\":\"ok\"}".getBytes(UTF_8));

  private final Deque<AutoCloseable> opened = new ArrayDeque<>();
  private final InstantSource clock;
  private final String host;
  private final @Nullable CertificateFiles certificate;
  private final Path dataDirectory;
  private final HttpServer http;
  private final AccessChanges changes;
  private final Organisations organisations;
  private final Keys keys;
  private final LeakedKeys leakedKeys;
  private final Tenancy tenancy;
  private final SessionDirectory sessions;
  private final Meter meter;
  private final Api operatorsApi;
  private final DirectDebit directDebit;
  private final Webhooks webhooks;
  private final MailQueue mail;
  private final OperatorToken operator;
  private final @Nullable TextServer metrics;
  private volatile @Nullable OperatorFile announced;
  private final PeopleRooms people;
  private volatile List<Api> apis = List.of();

  private Server(Settings settings, InstantSource clock, Consumer<String> progress)
      throws IOException, SQLException {
    this.clock = clock;
    this.host = settings.http().host();
    this.certificate = settings.tls() == null ? null : CertificateFiles.open(settings.tls());
    try {
      var data = open(DataDirectory.open(settings.dataDirectory()));
      dataDirectory = data.path();
      OperatorFile.delete(dataDirectory); // that of a server which was killed
      var database = open(Database.open(locate(settings, data, progress)));

      var peppers = peppers(settings.secrets());
      KnownPeppers.check(database.jdbi(), peppers, clock.instant());
      var fieldKeys = FieldKeys.loadOrCreate(settings.secrets().fieldKeysFile());
      var knownKeys =
          open(KnownFieldKeys.open(database.jdbi(), fieldKeys, SEALED_COLUMNS, clock.instant()));
      var fingerprint = new Fingerprint(fieldKeys);

      meter = new Meter();
      var lease = new Lease(settings.access().lease(), System::nanoTime);
      var directory = new KeyDirectory(peppers, lease);
      sessions = new SessionDirectory(lease);
      operator = OperatorToken.random(new SecureRandom());
      var credentials = new Credentials(directory, sessions, operator);
      var access =
          new AccessCheck(
              meter,
              new AddressMeter(settings.access().failuresPerMinute()),
              new AddressMeter(AccessCheck.CALLS_OF_ANYONE));
      var life = new SessionLife(settings.sessions().idle(), settings.sessions().absolute());
      var streams = new Streams();
      var feed =
          open(
              new AccessFeed(
                  database,
                  Facts.all(directory, sessions, meter, CATALOGUES, life.idle()),
                  lease,
                  streams,
                  LogPosition.in(dataDirectory.resolve("log-position"))));
      feed.start();

      var jdbi = database.jdbi();
      var meters = settings.metrics() == null ? null : open(new Meters());
      changes = new AccessChanges(jdbi, feed, clock, meters == null ? _ -> {} : meters::revoked);
      organisations = new Organisations(jdbi, changes);
      keys = new Keys(jdbi, changes, peppers, CATALOGUES, new CountedUses(), new SecureRandom());
      leakedKeys =
          new LeakedKeys(
              jdbi,
              changes,
              peppers,
              (handle, workspace, id, name, at) ->
                  EventLog.append(
                      handle, workspace, at, List.of(KeyEvents.leaked(id.toString(), name, null))));
      tenancy = new Tenancy(jdbi, fingerprint);
      var chores = open(new Chores());
      chores.every(
          Duration.ofHours(1),
          "forget repeated calls",
          () -> tenancy.forgetRepeats(clock.instant().minus(ANSWERS_KEPT)));
      Supplier<String> publicUrl =
          () -> settings.http().publicUrl() == null ? url() : settings.http().publicUrl();
      people =
          new PeopleRooms(jdbi, changes, organisations, sessions, life, fingerprint, publicUrl);
      chores.every(Duration.ofHours(1), "forget old nodes and changes", feed::sweep);
      var pepperMove = new PepperMove(changes, directory.upgrades());
      chores.every(
          Duration.ofSeconds(10),
          "move secrets to the newest pepper",
          () -> pepperMove.run(clock.instant()));
      mail =
          new MailQueue(
              jdbi,
              tenancy,
              new FieldCipher(fieldKeys),
              clock,
              new SecureRandom(),
              new SecureRandom());
      directDebit =
          new DirectDebit(
              jdbi,
              tenancy,
              new FieldCipher(fieldKeys),
              fingerprint,
              publicUrl,
              settings.of(DirectDebitSettings.GROUP),
              mail);
      if (settings.of(DirectDebitSettings.GROUP).weights().isSynthetic()
          && organisations.anyIsLive()) {
        progress.accept(
            "No weight table is given, so account numbers of live workspaces are not checked.");
      }
      var guard = new AddressGuard(AddressGuard.Reach.PUBLIC);
      var sender = open(new Sender(guard, clock));
      webhooks =
          new Webhooks(
              jdbi,
              new FieldCipher(fieldKeys),
              guard,
              sender,
              eventTypes(),
              clock,
              new SecureRandom(),
              new SecureRandom());
      var schedule = open(new Schedule(database.dataSource(), Schedule.Pace.USUAL));
      webhooks.deliverBy(schedule);
      mail.sendBy(schedule, mailer(settings.mail(), data));
      var fieldKeyMove = new FieldKeyMove(jdbi, fieldKeys, SEALED_COLUMNS);
      schedule.every(
          FIELD_KEYS_LOOKED_AT,
          "field-keys.move",
          () -> fieldKeyMove.run(clock.instant(), () -> !Thread.currentThread().isInterrupted()));
      // By itself, so that no other chore keeps this server from turning to a new key.
      open(new Chores())
          .every(
              FIELD_KEYS_LOOKED_AT,
              "look at the field keys",
              () -> knownKeys.keepUp(clock.instant()));
      new KeyNotices(jdbi, new SecretUses(jdbi), clock).tellBy(schedule);

      var checkpointKey = CheckpointKey.loadOrCreate(dataDirectory.resolve("audit-key"));
      var copies = open(CheckpointFile.open(dataDirectory.resolve("audit-checkpoints")));
      var checkpoints = new Checkpoints(jdbi, checkpointKey, copies);
      var signing = open(new Chores());
      signing.every(
          CHECKPOINTS_DUE, "sign the audit chains", () -> checkpoints.sign(clock.instant()));
      var logSearch = new LogSearch(jdbi, tenancy);
      var requests = new LoggedRequests(logSearch);
      var explainer = new Explainer(jdbi, access, credentials, () -> apis);
      operatorsApi =
          operatorsApi(
              List.of(
                  new OrganisationProcedures(organisations).procedures(),
                  new KeyProcedures(keys, tenancy).procedures(),
                  new UsageProcedures(new Usage(jdbi, tenancy)).procedures(),
                  new RequestLogProcedures(logSearch).procedures(),
                  people.operatorsProcedures(),
                  new WebhookProcedures(webhooks).procedures(),
                  new MailProcedures(mail).procedures(),
                  new AuditProcedures(new AuditTrail(jdbi, checkpointKey, copies)).procedures(),
                  new ExplainProcedures(explainer, requests).procedures(),
                  directDebit.operatorsProcedures()));
      apis =
          List.of(
              directDebit.api(),
              directDebit.invitesApi(),
              directDebit.goCardlessApi(),
              people.signInApi(),
              leakedKeys.api(),
              operatorsApi);

      var journal = open(Journal.open(data.subdirectory("journal"), Journal.Bounds.USUAL, clock));
      var requestLog =
          new RequestLog(
              jdbi,
              NODE,
              new RequestLog.Keeping(
                  settings.requestLog().keep(), settings.requestLog().maxBytes()),
              clock);
      var drain = open(new Drain(jdbi, journal, List.of(new UsageCounts(), requestLog), clock));
      drain.start();
      chores.every(
          Duration.ofHours(1),
          "forget old calls",
          () -> {
            requestLog.turnOver();
            UsageCounts.forget(jdbi, clock.instant());
            drain.forgetMarksBefore(clock.instant().minus(MARKS_KEPT));
          });
      Witness evidence = new JournalWitness(journal);
      var witness = meters == null ? evidence : evidence.and(meters);
      if (meters != null) meters.journal(journal::depth, () -> journal.loss().all());
      Function<Api, Calls> calls = api -> new Calls(api, access, credentials, witness, clock);
      http =
          open(
              HttpServer.listen(
                  options(settings.http()),
                  mounts(calls),
                  credentials,
                  access,
                  witness,
                  streams,
                  new TrustedProxies(settings.http().trustedProxies()),
                  clock));
      metrics = meters == null ? null : measure(meters, settings, database, lease);
      if (certificate != null) {
        chores.every(
            CERTIFICATE_LOOKED_AT, "look at the certificate", () -> certificate.poll(this::become));
      }
      chores.every(
          Duration.ofSeconds(2),
          "import mandates",
          () -> directDebit.importMandates(clock.instant()));
      directDebit.runBy(schedule, clock);
      schedule.start();
      people.begin(chores, clock);
    } catch (IOException | SQLException | RuntimeException failure) {
      closeAfter(failure);
      throw failure;
    }
  }

  /// What is served where.
  private Mounts mounts(Function<Api, Calls> calls) {
    var operators = new RestProtocol("/api", calls.apply(operatorsApi));
    var api = directDebit.api();
    var mounts = new ArrayList<Mount>();
    mounts.add(new Mount("/trpc", new TrpcProtocol("/trpc", calls.apply(api))));
    mounts.add(new Mount("/dd/v1", new RestProtocol("/dd/v1", calls.apply(api))));
    mounts.add(new Mount("/invites", new RestProtocol("", calls.apply(directDebit.invitesApi()))));
    mounts.add(
        new Mount(
            "/webhooks/gocardless",
            new WebhookProtocol(
                "/webhooks/gocardless", calls.apply(directDebit.goCardlessApi()), operators)));
    // Before the operators' API, which it lies under.
    mounts.add(
        new Mount(
            "/api/keys/revoke-leaked",
            new RestProtocol("/api/keys", calls.apply(leakedKeys.api()))));
    mounts.add(new Mount("/api", operators));
    mounts.add(new Mount("/auth", new RestProtocol("/auth", calls.apply(people.signInApi()))));

    var documents = new TreeMap<String, Reply>(Comparator.reverseOrder());
    documents.put("/healthz", HEALTHY);
    documents.put(
        "/dd/openapi.json",
        Reply.json(200, OpenApi.document(api, "/dd/v1", "1.0.0").getBytes(UTF_8)));
    documents.put(
        "/dd/app-router.d.ts",
        Reply.of(200, "text/plain; charset=utf-8", AppRouterTypes.of(api).getBytes(UTF_8)));
    documents.putAll(InvitePage.files());
    // Backwards, so that a path comes before one that it lies under.
    documents.forEach(
        (path, reply) -> mounts.add(new Mount(path, new Document(path, reply, operators))));
    return new Mounts(mounts, operators);
  }

  /// @param progress told, in short sentences, what is going on
  /// @throws IOException if the port cannot be had
  public static Server start(Settings settings, InstantSource clock, Consumer<String> progress)
      throws IOException, SQLException {
    return new Server(settings, clock, progress);
  }

  public static Server start(Settings settings, Consumer<String> progress)
      throws IOException, SQLException {
    return start(settings, SteadyClock.system(), progress);
  }

  private Mailer mailer(MailSettings mail, DataDirectory data) throws IOException {
    var place = mail.place();
    return place == null
        ? new OutboxMailer(data.subdirectory("outbox"), mail.from(), clock)
        : new SmtpMailer(place.server(), mail.from());
  }

  private Database.Location locate(
      Settings settings, DataDirectory directory, Consumer<String> progress) {
    if (settings.database() != null) return settings.database();

    var postgres = open(EmbeddedPostgres.start(directory, progress));
    return new Database.Location(postgres.jdbcUrl(), postgres.user(), postgres.password());
  }

  /// What a webhook can be told of.
  private static List<String> eventTypes() {
    return Stream.concat(DirectDebit.EVENT_TYPES.stream(), KeyEvents.TYPES.stream()).toList();
  }

  private static Api operatorsApi(List<List<Procedure<?, ?>>> rooms) {
    var procedures = rooms.stream().flatMap(List::stream).toList();
    return new Api(
        "operators", "Operators' API", new Audience.People(), ScopeCatalogue.of(), procedures);
  }

  private static String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException _) {
      return "localhost";
    }
  }

  /// One fewer than there are cores: the database, and the calls themselves, need room too.
  private static int eventLoops() {
    return Math.max(1, Runtime.getRuntime().availableProcessors() - 1);
  }

  private static Peppers peppers(SecretSettings secrets) {
    var newest = secrets.pepper();
    return newest == null
        ? PepperFile.loadOrCreate(secrets.pepperFile())
        : new Peppers(newest, secrets.olderPepper());
  }

  private HttpServer.Options options(HttpSettings http) {
    var options =
        new HttpServer.Options(http.host(), http.port(), eventLoops(), Database.CONNECTIONS);
    return certificate == null
        ? options
        : options.encrypted(certificate.identity(), http.plainPort());
  }

  private @Nullable TextServer measure(
      Meters meters, Settings settings, Database database, Lease lease) throws IOException {
    var place = settings.metrics();
    if (place == null) return null;

    meters.lease(lease::age);
    meters.database(database::pool);
    meters.streams(http::openStreams);
    if (certificate != null) meters.certificate(() -> certificate.identity().expiresAt());
    var page = new TextServer.Page("/metrics", Meters.CONTENT_TYPE, meters::text);
    return open(TextServer.listen(place.host(), place.port(), page));
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
    announce(new OperatorFile(url(ownAddress()), operator.secret(), workspace, fingerprint));
    opened.push(() -> OperatorFile.delete(dataDirectory));
  }

  private synchronized void announce(OperatorFile file) {
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

  AccessChanges changes() {
    return changes;
  }

  Organisations organisations() {
    return organisations;
  }

  Keys keys() {
    return keys;
  }

  Api operatorsApi() {
    return operatorsApi;
  }

  /// All that are served.
  List<Api> apis() {
    return apis;
  }

  Meter meter() {
    return meter;
  }

  /// What this node knows of signed-in people.
  SessionDirectory sessions() {
    return sessions;
  }

  DirectDebit directDebit() {
    return directDebit;
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

  private <T extends AutoCloseable> T open(T resource) {
    opened.push(resource);
    return resource;
  }

  private void closeAfter(Exception failure) {
    try {
      close();
    } catch (RuntimeException e) {
      failure.addSuppressed(e);
    }
  }

  /// Answers what was begun, and closes everything.
  @Override
  public void close() {
    RuntimeException first = null;
    while (!opened.isEmpty()) {
      try {
        opened.pop().close();
      } catch (Exception e) {
        if (first == null) first = new IllegalStateException("the server did not close cleanly", e);
      }
    }
    if (first != null) throw first;
  }
}

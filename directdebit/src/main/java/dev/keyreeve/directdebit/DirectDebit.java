package dev.keyreeve.directdebit;

import dev.keyreeve.access.decision.Audience;
import dev.keyreeve.access.scope.Role;
import dev.keyreeve.access.scope.ScopeCatalogue;
import dev.keyreeve.directdebit.bacs.bankaccount.BankAccounts;
import dev.keyreeve.directdebit.bacs.bankaccount.ModulusCheck;
import dev.keyreeve.directdebit.collection.CollectionDays;
import dev.keyreeve.directdebit.collection.CollectionDebits;
import dev.keyreeve.directdebit.collection.CollectionEvent;
import dev.keyreeve.directdebit.collection.CollectionProcedures;
import dev.keyreeve.directdebit.collection.CollectionScopes;
import dev.keyreeve.directdebit.collection.MailedNotices;
import dev.keyreeve.directdebit.collection.Presentations;
import dev.keyreeve.directdebit.collection.claim.ClaimEvent;
import dev.keyreeve.directdebit.collection.claim.ClaimProcedures;
import dev.keyreeve.directdebit.collection.claim.Claims;
import dev.keyreeve.directdebit.collection.claim.CollectionFeed;
import dev.keyreeve.directdebit.collector.moment.Moments;
import dev.keyreeve.directdebit.collector.serviceuser.Sandbox;
import dev.keyreeve.directdebit.collector.serviceuser.SandboxClock;
import dev.keyreeve.directdebit.collector.serviceuser.SealedColumns;
import dev.keyreeve.directdebit.mandate.InviteMails;
import dev.keyreeve.directdebit.mandate.MandateClock;
import dev.keyreeve.directdebit.mandate.MandateDemo;
import dev.keyreeve.directdebit.mandate.MandateEvent;
import dev.keyreeve.directdebit.mandate.MandateProcedures;
import dev.keyreeve.directdebit.mandate.MandateScopes;
import dev.keyreeve.directdebit.mandate.NewMandates;
import dev.keyreeve.directdebit.mandate.PayerProcedures;
import dev.keyreeve.directdebit.mandate.SchemeReports;
import dev.keyreeve.directdebit.mandate.invite.InvitePage;
import dev.keyreeve.directdebit.mandate.invite.Invites;
import dev.keyreeve.directdebit.mandate.mail.PayerMailbox;
import dev.keyreeve.directdebit.mandate.mandateimport.MandateImportProcedures;
import dev.keyreeve.directdebit.mandate.mandateimport.MandateImports;
import dev.keyreeve.directdebit.rail.gocardless.GoCardless;
import dev.keyreeve.directdebit.rail.gocardless.WebhookProtocol;
import dev.keyreeve.directdebit.rail.reconciliation.ReportEvent;
import dev.keyreeve.directdebit.rail.submission.Deliveries;
import dev.keyreeve.directdebit.rail.submission.SubmissionEvent;
import dev.keyreeve.directdebit.watch.alert.AlertDemo;
import dev.keyreeve.directdebit.watch.alert.AlertEvent;
import dev.keyreeve.directdebit.watch.alert.AlertProcedures;
import dev.keyreeve.directdebit.watch.alert.AlertScopes;
import dev.keyreeve.directdebit.watch.alert.Alerts;
import dev.keyreeve.directdebit.watch.reporting.ReportProcedures;
import dev.keyreeve.platform.cipher.SealedColumn;
import dev.keyreeve.platform.mail.MailListener;
import dev.keyreeve.platform.schedule.Schedule;
import dev.keyreeve.platform.service.Mounting;
import dev.keyreeve.platform.service.OpenedWorkspace;
import dev.keyreeve.platform.service.PeriodicTask;
import dev.keyreeve.platform.service.Platform;
import dev.keyreeve.platform.service.ServedApi;
import dev.keyreeve.platform.service.Service;
import dev.keyreeve.platform.service.ServiceDemo;
import dev.keyreeve.platform.tenancy.Tx;
import dev.keyreeve.procedure.Api;
import dev.keyreeve.procedure.Procedure;
import dev.keyreeve.procedure.WhoAmI;
import dev.keyreeve.procedure.http.Reply;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// The direct-debit service: its scopes, its procedures and what it does by itself.
public final class DirectDebit implements Service {
  /// What its keys begin with.
  public static final String BRAND = "dd";

  /// The types of all events that this service tells.
  public static final List<String> EVENT_TYPES =
      Stream.of(
              Arrays.stream(MandateEvent.values()).map(MandateEvent::type),
              Arrays.stream(CollectionEvent.values()).map(CollectionEvent::type),
              Arrays.stream(ClaimEvent.values()).map(ClaimEvent::type),
              Arrays.stream(AlertEvent.values()).map(AlertEvent::type),
              Arrays.stream(SubmissionEvent.values()).map(SubmissionEvent::type),
              Arrays.stream(ReportEvent.values()).map(ReportEvent::type))
          .flatMap(types -> types)
          .toList();

  /// Where this service keeps sealed values.
  public static final List<SealedColumn> SEALED_COLUMNS =
      Stream.concat(Stream.of(BankAccounts.DETAILS, MandateImports.ROW), SealedColumns.ALL.stream())
          .toList();

  public static final ScopeCatalogue SCOPES =
      ScopeCatalogue.of(
          ScopeCatalogue.Entry.scope(
              MandateScopes.MANDATES_READ,
              "Read mandates, their status and their history.",
              Role.VIEWER),
          ScopeCatalogue.Entry.scope(
              MandateScopes.MANDATES_WRITE,
              "Create, invite to, update, cancel, suspend and reactivate mandates.",
              Role.OPERATOR),
          ScopeCatalogue.Entry.scope(
              CollectionScopes.COLLECTIONS_READ,
              "Read collections, their schedule and history.",
              Role.VIEWER),
          ScopeCatalogue.Entry.scope(
              AlertScopes.ALERTS_READ, "Read threshold alerts and notifications.", Role.VIEWER),
          ScopeCatalogue.Entry.scope(
              AlertScopes.ALERTS_WRITE, "Acknowledge, dismiss and manage alerts.", Role.OPERATOR),
          ScopeCatalogue.Entry.scope(
              ReportProcedures.REPORTS_READ,
              "Read success-rate, clawback and activity reports.",
              Role.VIEWER));

  private final InstantSource time;
  private final Api api;
  private final Api invitesApi;
  private final MandateClock clock;
  private final DirectDebitDemo demo;
  private final MandateImports imports;
  private final Presentations presentations;
  private final CollectionDays days;
  private final Moments moments;
  private final Deliveries deliveries;
  private final GoCardless goCardless;
  private final Claims claims;
  private final Alerts alerts;
  private final List<Procedure<?, ?>> operatorsProcedures;

  public DirectDebit(Platform platform, DirectDebitSettings settings) {
    time = platform.clock();
    var jdbi = platform.jdbi();
    var cipher = platform.cipher();
    var tenancy = platform.tenancy().by(new SandboxClock());
    var check = new ModulusCheck(settings.weights());
    var calendar = settings.calendar();
    var random = platform.random();
    var accounts = new BankAccounts(check, cipher, platform.fingerprint(), random);
    var invites = new Invites(jdbi, platform.publicUrl(), random);
    var mailbox = new PayerMailbox(platform.mail());
    var mail = platform.mail();
    mail.listen(PayerMailbox.Kind.INVITE.word(), tenancy, new InviteMails());
    // Nothing follows when these end, but they end by the clocks of our sandboxes too.
    for (var kind : List.of(PayerMailbox.Kind.CONFIRMATION, PayerMailbox.Kind.ADVANCE_NOTICE)) {
      mail.listen(kind.word(), tenancy, MailListener.NONE);
    }
    var debits = new CollectionDebits(calendar, random);
    var mandates = new MandateProcedures(tenancy, accounts, invites, debits, mailbox, random);
    var payers = new PayerProcedures(tenancy, accounts, invites, debits, mailbox, random);
    clock = new MandateClock(jdbi, tenancy, debits, random);
    var reports = new SchemeReports(tenancy, accounts, debits, random);
    presentations = new Presentations(calendar, reports, random);
    days = new CollectionDays(calendar, reports, presentations, new MailedNotices(mailbox), random);
    claims = new Claims(calendar, presentations, random);
    alerts = new Alerts(calendar, random);
    // Its story is told in the server's time, and ends now.
    demo =
        new DirectDebitDemo(
            SCOPES,
            new MandateDemo(platform.tenancy(), accounts, invites, debits, mailbox, random),
            new AlertDemo(platform.tenancy(), claims, alerts));
    var reporting = new ReportProcedures(tenancy, calendar);
    var rails =
        new Rails(
            jdbi,
            tenancy,
            cipher,
            accounts,
            calendar,
            clock,
            reports,
            days,
            presentations,
            claims,
            alerts,
            reporting.snapshots(),
            settings.goCardlessAt(),
            random);
    goCardless = rails.goCardless();
    moments = rails.moments();
    deliveries = rails.deliveries();
    imports =
        new MandateImports(
            jdbi, tenancy, cipher, new NewMandates(tenancy, accounts, debits, random), random);

    var procedures = new ArrayList<Procedure<?, ?>>();
    procedures.add(WhoAmI.procedure());
    procedures.addAll(mandates.procedures());
    procedures.addAll(new MandateImportProcedures(tenancy, imports).procedures());
    var collections = new CollectionProcedures(tenancy, calendar, random);
    procedures.addAll(collections.procedures());
    operatorsProcedures =
        Stream.of(
                collections.operatorsProcedures(),
                new ClaimProcedures(tenancy, claims).procedures(),
                rails.procedures())
            .flatMap(List::stream)
            .toList();
    procedures.addAll(new CollectionFeed(tenancy).procedures());
    procedures.addAll(new AlertProcedures(tenancy, random).procedures());
    procedures.addAll(reporting.procedures());
    api = new Api(BRAND, "Direct debit", new Audience.Keys(BRAND), SCOPES, procedures);
    invitesApi =
        new Api(
            "invites",
            "Direct debit invites",
            new Audience.Everyone(),
            ScopeCatalogue.of(),
            payers.procedures());
  }

  @Override
  public List<ServedApi> apis() {
    return List.of(
        ServedApi.at(api, new Mounting.Trpc("/trpc"), new Mounting.Rest("/dd/v1")),
        ServedApi.at(invitesApi, new Mounting.Rest("/invites", "")),
        ServedApi.at(
            goCardless.api(), new Mounting.Special("/webhooks/gocardless", WebhookProtocol::new)));
  }

  @Override
  public Map<String, Reply> pages() {
    return InvitePage.files();
  }

  /// What agents call, with a key.
  public Api api() {
    return api;
  }

  /// What payers call, with the token of an invite: the page of [InvitePage] does so, and expects
  /// the REST form of each route at the root of its own server.
  public Api invitesApi() {
    return invitesApi;
  }

  @Override
  public List<Procedure<?, ?>> operatorsProcedures() {
    return operatorsProcedures;
  }

  @Override
  public void opened(Tx tx, OpenedWorkspace workspace) {
    switch (workspace.environment()) {
      case TEST -> Sandbox.open(tx);
      case LIVE -> {} // its operator says how it collects
    }
  }

  @Override
  public List<PeriodicTask> tasks() {
    return List.of(
        new PeriodicTask(
            Duration.ofSeconds(2), "import mandates", () -> importMandates(time.instant())));
  }

  @Override
  public ServiceDemo demo() {
    return demo;
  }

  @Override
  public void runBy(Schedule schedule) {
    moments.runBy(schedule, time);
    deliveries.runBy(schedule, time);
    goCardless.runBy(schedule, time);
    schedule.every(
        Duration.ofMinutes(1), "directdebit.lapse", () -> clock.lapseUnassigned(time.instant()));
  }

  /// Ends invites and lifts suspensions whose time has come; by the clocks of their workspaces.
  ///
  /// @return how many mandates it moved
  public int lapse(Instant now) {
    return clock.lapse(now);
  }

  /// Goes on with imports of mandates; to be called every few seconds.
  ///
  /// @return how many rows it did
  public int importMandates(Instant now) {
    return imports.work(now);
  }

  /// What runs take and what becomes of it.
  public Presentations presentations() {
    return presentations;
  }

  /// What banks say of claims goes here, and their day comes.
  public Claims claims() {
    return claims;
  }

  /// What is watched in each workspace.
  public Alerts alerts() {
    return alerts;
  }

  /// What the moments of a day do to debits.
  public CollectionDays days() {
    return days;
  }
}

package dev.keyreeve.directdebit;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keyreeve.directdebit.TestDirectDebit.Answer;
import dev.keyreeve.directdebit.TestDirectDebit.Workspace;
import dev.keyreeve.directdebit.bacs.calendar.BacsCalendar;
import dev.keyreeve.directdebit.bacs.calendar.BankHolidays;
import dev.keyreeve.directdebit.bacs.calendar.London;
import dev.keyreeve.directdebit.collector.serviceuser.SchemeKind;
import dev.keyreeve.directdebit.rail.gocardless.GoCardlessFake;
import dev.keyreeve.directdebit.rail.gocardless.GoCardlessFake.Webhook;
import dev.keyreeve.directdebit.rail.gocardless.ResourceId;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Base64;
import java.util.List;

/// A live workspace that collects by a GoCardless which is played.
final class GoCardlessWorld implements AutoCloseable {
  static final BacsCalendar CALENDAR = new BacsCalendar(BankHolidays.known());

  private final TestRails[] later = new TestRails[1];
  final GoCardlessFake fake = new GoCardlessFake(() -> later[0].world.instant());
  final TestRails rails;
  final Workspace workspace;
  final String serviceUser;

  GoCardlessWorld() {
    rails = new TestRails(fake.address());
    later[0] = rails;
    workspace = rails.world.liveWorkspace("Harbour Lettings");
    serviceUser = collects(workspace);
  }

  /// Has a workspace collect by a service user of its own.
  String collects(Workspace collecting) {
    var id =
        operate(
                "serviceUsers.createGoCardless",
                """
                {'name': 'HARBOUR', 'environment': 'sandbox', 'access_token': '%s',
                 'webhook_secret': '%s', 'creditor': 'CR000001'}
                """
                    .formatted(GoCardlessFake.TOKEN, GoCardlessFake.WEBHOOK_SECRET))
            .value()
            .path("id")
            .asText();
    operate(
            "serviceUsers.assign",
            "{'id': '%s', 'service_user_id': '%s', 'notice_days': 1}"
                .formatted(collecting.id(), id))
        .value();
    return id;
  }

  Answer operate(String procedure, String input) {
    return rails.operate(procedure, input);
  }

  JsonNode account() {
    return operate("serviceUsers.getGoCardless", "{'id': '%s'}".formatted(serviceUser)).value();
  }

  /// Lets the run of the next processing day be, and sends what it has sealed.
  void run() {
    seal();
    deliver();
  }

  /// Lets the run of the next processing day be.
  void seal() {
    var today = London.dateOf(rails.world.instant());
    var evening = London.at(CALENDAR.onOrAfter(today), LocalTime.of(21, 1));
    if (!evening.isAfter(rails.world.instant())) {
      evening = London.at(CALENDAR.next(today), LocalTime.of(21, 1));
    }
    rails.world.advance(Duration.between(rails.world.instant(), evening));
    rails.rails.moments().look(rails.world.instant());
  }

  /// Sends what is sealed, as far as GoCardless takes it.
  void deliver() {
    for (var id : rails.owners("select id from submission where status = 'sealed' order by id")) {
      rails.rails.deliveries().deliver(id, rails.world);
    }
  }

  List<String> submissions() {
    return rails.owners("select status from submission order by id");
  }

  /// When the run of today's evening, or of the next, has payers debited.
  LocalDate entryDay() {
    var now = rails.world.instant();
    var today = London.dateOf(now);
    var over = !now.isBefore(London.at(today, LocalTime.of(21, 0)));
    return CALENDAR
        .cycleFrom(over ? today.plusDays(1) : today, SchemeKind.GOCARDLESS.leadDays())
        .entryDay();
  }

  Answer receive(Webhook webhook) {
    return receive(serviceUser, webhook.body(), webhook.signature());
  }

  Answer receive(String to, String body, String signature) {
    return rails.world.anyone(
        rails.rails.goCardless().api(),
        "gocardless.receive",
        "{'service_user_id': '%s', 'signature': '%s', 'body': '%s'}"
            .formatted(to, signature, Base64.getEncoder().encodeToString(body.getBytes(UTF_8))));
  }

  /// Tells everything that no webhook has told.
  JsonNode hear() {
    return receive(fake.nextWebhook()).value();
  }

  void poll() {
    rails.rails.goCardless().poll(rails.world);
  }

  /// A mandate that waits for the run.
  String mandate(String reference) {
    return rails.mandate(workspace, reference, "00-00-01");
  }

  /// A mandate that is in force, at GoCardless and here.
  String activeMandate(String reference) {
    var mandate = mandate(reference);
    run();
    fake.mandateActivated(mandateRef(mandate));
    hear();
    return mandate;
  }

  ResourceId mandateRef(String mandate) {
    return new ResourceId(
        rails
            .column(
                workspace,
                "select provider_ref from mandate where workspace_id = :workspace and id = :mandate",
                mandate)
            .getFirst());
  }

  /// A debit that is at GoCardless: its newest presentation.
  ResourceId payment(String mandate) {
    rails.debit(workspace, mandate, entryDay(), 75_000);
    run();
    return newestPayment(mandate);
  }

  ResourceId newestPayment(String mandate) {
    return new ResourceId(
        rails
            .column(
                workspace,
                """
                select provider_ref from attempt
                where workspace_id = :workspace and mandate_id = :mandate
                  and provider_ref is not null
                order by submitted_at desc, n desc limit 1
                """,
                mandate)
            .getFirst());
  }

  List<String> claims(String mandate) {
    return rails.column(
        workspace,
        """
        select status from claim
        where workspace_id = :workspace and mandate_id = :mandate order by id
        """,
        mandate);
  }

  /// Why each of what waits for a person does.
  List<String> parked() {
    return rails.owners("select why from advice where status = 'parked' order by told_at, key");
  }

  @Override
  public void close() {
    rails.close();
    fake.close();
  }
}

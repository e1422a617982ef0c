package dev.keyreeve.directdebit.watch.alert;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keyreeve.directdebit.TestDirectDebit;
import dev.keyreeve.directdebit.TestDirectDebit.Workspace;
import dev.keyreeve.directdebit.bacs.calendar.BacsCalendar;
import dev.keyreeve.directdebit.bacs.calendar.BankHolidays;
import dev.keyreeve.directdebit.bacs.calendar.London;
import dev.keyreeve.platform.tenancy.Across;
import dev.keyreeve.platform.tenancy.Tx;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;

/// One workspace whose debits, claims, submissions and reports are written as rows, and whose rules
/// are evaluated day by day.
@NullMarked
final class AlertWorld {
  static final Alerts ALERTS =
      new Alerts(new BacsCalendar(BankHolidays.known()), new SecureRandom());
  private static final LocalTime MORNING = LocalTime.of(9, 0);
  private static final AtomicInteger NUMBERS = new AtomicInteger();

  private final TestDirectDebit world;
  final Workspace workspace;
  final String mandate;

  AlertWorld(TestDirectDebit world, String organisation) {
    this.world = world;
    this.workspace = world.workspace(organisation);
    this.mandate = mandate("{}");
  }

  String mandate(String metadata) {
    return workspace
        .call(
            "mandates.create",
            """
            {'payer': {'name': 'Ada Lovelace'},
             'bankDetails': {'sortCode': '00-00-01', 'accountNumber': '12345678',
                             'accountHolderName': 'Ada Lovelace'},
             'evidence': {'channel': 'paper', 'agreedAt': '2026-06-01T09:00:00Z'},
             'metadata': %s}
            """
                .formatted(metadata))
        .value()
        .at("/mandate/id")
        .asText();
  }

  /// Debits that settled at an instant.
  List<String> settled(int count, Instant at) {
    return attempts(count, mandate, "settled", null, at);
  }

  List<String> failed(int count, String reason, Instant at) {
    return attempts(count, mandate, "failed", reason, at);
  }

  List<String> attempts(
      int count, String mandateId, String status, @Nullable String reason, Instant at) {
    var ids = new ArrayList<String>();
    write(
        tx -> {
          for (int i = 0; i < count; i++) {
            ids.add(attempt(tx, mandateId, status, reason, at));
          }
        });
    return ids;
  }

  private static String attempt(
      Tx tx, String mandateId, String status, @Nullable String reason, Instant at) {
    int number = NUMBERS.incrementAndGet();
    var day = London.dateOf(at);
    tx.update(
            """
            insert into collection (id, workspace_id, mandate_id, amount, due_on, entry_on, status,
                                    since, outcome_final, needs_notice, version, created_at,
                                    updated_at)
            values (:collection, :workspace, :mandate, 65000, :day, :day, :status, :at, true, false,
                    1, :at, :at)
            """)
        .bind("collection", "col_" + number)
        .bind("mandate", mandateId)
        .bind("day", day)
        .bind("status", status)
        .bind("at", at)
        .execute();
    tx.update(
            """
            insert into attempt (id, workspace_id, collection_id, mandate_id, n, code, amount,
                                 input_on, processing_on, entry_on, status, reason, submitted_at,
                                 failed_at, settled_at)
            values (:id, :workspace, :collection, :mandate, 1, '01', 65000, :day, :day, :day,
                    :status, :reason, :at, case when :status = 'failed' then :at::timestamptz end,
                    case when :status = 'settled' then :at::timestamptz end)
            """)
        .bind("id", "att_" + number)
        .bind("collection", "col_" + number)
        .bind("mandate", mandateId)
        .bind("day", day)
        .bind("status", status)
        .bind("reason", reason)
        .bind("at", at)
        .execute();
    return "att_" + number;
  }

  /// A claim of a debit; of none if that is null.
  String claim(
      @Nullable String attempt, String reason, long amount, LocalDate received, LocalDate until) {
    var id = "clm_" + NUMBERS.incrementAndGet();
    write(
        tx ->
            tx.update(
                    """
                    insert into claim (id, workspace_id, attempt_id, collection_id, mandate_id,
                                       bank_ref, reference, reason, amount, status, since,
                                       received_on, challenge_by, settles_on, version, created_at)
                    values (:id, :workspace, :attempt,
                            (select collection_id from attempt
                             where workspace_id = :workspace and id = :attempt),
                            :mandate, :id, 'REF', :reason, :amount, 'received', :now, :received,
                            :until, :until, 1, :now)
                    """)
                .bind("id", id)
                .bind("attempt", attempt)
                .bind("mandate", attempt == null ? null : mandate)
                .bind("reason", reason)
                .bind("amount", amount)
                .bind("received", received)
                .bind("until", until)
                .execute());
    return id;
  }

  void claimBecomes(String claim, String status) {
    write(
        tx ->
            tx.update(
                    "update claim set status = :status where workspace_id = :workspace and id = :id")
                .bind("status", status)
                .bind("id", claim)
                .execute());
  }

  /// Does something as the server itself.
  void write(Consumer<Tx> work) {
    across(world.instant(), work);
  }

  private void across(Instant now, Consumer<Tx> work) {
    world
        .tenancy()
        .across(
            now,
            across -> {
              in(across, work);
              return true;
            });
  }

  private void in(Across across, Consumer<Tx> work) {
    across.in(
        workspace.id(),
        tx -> {
          work.accept(tx);
          return true;
        });
  }

  /// The evaluation of a day, at nine in the morning.
  void evaluate(LocalDate day) {
    across(London.at(day, MORNING), tx -> ALERTS.evaluate(tx, day));
  }

  void evaluate(LocalDate day, LocalTime at) {
    across(London.at(day, at), tx -> ALERTS.evaluate(tx, day));
  }

  /// What follows a report that was imported at an instant.
  void afterImport(Instant at) {
    across(at, ALERTS::afterImport);
  }

  /// All alerts, oldest first.
  List<JsonNode> alerts() {
    var alerts = new ArrayList<JsonNode>();
    workspace.call("alerts.list", "{'limit': 200}").value().path("items").forEach(alerts::addFirst);
    return alerts;
  }

  /// The one alert of a rule.
  JsonNode only(String rule) {
    var found = alerts().stream().filter(each -> each.path("rule").asText().equals(rule)).toList();
    if (found.size() != 1) throw new AssertionError(rule + " has " + found);
    return found.getFirst();
  }

  JsonNode details(String id) {
    return workspace.call("alerts.get", "{'id': '%s'}".formatted(id)).value();
  }

  /// The types of what was told of alerts, in order.
  List<String> told() {
    var types = new ArrayList<String>();
    for (var event : workspace.call("alerts.events", "{'limit': 200}").value().path("items")) {
      types.add(event.path("type").asText());
    }
    return types;
  }

  JsonNode rule(String name) {
    for (var rule : workspace.call("alerts.rules", "{}").value().path("items")) {
      if (rule.path("name").asText().equals(name)) return rule;
    }
    throw new AssertionError("no rule " + name);
  }
}

package dev.keyreeve.directdebit;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keyreeve.directdebit.TestDirectDebit.Answer;
import dev.keyreeve.directdebit.TestDirectDebit.Workspace;
import dev.keyreeve.directdebit.collection.CollectionDays;
import dev.keyreeve.directdebit.collection.CollectionDebits;
import dev.keyreeve.directdebit.collection.Presentations;
import dev.keyreeve.directdebit.collection.claim.Claims;
import dev.keyreeve.directdebit.collector.serviceuser.SandboxClock;
import dev.keyreeve.directdebit.mandate.MandateClock;
import dev.keyreeve.directdebit.mandate.SchemeReports;
import dev.keyreeve.directdebit.rail.gocardless.ApiAddress;
import dev.keyreeve.directdebit.watch.alert.Alerts;
import dev.keyreeve.directdebit.watch.reporting.ReportProcedures;
import dev.keyreeve.platform.tenancy.Tenancy;
import dev.keyreeve.platform.ulid.Ulid;
import java.security.SecureRandom;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The rails on the database of a [TestDirectDebit].
final class TestRails implements AutoCloseable {
  final TestDirectDebit world = new TestDirectDebit();
  final Rails rails;
  final Tenancy tenancy;
  private final @Nullable ApiAddress goCardlessAt;
  private final SecureRandom random = new SecureRandom();

  TestRails() {
    this(null);
  }

  /// @param goCardlessAt where a stand-in for GoCardless is
  TestRails(@Nullable ApiAddress goCardlessAt) {
    this.goCardlessAt = goCardlessAt;
    tenancy = world.tenancy().by(new SandboxClock());
    rails = another();
  }

  /// As a second server on the same database has them.
  Rails another() {
    var calendar = DirectDebitSettings.standard().calendar();
    var debits = new CollectionDebits(calendar, random);
    var clock = new MandateClock(world.jdbi(), tenancy, debits, random);
    var mandates = new SchemeReports(tenancy, world.accounts(), debits, random);
    var presentations = new Presentations(calendar, mandates, random);
    return new Rails(
        world.jdbi(),
        tenancy,
        world.cipher(),
        world.accounts(),
        calendar,
        clock,
        mandates,
        new CollectionDays(calendar, mandates, presentations, (_, _) -> {}, random),
        presentations,
        new Claims(calendar, presentations, random),
        new Alerts(calendar, random),
        new ReportProcedures(tenancy, calendar).snapshots(),
        goCardlessAt,
        random);
  }

  Answer operate(Workspace workspace, String procedure, String input) {
    var named =
        input.equals("{}")
            ? "{'workspace_id': '" + workspace.id() + "'}"
            : input.substring(0, input.length() - 1)
                + ", 'workspace_id': '"
                + workspace.id()
                + "'}";
    return world.operate(rails.procedures(), procedure, named);
  }

  Answer operate(String procedure, String input) {
    return world.operate(rails.procedures(), procedure, input);
  }

  /// A mandate of somebody who banks at `00-00-xx`, whose instruction waits for the run.
  String mandate(Workspace workspace, String reference, String sortCode) {
    return mandate(workspace, reference, sortCode, "Ada Lovelace");
  }

  String mandate(Workspace workspace, String reference, String sortCode, String holder) {
    return workspace
        .call(
            "mandates.create",
            """
                {'payer': {'name': 'Ada Lovelace'}, 'reference': '%s',
                 'bankDetails': {'sortCode': '%s', 'accountNumber': '12345678',
                                 'accountHolderName': '%s'},
                 'evidence': {'channel': 'paper', 'agreedAt': '2026-06-01T09:00:00Z'}}
                """
                .formatted(reference, sortCode, holder))
        .value()
        .at("/mandate/id")
        .asText();
  }

  /// A debit that is to be made on a processing day.
  String debit(Workspace workspace, String mandate, LocalDate entryDay, long pence) {
    var id = Ulid.generate("col_", world.instant(), random);
    tenancy.write(
        workspace.id(),
        world.instant(),
        tx ->
            tx.update(
                    """
                    insert into collection (id, workspace_id, mandate_id, amount, due_on, entry_on,
                                            status, since, outcome_final, needs_notice, version,
                                            created_at, updated_at)
                    values (:id, :workspace, :mandate, :amount, :day, :day, 'scheduled', :now,
                            false, false, 1, :now, :now)
                    """)
                .bind("id", id)
                .bind("mandate", mandate)
                .bind("amount", pence)
                .bind("day", entryDay)
                .execute());
    return id;
  }

  JsonNode advance(Workspace workspace, String date) {
    return operate(workspace, "sandbox.advanceTo", "{'date': '%s'}".formatted(date)).value();
  }

  String status(Workspace workspace, String mandate) {
    var found = workspace.call("mandates.get", "{'id': '%s'}".formatted(mandate)).value();
    var reason = found.at("/reason").asText();
    return found.path("status").asText() + (reason.isEmpty() ? "" : " " + reason);
  }

  /// The statuses of a mandate's debits, in the order of their days.
  List<String> debits(Workspace workspace, String mandate) {
    return column(
        workspace,
        """
        select status from collection
        where workspace_id = :workspace and mandate_id = :mandate order by due_on, id
        """,
        mandate);
  }

  /// Code and status of each presentation, in their order.
  List<String> attempts(Workspace workspace, String mandate) {
    return column(
        workspace,
        """
        select code || ' ' || status from attempt
        where workspace_id = :workspace and mandate_id = :mandate order by entry_on, n
        """,
        mandate);
  }

  List<String> column(Workspace workspace, String sql, String mandate) {
    return tenancy.read(
        workspace.id(),
        world.instant(),
        tx -> tx.query(sql).bind("mandate", mandate).mapTo(String.class).list());
  }

  List<String> column(Workspace workspace, String sql) {
    return tenancy.read(
        workspace.id(), world.instant(), tx -> tx.query(sql).mapTo(String.class).list());
  }

  List<String> owners(String sql) {
    return world.jdbi().withHandle(handle -> handle.createQuery(sql).mapTo(String.class).list());
  }

  @Override
  public void close() {
    world.close();
  }
}

package dev.keyreeve.directdebit.collection.claim;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keyreeve.directdebit.TestDirectDebit;
import dev.keyreeve.directdebit.TestDirectDebit.Workspace;
import dev.keyreeve.directdebit.bacs.bankreport.Doubts;
import dev.keyreeve.directdebit.bacs.calendar.London;
import dev.keyreeve.directdebit.bacs.money.Pence;
import dev.keyreeve.directdebit.bacs.scheme.AruddReason;
import dev.keyreeve.directdebit.bacs.scheme.DdicReason;
import dev.keyreeve.directdebit.bacs.scheme.SchemeEvent;
import dev.keyreeve.directdebit.collection.AttemptId;
import dev.keyreeve.platform.tenancy.Tx;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;

/// A workspace whose payers claim back what they were debited.
@NullMarked
final class ClaimWorld {
  /// A Wednesday before a bank holiday.
  static final LocalDate DAY = LocalDate.of(2026, 8, 19);

  private static final LocalDate DEBITED = LocalDate.of(2026, 7, 20);

  static final Pence RENT = new Pence(65_000);

  final Workspace workspace;
  final Claims claims;
  private final TestDirectDebit world;

  ClaimWorld(TestDirectDebit world, String organisation) {
    this.world = world;
    this.claims = world.service().claims();
    this.workspace = world.workspace(organisation);
  }

  ClaimNotice notice(String bankRef, @Nullable String attempt, Pence amount, LocalDate debitedOn) {
    return new ClaimNotice(
        bankRef + debitedOn, bankRef, "REF", amount, debitedOn, attempt, null, null);
  }

  Receipt raise(String bankRef, @Nullable String attempt, Pence amount, DdicReason reason) {
    return receive(
        notice(bankRef, attempt, amount, DAY.minusDays(9)), new SchemeEvent.ClaimRaised(reason));
  }

  Receipt withdraw(String bankRef) {
    return receive(
        notice(bankRef, null, RENT, DAY.minusDays(9)), new SchemeEvent.ClaimWithdrawn(null));
  }

  Receipt receive(ClaimNotice notice, SchemeEvent.OfClaim event) {
    return in(tx -> claims.receive(tx, notice, event));
  }

  void close(LocalDate day) {
    in(
        tx -> {
          claims.close(tx, day, Doubts.NONE);
          return true;
        });
  }

  void move(ClaimStatus status) {
    var id = only().id();
    in(tx -> ClaimRows.move(tx, id, status, false));
  }

  /// All claims, newest first.
  List<Claim> all() {
    var everything = new ClaimFilter(null, null, null, null, null, null, null, null, null, null);
    return in(tx -> ClaimRows.list(tx, everything, null, 50));
  }

  Claim only() {
    var all = all();
    if (all.size() != 1) throw new AssertionError(all);
    return all.getFirst();
  }

  Claim of(String bankRef) {
    return all().stream()
        .filter(claim -> claim.bankRef().equals(bankRef))
        .findFirst()
        .orElseThrow();
  }

  String collectionOf(Claim claim) {
    return in(
        tx ->
            tx.query("select status from collection where workspace_id = :workspace and id = :id")
                .bind("id", claim.collectionId())
                .mapTo(String.class)
                .one());
  }

  List<JsonNode> events() {
    var events = new ArrayList<JsonNode>();
    for (var event : workspace.call("collections.events", "{'limit': 200}").value().path("items")) {
      if (event.has("clawback")) events.add(event);
    }
    return events;
  }

  List<String> told() {
    return events().stream().map(event -> event.path("type").asText()).toList();
  }

  <T> T in(Function<Tx, T> work) {
    return world
        .tenancy()
        .across(London.at(DAY, LocalTime.of(7, 0)), across -> across.in(workspace.id(), work));
  }

  /// A debit of [#RENT] that settled on 22 July, under a mandate of its own.
  String settled() {
    var attempt = collected();
    world.moment(
        workspace,
        DEBITED.plusDays(2),
        LocalTime.of(18, 0),
        tx -> {
          world.service().days().close(tx, DEBITED.plusDays(2), Doubts.NONE);
          return true;
        });
    return attempt;
  }

  /// One that came back.
  String failed() {
    var attempt = collected();
    world.report(
        workspace,
        DEBITED.plusDays(1),
        new AttemptId(attempt),
        new SchemeEvent.DebitReturned(AruddReason.CANCELLED_BY_PAYER));
    return attempt;
  }

  private String collected() {
    var mandate =
        workspace
            .call(
                "mandates.create",
                """
                {'payer': {'name': 'Ada Lovelace'},
                 'bankDetails': {'sortCode': '00-00-01', 'accountNumber': '12345678',
                                 'accountHolderName': 'Ada Lovelace'},
                 'evidence': {'channel': 'paper', 'agreedAt': '2026-06-01T09:00:00Z'},
                 'schedule': {'amount': 65000, 'frequency': 'monthly', 'dayOfMonth': '20',
                              'startsOn': '2026-07-20', 'debits': 1}}
                """)
            .value()
            .at("/mandate/id")
            .asText();
    world.report(workspace, mandate, new SchemeEvent.InstructionSubmitted());
    world.report(workspace, mandate, new SchemeEvent.InstructionAccepted());
    var input = LocalDate.of(2026, 7, 16);
    LocalDate.of(2026, 7, 2)
        .datesUntil(input.plusDays(1))
        .forEach(day -> world.dawn(workspace, day));
    var sent = world.run(workspace, input);
    world.moment(
        workspace,
        DEBITED,
        LocalTime.of(8, 0),
        tx -> {
          world.service().days().entry(tx, DEBITED, Doubts.NONE);
          return true;
        });
    return sent.stream()
        .filter(each -> each.mandate().text().equals(mandate))
        .findFirst()
        .orElseThrow()
        .attempt()
        .text();
  }

  JsonNode operate(String procedure, Claim claim, String more) {
    return world
        .operate(workspace, procedure, "{'id': '%s'%s}".formatted(claim.id(), more))
        .value();
  }
}

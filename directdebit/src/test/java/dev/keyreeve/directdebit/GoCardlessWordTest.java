package dev.keyreeve.directdebit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyreeve.directdebit.rail.gocardless.GoCardlessFake;
import dev.keyreeve.directdebit.rail.gocardless.ResourceId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Whatever GoCardless says of a payment or a mandate of ours, in whatever state that is here: it
/// is taken in, or a person is told.
///
/// A cell is what has become of the debit, or of the mandate: the beginning of its status, or `=`
/// if that is as before. `p` behind it: the event waits for a person. `n`: it is done, and a person
/// is told that not all of it is clear.
class GoCardlessWordTest {
  private final GoCardlessWorld world = new GoCardlessWorld();
  private final TestRails rails = world.rails;
  private int events;

  /// @param name of the row
  /// @param action of the event
  /// @param details in JSON, without braces
  private record Word(String name, String action, String details) {
    static Word of(String action) {
      return new Word(action, action, "'origin': 'gocardless', 'cause': 'some_cause'");
    }
  }

  private static Word bank(String name, String action, String code) {
    return new Word(
        name,
        action,
        "'origin': 'bank', 'cause': 'some_cause', 'scheme': 'bacs', 'reason_code': '%s'"
            .formatted(code));
  }

  private static Word by(String origin, String name, String action) {
    return new Word(name, action, "'origin': '%s', 'cause': 'some_cause'".formatted(origin));
  }

  private static final Word FAILED = bank("failed", "failed", "ARUDD-0");
  private static final Word FAILED_FOR_NOW =
      new Word(
          "failed, retries",
          "failed",
          "'origin': 'bank', 'cause': 'refer_to_payer', 'will_attempt_retry': true");
  private static final Word CLAIMED = bank("charged_back", "charged_back", "DDICA-1");

  private static final List<Word> OF_PAYMENTS =
      List.of(
          Word.of("created"),
          Word.of("customer_approval_granted"),
          Word.of("customer_approval_denied"),
          Word.of("submitted"),
          Word.of("confirmed"),
          Word.of("cancelled"),
          FAILED,
          bank("failed, for good", "failed", "ARUDD-7"),
          FAILED_FOR_NOW,
          bank("failed, why?", "failed", "NEW-1"),
          Word.of("late_failure_settled"),
          Word.of("paid_out"),
          CLAIMED,
          bank("charged_back, why?", "charged_back", "NEW-1"),
          Word.of("chargeback_cancelled"),
          Word.of("chargeback_settled"),
          Word.of("surcharge_fee_debited"),
          by("api", "resubmission, asked", "resubmission_requested"),
          by("gocardless", "resubmission, own", "resubmission_requested"),
          Word.of("evaporated"));

  private static final String PAYMENTS =
      """
      .                          submitted collected settled   retrying  awaits    failed    again     clawed    released  cancelled
      created                    =         =         =         =         =         =         =         =         =         =
      customer_approval_granted  =         =         =         =         =         =         =         =         =         =
      customer_approval_denied   can       = p       = p       can       can       can       can       = p       = p       =
      submitted                  =         =         =         sub       sub       sub       =         =         =         sub
      confirmed                  col       =         =         col       col       col       col       =         =         col
      cancelled                  can       = p       = p       can       can       can       can       = p       = p       =
      failed                     ret       ret       ret       =         ret       ret       ret       = p       ret       = p
      failed, for good           fai       fai       fai       fai       fai       =         fai       = p       fai       = p
      failed, retries            awa       awa       awa       awa       =         awa       awa       = p       awa       = p
      failed, why?               fai n     fai n     fai n     fai n     fai n     = n       fai n     = p       fai n     = p
      late_failure_settled       =         =         =         =         =         =         =         =         =         =
      paid_out                   set       set       =         set       set       set       set       =         =         set
      charged_back               cla       cla       cla       cla       cla       cla       cla       =         cla       cla
      charged_back, why?         cla n     cla n     cla n     cla n     cla n     cla n     cla n     = n       cla n     cla n
      chargeback_cancelled       = p       = p       = p       = p       = p       = p       = p       set       =         = p
      chargeback_settled         = p       = p       = p       = p       = p       = p       = p       =         =         = p
      surcharge_fee_debited      =         =         =         =         =         =         =         =         =         =
      resubmission, asked        =         = p       = p       sub       sub       sub       =         = p       = p       sub
      resubmission, own          =         = p       = p       sub       sub       sub       =         = p       = p       sub
      evaporated                 = p       = p       = p       = p       = p       = p       = p       = p       = p       = p
      """;

  @Test
  void everyStateOfADebitHearsEveryWordOfItsPayment() {
    var states = new LinkedHashMap<String, List<Word>>();
    var confirmed = Word.of("confirmed");
    var paidOut = Word.of("paid_out");
    states.put("submitted", List.of());
    states.put("collected", List.of(confirmed));
    states.put("settled", List.of(confirmed, paidOut));
    states.put("retrying", List.of(FAILED));
    states.put("awaits", List.of(FAILED_FOR_NOW));
    states.put("failed", List.of(bank("", "failed", "ARUDD-7")));
    states.put("again", List.of(FAILED, Word.of("resubmission_requested")));
    states.put("clawed", List.of(confirmed, CLAIMED));
    states.put("released", List.of(confirmed, CLAIMED, Word.of("chargeback_cancelled")));
    states.put("cancelled", List.of(Word.of("cancelled")));
    var mandates = activeMandates(states.size() * OF_PAYMENTS.size());
    var day = world.entryDay();
    mandates.forEach(mandate -> rails.debit(world.workspace, mandate, day, 75_000));
    world.run();

    var actual =
        table(
            states,
            OF_PAYMENTS,
            mandates,
            "payment",
            mandate -> world.newestPayment(mandate),
            """
            select case when blocked = 'provider' then 'awaits' else status end from collection
            where workspace_id = :workspace and mandate_id = :mandate
            """);

    assertThat(actual).isEqualTo(PAYMENTS);
  }

  private static final List<Word> OF_MANDATES =
      List.of(
          Word.of("created"),
          Word.of("customer_approval_granted"),
          Word.of("customer_approval_skipped"),
          Word.of("submitted"),
          Word.of("active"),
          by("gocardless", "reinstated, asked", "reinstated"),
          bank("transferred", "transferred", "ADDACS-3"),
          bank("cancelled, payer", "cancelled", "ADDACS-1"),
          bank("cancelled, closed", "cancelled", "ADDACS-B"),
          by("api", "cancelled, asked", "cancelled"),
          bank("cancelled, why?", "cancelled", "NEW-1"),
          by("somebody", "cancelled, who?", "cancelled"),
          bank("failed", "failed", "AUDDIS-5"),
          bank("failed, why?", "failed", "NEW-1"),
          Word.of("expired"),
          Word.of("consumed"),
          Word.of("blocked"),
          Word.of("resubmission_requested"),
          Word.of("suspended_by_payer"),
          Word.of("resumed_by_payer"),
          Word.of("replaced"),
          Word.of("hibernated"));

  private static final String MANDATES =
      """
      .                          submitted active    suspended cancelled by payer  blocked   failed    expired
      created                    =         =         =         =         =         =         =         =
      customer_approval_granted  =         =         =         =         =         =         =         =
      customer_approval_skipped  =         =         =         =         =         =         =         =
      submitted                  =         =         =         = p       = p       = p       = p       = p
      active                     act       =         =         = p       = p       = p       = p       = p
      reinstated, asked          act       =         =         = p       = p       = p       = p       = p
      transferred                =         =         =         =         =         =         =         =
      cancelled, payer           can       can       can       =         =         =         = p       = p
      cancelled, closed          can       can       can       =         =         =         = p       = p
      cancelled, asked           can       can       can       =         =         =         =         =
      cancelled, why?            can n     can n     can n     = n       = n       = n       = n       = n
      cancelled, who?            can n     can n     can n     = n       = n       = n       = n       = n
      failed                     fai       can       can       =         =         =         =         = p
      failed, why?               can n     can n     can n     = n       = n       = n       = n       = n
      expired                    = p       exp       exp       =         =         =         =         =
      consumed                   can       can       can       =         =         =         =         =
      blocked                    can       can       can       =         =         =         =         =
      resubmission_requested     =         =         =         =         =         =         =         =
      suspended_by_payer         = p       = p       = p       = p       = p       = p       = p       = p
      resumed_by_payer           = p       = p       = p       = p       = p       = p       = p       = p
      replaced                   =         =         =         =         =         =         =         =
      hibernated                 = p       = p       = p       = p       = p       = p       = p       = p
      """;

  @Test
  void everyStateOfAMandateHearsEveryWordOfIt() {
    var states = new LinkedHashMap<String, List<Word>>();
    var active = Word.of("active");
    states.put("submitted", List.of());
    states.put("active", List.of(active));
    states.put("suspended", List.of(active));
    states.put("cancelled", List.of(active, by("api", "", "cancelled")));
    states.put("by payer", List.of(active, bank("", "cancelled", "ADDACS-1")));
    states.put("blocked", List.of(Word.of("blocked")));
    states.put("failed", List.of(bank("", "failed", "AUDDIS-5")));
    states.put("expired", List.of(active, Word.of("expired")));
    var mandates = mandates(states.size() * OF_MANDATES.size());

    var actual =
        table(
            states,
            OF_MANDATES,
            mandates,
            "mandate",
            mandate -> world.mandateRef(mandate),
            "select status from mandate where workspace_id = :workspace and id = :mandate");

    assertThat(actual).isEqualTo(MANDATES);
  }

  private interface Named {
    ResourceId of(String mandate);
  }

  private String table(
      Map<String, List<Word>> states,
      List<Word> words,
      List<String> mandates,
      String kind,
      Named name,
      String status) {
    var cells = new ArrayList<String>();
    int next = 0;
    for (var ignored : words) {
      for (var state : states.entrySet()) {
        var mandate = mandates.get(next++);
        for (var word : state.getValue()) tell(word, kind, name.of(mandate));
        if (state.getKey().equals("suspended")) suspend(mandate);
      }
    }
    rails.world.advance(Duration.ofMinutes(1));
    next = 0;
    for (var word : words) {
      for (var ignored : states.keySet()) {
        var mandate = mandates.get(next++);
        var before = rails.column(world.workspace, status, mandate).getFirst();
        var event = tell(word, kind, name.of(mandate));
        var after = rails.column(world.workspace, status, mandate).getFirst();
        cells.add((after.equals(before) ? "=" : after.substring(0, 3)) + told(event));
      }
    }
    var text = new StringBuilder("%-27s".formatted("."));
    states.keySet().forEach(state -> text.append("%-10s".formatted(state)));
    next = 0;
    for (var word : words) {
      end(text);
      text.append("%-27s".formatted(word.name()));
      for (int i = 0; i < states.size(); i++) text.append("%-10s".formatted(cells.get(next++)));
    }
    end(text);
    return text.toString();
  }

  private static void end(StringBuilder text) {
    text.setLength(text.toString().stripTrailing().length());
    text.append('\n');
  }

  /// @return the event
  private String tell(Word word, String kind, ResourceId id) {
    var event = "EV-told-%d".formatted(++events);
    var body =
        """
        {"events": [{"id": "%s", "created_at": "%s", "resource_type": "%ss", "action": "%s",
                     "details": {%s}, "links": {"%s": "%s", "new_mandate": "MD-new-%s"}}]}
        """
            .formatted(
                event, now(), kind, word.action(), word.details().replace('\'', '"'), kind, id, id);
    world.receive(GoCardlessFake.sign(body)).value();
    return event;
  }

  private Instant now() {
    return rails.world.instant().plusMillis(events);
  }

  /// How a person is told, if one is.
  private String told(String event) {
    var status =
        rails.owners("select status from advice where event ->> 'id' = '%s'".formatted(event));
    var notes =
        rails.owners(
            "select why from advice where event is null and status = 'parked' and reference = '%s'"
                .formatted(event));
    return (status.getFirst().equals("parked") ? " p" : "") + (notes.isEmpty() ? "" : " n");
  }

  private void suspend(String mandate) {
    world
        .workspace
        .call("mandates.suspend", "{'id': '%s', 'reason': 'A pause'}".formatted(mandate))
        .value();
  }

  private List<String> mandates(int count) {
    var mandates = new ArrayList<String>();
    for (int i = 0; i < count; i++) mandates.add(world.mandate("FLAT-%04d".formatted(i)));
    world.run();
    return mandates;
  }

  private List<String> activeMandates(int count) {
    var mandates = mandates(count);
    mandates.forEach(mandate -> world.fake.mandateActivated(world.mandateRef(mandate)));
    world.hear();
    return mandates;
  }

  @AfterEach
  void close() {
    world.close();
  }
}

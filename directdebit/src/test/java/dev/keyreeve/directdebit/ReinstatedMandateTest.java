package dev.keyreeve.directdebit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keyreeve.directdebit.TestDirectDebit.Answer;
import dev.keyreeve.directdebit.TestDirectDebit.Workspace;
import dev.keyreeve.directdebit.bacs.ServiceUserNumber;
import dev.keyreeve.directdebit.bacs.bankreport.Addacs;
import dev.keyreeve.directdebit.bacs.bankreport.NewPayer;
import dev.keyreeve.directdebit.bacs.bankreport.ReportWriter;
import java.time.LocalDate;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What becomes of a mandate that a payer's bank has ended, and says that it has brought back. On a
/// clock that begins at noon on Wednesday, 1 July 2026.
final class ReinstatedMandateTest {
  private final TestRails rails = new TestRails();
  private final Workspace ours = rails.world.workspace("Harbour Lettings");

  @AfterEach
  void stop() {
    rails.close();
  }

  @ParameterizedTest
  @CsvSource({"2026-07-14", "2026-08-20", "2026-09-13"})
  void goesOnWithoutANewInstructionAfterThePayersOwnCancellation(String day) {
    var id = cancelled("1");
    rails.advance(ours, day);

    assertThat(say("R").path("applied").asInt()).isEqualTo(1);

    assertThat(rails.status(ours, id)).isEqualTo("active");
    assertThat(instructions(id)).containsExactly("lodge accepted");
    assertThat(submissions(id)).containsOnly("1");
    var date = LocalDate.parse(day).plusDays(10);
    rails.debit(ours, id, date, 65_000);
    rails.advance(ours, date.plusDays(20).toString());
    assertThat(rails.debits(ours, id)).containsExactly("settled");
  }

  @Test
  void collectsByANewScheduleWhereTheOldOneEndedWithTheMandate() {
    var id = cancelled("1");
    say("R");

    ours.call(
            "mandates.update",
            """
            {'id': '%s', 'schedule': {'amount': 65000, 'frequency': 'monthly', 'dayOfMonth': '20',
                                      'startsOn': '2026-08-20'}}
            """
                .formatted(id))
        .value();
    rails.advance(ours, "2026-09-10");

    assertThat(rails.attempts(ours, id)).containsExactly("01 settled");
  }

  @ParameterizedTest
  @CsvSource({
    "0, 2026-07-14, the payer had not cancelled: it ended by ADDACS-0.",
    "B, 2026-07-14, the payer had not cancelled: it ended by ADDACS-B.",
    "0, 2026-12-01, the payer had not cancelled: it ended by ADDACS-0.",
    "1, 2026-09-14, ended more than two months before.",
  })
  void waitsForAPersonInEveryOtherCaseWhoMayStandByTheBank(String code, String day, String why) {
    var id = cancelled(code);
    rails.advance(ours, day);

    assertThat(say("R").path("parked").asInt()).isEqualTo(1);

    assertThat(rails.status(ours, id)).isEqualTo("cancelled ADDACS-" + code);
    var parked = parked();
    assertThat(parked.path("why").asText()).endsWith(why);
    assertThat(assign(parked, id).value().path("status").asText()).isEqualTo("applied");
    assertThat(rails.status(ours, id)).isEqualTo("active");
  }

  @Test
  void staysEndedAfterADeathWhateverAPersonSays() {
    var id = cancelled("2");

    say("R");

    var parked = parked();
    assertThat(parked.path("why").asText()).contains("of a payer who is said to have died");
    assertThat(assign(parked, id).reason()).isEqualTo("does_not_fit");
    assertThat(rails.status(ours, id)).isEqualTo("cancelled ADDACS-2");
  }

  @Test
  void staysEndedWhereTheCollectorHadEndedIt() {
    var id = rails.mandate(ours, "RENT-1", "00-00-01");
    rails.advance(ours, "2026-07-10");
    ours.call("mandates.cancel", "{'id': '%s'}".formatted(id)).value();
    say("1");

    say("R");

    var parked = parked();
    assertThat(parked.path("why").asText()).endsWith("which the collector had ended.");
    assertThat(assign(parked, id).reason()).isEqualTo("does_not_fit");
    assertThat(rails.status(ours, id)).startsWith("cancelled");
  }

  @Test
  void isNotTakenUpAgainForTheSameAccountWhereTheBankTakesNoInstruction() {
    var id = cancelled("0");

    var mandate = ours.call("mandates.get", "{'id': '%s'}".formatted(id)).value();
    var refused = ours.call("mandates.reactivate", "{'id': '%s'}".formatted(id));

    assertThat(mandate.path("allowedActions")).isEmpty();
    assertThat(refused.reason()).isEqualTo("mandate_not_reactivatable");
    assertThat(refused.problem().details()).containsEntry("obstacle", "new_account_needed");
  }

  /// Ended by the payer's bank on 13 July.
  private String cancelled(String code) {
    var id = rails.mandate(ours, "RENT-1", "00-00-01");
    rails.advance(ours, "2026-07-13");
    assertThat(say(code).path("applied").asInt()).isEqualTo(1);
    assertThat(rails.status(ours, id)).isEqualTo("cancelled ADDACS-" + code);
    return id;
  }

  private JsonNode say(String code) {
    var number = new ServiceUserNumber(rails.owners("select number from service_user").getFirst());
    var advice =
        new Addacs.AmendedInstruction(
            number, "RENT-1", code, LocalDate.of(2026, 7, 13), null, NewPayer.NONE);
    var bytes = ReportWriter.write(new Addacs(number, null, List.of(advice)));
    return rails
        .operate(
            ours,
            "bankReports.import",
            "{'content': '" + Base64.getEncoder().encodeToString(bytes) + "'}")
        .value();
  }

  private JsonNode parked() {
    return rails.operate(ours, "advices.list", "{}").value().path("items").path(0);
  }

  private Answer assign(JsonNode advice, String mandate) {
    return rails.operate(
        ours,
        "advices.assign",
        "{'key': '%s', 'mandate_id': '%s', 'note': 'The bank says so on the telephone.'}"
            .formatted(advice.path("key").asText(), mandate));
  }

  private List<String> instructions(String mandate) {
    return rails.column(
        ours,
        """
        select kind || ' ' || status from instruction
        where workspace_id = :workspace and mandate_id = :mandate order by queued_at, id
        """,
        mandate);
  }

  private List<String> submissions(String mandate) {
    return rails.column(
        ours,
        """
        select submissions::text from mandate
        where workspace_id = :workspace and id = :mandate
        """,
        mandate);
  }
}

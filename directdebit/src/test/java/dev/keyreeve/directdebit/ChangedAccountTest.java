package dev.keyreeve.directdebit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keyreeve.directdebit.TestDirectDebit.Answer;
import dev.keyreeve.directdebit.TestDirectDebit.Workspace;
import java.time.LocalDate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Mandates whose payers name another account, on a clock that begins at noon on Wednesday, 1 July
/// 2026.
final class ChangedAccountTest {
  private static final LocalDate JULY = LocalDate.of(2026, 7, 15);
  private static final LocalDate AUGUST = LocalDate.of(2026, 8, 17);

  private final TestRails rails = new TestRails();
  private final Workspace ours = rails.world.workspace("Harbour Lettings");

  @AfterEach
  void stop() {
    rails.close();
  }

  @Test
  void isCollectedFromOnceItsBankHasTheInstruction() {
    var id = rails.mandate(ours, "RENT-1", "00-00-01");
    rails.debit(ours, id, JULY, 65_000);
    rails.debit(ours, id, AUGUST, 65_000);
    rails.advance(ours, "2026-08-01");

    var changed = change(id, "00-00-22").value();
    var waiting = rails.column(ours, INSTRUCTIONS, id);
    rails.advance(ours, "2026-08-31");

    assertThat(changed.at("/mandate/status").asText()).isEqualTo("active");
    assertThat(changed.at("/mandate/resubmitting").asBoolean()).isTrue();
    assertThat(changed.at("/mandate/bankAccount/last4").asText()).isEqualTo("4321");
    assertThat(waiting)
        .containsExactly("lodge 5678 accepted", "withdraw 5678 queued", "lodge 4321 queued");
    assertThat(get(id).path("resubmitting").asBoolean()).isFalse();
    assertThat(rails.column(ours, INSTRUCTIONS, id))
        .containsExactly("lodge 5678 accepted", "withdraw 5678 accepted", "lodge 4321 accepted");
    assertThat(rails.attempts(ours, id)).containsExactly("01 settled", "01 failed", "18 failed");
    assertThat(rails.debits(ours, id)).containsExactly("settled", "retrying");
  }

  @Test
  void canBeDebitedNoSoonerThanItsInstructionIsLodged() {
    var id = rails.mandate(ours, "RENT-7", "00-00-01");
    rails.world.jdbi().useHandle(handle -> handle.execute("update collector set notice_days = 1"));
    rails.advance(ours, "2026-08-03");

    var before = get(id).path("nextPossibleDate").asText();
    change(id, "00-00-02").value();
    var queued = get(id).path("nextPossibleDate").asText();
    rails.advance(ours, "2026-08-04");
    var underWay = get(id).path("nextPossibleDate").asText();

    assertThat(before).isEqualTo("2026-08-06");
    // Lodged on the 5th, in force on the 7th, and debited two processing days after its run.
    assertThat(queued).isEqualTo("2026-08-11");
    assertThat(underWay).isEqualTo("2026-08-11");
  }

  @Test
  void takesThePlaceOfAnAccountThatNoBankHasHeardOf() {
    var id = rails.mandate(ours, "RENT-2", "00-00-11");

    change(id, "00-00-01").value();
    rails.advance(ours, "2026-07-10");

    assertThat(rails.status(ours, id)).isEqualTo("active");
    assertThat(rails.column(ours, INSTRUCTIONS, id))
        .containsExactly("lodge 5678 dropped", "lodge 4321 accepted");
  }

  @Test
  void isNotChangedWhileAnInstructionIsOnItsWay() {
    var id = rails.mandate(ours, "RENT-3", "00-00-01");
    rails.advance(ours, "2026-07-02");
    assertThat(change(id, "00-00-02").reason()).isEqualTo("instruction_under_way");
    rails.advance(ours, "2026-07-10");
    change(id, "00-00-02").value();
    rails.advance(ours, "2026-07-11");

    assertThat(change(id, "00-00-03").reason()).isEqualTo("instruction_under_way");
    rails.advance(ours, "2026-07-20");
    assertThat(rails.status(ours, id)).isEqualTo("active");
  }

  @Test
  void endsTheMandateIfItsBankReturnsTheInstruction() {
    var id = rails.mandate(ours, "RENT-4", "00-00-01");
    rails.debit(ours, id, AUGUST, 65_000);
    rails.advance(ours, "2026-07-10");

    change(id, "00-00-11").value();
    rails.advance(ours, "2026-07-20");

    assertThat(rails.status(ours, id)).isEqualTo("cancelled AUDDIS-F");
    assertThat(rails.debits(ours, id)).containsExactly("cancelled");
  }

  @Test
  void namesTheDebitsThatStillGoToTheOldAccount() {
    var id = rails.mandate(ours, "RENT-5", "00-00-01");
    rails.debit(ours, id, JULY, 65_000);
    rails.advance(ours, "2026-07-14");

    var changed = change(id, "00-00-02").value();

    assertThat(changed.path("alreadySubmitted")).hasSize(1);
    assertThat(changed.path("affectedCollections")).isEmpty();
  }

  @Test
  void isRefusedWhereItCannotExistOrTheMandateIsOver() {
    var id = rails.mandate(ours, "RENT-6", "00-00-01");

    assertThat(change(id, "00-10-00").reason()).isEqualTo("modulus_failed");
    ours.call("mandates.cancel", "{'id': '%s'}".formatted(id)).value();
    assertThat(change(id, "00-00-01").reason()).isEqualTo("invalid_state");
    assertThat(get(id).at("/bankAccount/last4").asText()).isEqualTo("5678");
  }

  private static final String INSTRUCTIONS =
      """
      select i.kind || ' ' || b.last4 || ' ' || i.status
      from instruction i
      join bank_account b on b.workspace_id = :workspace and b.id = i.bank_account_id
      where i.workspace_id = :workspace and i.mandate_id = :mandate
      order by i.queued_at, i.kind desc
      """;

  private Answer change(String mandate, String sortCode) {
    return ours.call(
        "mandates.changeBankAccount",
        """
            {'id': '%s',
             'bankDetails': {'sortCode': '%s', 'accountNumber': '87654321',
                             'accountHolderName': 'Ada Lovelace'},
             'evidence': {'channel': 'telephone', 'agreedAt': '2026-06-30T09:00:00Z'}}
            """
            .formatted(mandate, sortCode));
  }

  private JsonNode get(String mandate) {
    return ours.call("mandates.get", "{'id': '%s'}".formatted(mandate)).value();
  }
}

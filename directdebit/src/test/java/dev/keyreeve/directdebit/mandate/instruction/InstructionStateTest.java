package dev.keyreeve.directdebit.mandate.instruction;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyreeve.directdebit.bacs.calendar.Cycle;
import dev.keyreeve.directdebit.bacs.scheme.AuddisReason;
import dev.keyreeve.directdebit.mandate.instruction.InstructionState.Accepted;
import dev.keyreeve.directdebit.mandate.instruction.InstructionState.Dropped;
import dev.keyreeve.directdebit.mandate.instruction.InstructionState.Queued;
import dev.keyreeve.directdebit.mandate.instruction.InstructionState.Returned;
import dev.keyreeve.directdebit.mandate.instruction.InstructionState.Submitted;
import dev.keyreeve.directdebit.mandate.instruction.InstructionState.Unsendable;
import java.time.LocalDate;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

@NullMarked
class InstructionStateTest {
  private static final Cycle CYCLE =
      new Cycle(LocalDate.of(2026, 7, 1), LocalDate.of(2026, 7, 2), LocalDate.of(2026, 7, 3));

  private final Queued queued = new Queued();
  private final Submitted submitted = queued.submit("sub_1", CYCLE, null);

  @Test
  void aSubmittedOneKnowsItsSubmissionAndDays() {
    assertThat(submitted)
        .isEqualTo(new Submitted("sub_1", CYCLE.inputDay(), CYCLE.entryDay(), null));
    assertThat(submitted.isOver()).isFalse();
  }

  @Test
  void whatEndsRemembersHowItWentOut() {
    var named = submitted.named("MD01");

    assertThat(named.accept()).isEqualTo(new Accepted(named));
    assertThat(named.comeBack(AuddisReason.NO_ACCOUNT))
        .isEqualTo(new Returned(named, AuddisReason.NO_ACCOUNT));
    assertThat(named.accept().isOver()).isTrue();
    assertThat(named.comeBack(null).isOver()).isTrue();
  }

  @Test
  void whatIsTakenBackWaitsAsIfItHadNeverGoneOut() {
    assertThat(submitted.takeBack()).isEqualTo(queued);
    assertThat(queued.isOver()).isFalse();
  }

  @Test
  void whatNoSubmissionCarriesCountsAsReturned() {
    var refused = queued.refuse(CYCLE.inputDay(), AuddisReason.NO_ACCOUNT);

    assertThat(refused).isEqualTo(new Unsendable(CYCLE.inputDay(), AuddisReason.NO_ACCOUNT));
    assertThat(refused.word()).isEqualTo(submitted.comeBack(null).word());
    assertThat(refused.isOver()).isTrue();
  }

  @Test
  void whatIsDroppedIsOver() {
    assertThat(queued.drop()).isEqualTo(new Dropped());
    assertThat(queued.drop().isOver()).isTrue();
  }

  @Test
  void aWithdrawalKeepsWhichOfAProvidersMandatesItEndsAndALodgingHasYetToBeNamed() {
    assertThat(due(InstructionKind.WITHDRAW).providerRef()).isEqualTo("MD01");
    assertThat(due(InstructionKind.LODGE).providerRef()).isNull();
  }

  private DueInstruction due(InstructionKind kind) {
    return new DueInstruction("ins_1", "man_1", kind, "REF", "bac_1", "MD01");
  }
}

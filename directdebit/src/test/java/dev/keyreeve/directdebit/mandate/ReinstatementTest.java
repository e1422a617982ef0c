package dev.keyreeve.directdebit.mandate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyreeve.directdebit.bacs.scheme.AddacsReason;
import dev.keyreeve.directdebit.bacs.scheme.AruddReason;
import dev.keyreeve.directdebit.bacs.scheme.AuddisReason;
import dev.keyreeve.directdebit.bacs.scheme.DdicReason;
import dev.keyreeve.directdebit.bacs.scheme.SchemeEvent.ClaimRaised;
import dev.keyreeve.directdebit.bacs.scheme.SchemeEvent.DebitReturned;
import dev.keyreeve.directdebit.bacs.scheme.SchemeEvent.InstructionCancelled;
import dev.keyreeve.directdebit.bacs.scheme.SchemeEvent.InstructionReinstated;
import dev.keyreeve.directdebit.bacs.scheme.SchemeReason;
import dev.keyreeve.directdebit.mandate.MandateState.Active;
import dev.keyreeve.directdebit.mandate.MandateState.Cancelled;
import dev.keyreeve.directdebit.mandate.MandateState.Ended;
import dev.keyreeve.directdebit.mandate.MandateState.Expired;
import dev.keyreeve.directdebit.mandate.MandateState.Failed;
import dev.keyreeve.directdebit.mandate.Move.Doubtful;
import dev.keyreeve.directdebit.mandate.Move.Moved;
import dev.keyreeve.directdebit.mandate.Reason.Given;
import dev.keyreeve.directdebit.mandate.Reason.Reported;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Whose decision may undo whose, when a bank says that it has reinstated an instruction.
class ReinstatementTest {
  private static final Instant ENDED = Instant.parse("2026-03-02T09:00:00Z");
  private static final Instant LAST_DAY = Instant.parse("2026-05-02T22:59:59Z");
  private static final Instant TOO_LATE = Instant.parse("2026-05-02T23:00:00Z");
  private static final List<SchemeReason> PAYERS_OWN =
      List.of(AddacsReason.CANCELLED_BY_PAYER, AruddReason.CANCELLED_BY_PAYER);

  static Stream<SchemeReason> allReasons() {
    return Stream.<SchemeReason[]>of(
            AddacsReason.values(), AruddReason.values(), AuddisReason.values(), DdicReason.values())
        .flatMap(Stream::of);
  }

  @ParameterizedTest
  @MethodSource("allReasons")
  void thePayerUndoesOnlyThePayersOwnCancellationAndOnlyInTime(SchemeReason reason) {
    var ended = cancelled(reason);

    for (var at : List.of(ENDED, ENDED.plus(Duration.ofDays(30)), LAST_DAY)) {
      if (PAYERS_OWN.contains(reason)) {
        assertThat(reinstated(ended, at)).isEqualTo(active(3, at));
      } else {
        assertThat(reinstated(ended, at)).isInstanceOf(Doubtful.class);
      }
    }
    assertThat(reinstated(ended, TOO_LATE)).isInstanceOf(Doubtful.class);
  }

  @ParameterizedTest
  @MethodSource("allReasons")
  void aPersonMayStandByTheBankUnlessThePayerHasDied(SchemeReason reason) {
    for (var at : List.of(LAST_DAY, TOO_LATE)) {
      if (reinstated(cancelled(reason), at) instanceof Doubtful(_, var why, var confirmed)) {
        assertThat(confirmed)
            .isEqualTo(reason.cause().equals("payer_deceased") ? null : active(3, at));
        assertThat(why).startsWith("The bank has reinstated an instruction ").endsWith(".");
      }
    }
  }

  @ParameterizedTest
  @MethodSource("allReasons")
  void nobodyUndoesWhatTheCollectorHasEnded(SchemeReason reason) {
    var ended = new Cancelled(ENDED, Initiator.AGENT, new Reported(reason), 1);

    assertThat(reinstated(ended, ENDED))
        .isInstanceOfSatisfying(Doubtful.class, doubt -> assertThat(doubt.confirmed()).isNull());
    assertThat(reinstated(new Cancelled(ENDED, Initiator.AGENT, new Given("Sold"), 1), ENDED))
        .isInstanceOf(Doubtful.class);
  }

  @Test
  void whatWasOnItsWayToAnotherAccountIsNotKnownToBeHeldThere() {
    var moving = new Active(ENDED, 1, true);

    var cancelled =
        moving.after(new InstructionCancelled(AddacsReason.CANCELLED_BY_PAYER), ENDED).state();

    assertThat(reinstated(cancelled, ENDED))
        .isInstanceOfSatisfying(Doubtful.class, doubt -> assertThat(doubt.confirmed()).isNull());
    assertThat(MandateState.of(cancelled.columns())).isEqualTo(cancelled);
  }

  @Test
  void dormancyIsNobodysDecisionSoTheBankKnowsBetterForAsLong() {
    var expired = new Expired(ENDED, 2);

    assertThat(reinstated(expired, LAST_DAY)).isEqualTo(active(2, LAST_DAY));
    assertThat(reinstated(expired, TOO_LATE))
        .isInstanceOfSatisfying(
            Doubtful.class, doubt -> assertThat(doubt.confirmed()).isEqualTo(active(2, TOO_LATE)));
  }

  @ParameterizedTest
  @EnumSource(AuddisReason.class)
  void whatWasNeverLodgedIsNotReinstated(AuddisReason reason) {
    assertThat(reinstated(new Failed(ENDED, new Reported(reason), 1), ENDED))
        .isInstanceOfSatisfying(Doubtful.class, doubt -> assertThat(doubt.confirmed()).isNull());
  }

  /// The last column is the last instant of the last day in London.
  @ParameterizedTest
  @CsvSource({
    "2026-12-31T10:00:00Z, 2027-02-28T23:59:59Z",
    "2027-12-31T10:00:00Z, 2028-02-29T23:59:59Z",
    "2027-02-28T23:59:59Z, 2027-04-28T22:59:59Z",
    "2026-06-30T22:59:59Z, 2026-08-30T22:59:59Z",
    "2026-06-30T23:00:00Z, 2026-09-01T22:59:59Z",
    "2026-08-31T23:30:00Z, 2026-11-01T23:59:59Z",
    "2027-01-31T00:00:00Z, 2027-03-31T22:59:59Z",
  })
  void twoMonthsEndWithTheDayOfThatDateInLondon(Instant ended, Instant last) {
    var cancelled =
        new Cancelled(ended, Initiator.PAYER, new Reported(AddacsReason.CANCELLED_BY_PAYER), 1);

    assertThat(reinstated(cancelled, last)).isInstanceOf(Moved.class);
    assertThat(reinstated(cancelled, last.plusSeconds(1))).isInstanceOf(Doubtful.class);
  }

  /// Two reports of one end, in both orders.
  @ParameterizedTest
  @CsvSource({
    "ADDACS-1, ARUDD-1, true",
    "ADDACS-1, ARUDD-6, true",
    "ARUDD-1, DDIC-3, true",
    "ADDACS-1, ADDACS-0, false",
    "ADDACS-1, ADDACS-2, false",
    "ADDACS-1, ARUDD-B, false",
    "ADDACS-1, DDIC-5, false",
    "ARUDD-1, DDIC-6, false",
    "ADDACS-B, ADDACS-2, false",
  })
  void theOrderOfReportsDoesNotMatter(String one, String other, boolean isReinstated) {
    assertThat(reinstated(ended(one, other), LAST_DAY) instanceof Moved).isEqualTo(isReinstated);
    assertThat(reinstated(ended(other, one), LAST_DAY) instanceof Moved).isEqualTo(isReinstated);
  }

  @ParameterizedTest
  @CsvSource({"ADDACS-0", "ADDACS-B", "ARUDD-5", "ADDACS-1", "DDIC-5", "ARUDD-6"})
  void aDeathIsHeardAfterAnyOtherReason(String first) {
    var state = report(new Active(ENDED, 1, false), first).state();

    var move = report(state, "ADDACS-2");

    assertThat(move)
        .isInstanceOfSatisfying(
            Moved.class, moved -> assertThat(moved.effects()).contains(Effect.STOP_CONTACT));
    assertThat(report(move.state(), first)).isInstanceOf(Move.Unchanged.class);
  }

  private static MandateState ended(String... codes) {
    MandateState state = new Active(ENDED, 1, false);
    for (var code : codes) state = report(state, code).state();
    return state;
  }

  private static Move report(MandateState state, String code) {
    return switch (SchemeReason.parse(code)) {
      case AddacsReason reason -> state.after(new InstructionCancelled(reason), ENDED);
      case AruddReason reason -> state.after(new DebitReturned(reason), ENDED);
      case DdicReason reason -> state.after(new ClaimRaised(reason), ENDED);
      case AuddisReason reason -> throw new IllegalArgumentException(reason.code());
    };
  }

  private static Ended cancelled(SchemeReason reason) {
    var reported = new Reported(reason);
    return new Cancelled(ENDED, reported.initiator(), reported, 3);
  }

  private static Move reinstated(MandateState state, Instant at) {
    return state.after(new InstructionReinstated(), at);
  }

  private static Moved active(int submissions, Instant at) {
    return new Moved(new Active(at, submissions, false), MandateEvent.REINSTATED);
  }
}

package dev.keyreeve.directdebit.mandate;

import static dev.keyreeve.directdebit.mandate.Effect.CANCEL_COLLECTIONS;
import static dev.keyreeve.directdebit.mandate.Effect.CONFIRM_SETUP;
import static dev.keyreeve.directdebit.mandate.Effect.HOLD_COLLECTIONS;
import static dev.keyreeve.directdebit.mandate.Effect.LODGE_INSTRUCTION;
import static dev.keyreeve.directdebit.mandate.Effect.REVOKE_INVITE;
import static dev.keyreeve.directdebit.mandate.Effect.STOP_CONTACT;
import static dev.keyreeve.directdebit.mandate.Effect.UPDATE_BANK_DETAILS;
import static dev.keyreeve.directdebit.mandate.Effect.WITHDRAW_INSTRUCTION;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyreeve.directdebit.StateDiagram;
import dev.keyreeve.directdebit.bacs.bankaccount.AccountNumber;
import dev.keyreeve.directdebit.bacs.bankaccount.SortCode;
import dev.keyreeve.directdebit.bacs.scheme.AddacsReason;
import dev.keyreeve.directdebit.bacs.scheme.AruddReason;
import dev.keyreeve.directdebit.bacs.scheme.AuddisReason;
import dev.keyreeve.directdebit.bacs.scheme.DdicReason;
import dev.keyreeve.directdebit.bacs.scheme.NewAccount;
import dev.keyreeve.directdebit.bacs.scheme.SchemeEvent;
import dev.keyreeve.directdebit.bacs.scheme.SchemeEvent.AccountTransferred;
import dev.keyreeve.directdebit.bacs.scheme.SchemeEvent.ClaimRaised;
import dev.keyreeve.directdebit.bacs.scheme.SchemeEvent.ClaimSettled;
import dev.keyreeve.directdebit.bacs.scheme.SchemeEvent.ClaimWithdrawn;
import dev.keyreeve.directdebit.bacs.scheme.SchemeEvent.DebitCancelled;
import dev.keyreeve.directdebit.bacs.scheme.SchemeEvent.DebitCollected;
import dev.keyreeve.directdebit.bacs.scheme.SchemeEvent.DebitRejected;
import dev.keyreeve.directdebit.bacs.scheme.SchemeEvent.DebitResubmitted;
import dev.keyreeve.directdebit.bacs.scheme.SchemeEvent.DebitReturned;
import dev.keyreeve.directdebit.bacs.scheme.SchemeEvent.DebitSettled;
import dev.keyreeve.directdebit.bacs.scheme.SchemeEvent.DebitSubmitted;
import dev.keyreeve.directdebit.bacs.scheme.SchemeEvent.DormancyReached;
import dev.keyreeve.directdebit.bacs.scheme.SchemeEvent.InstructionAccepted;
import dev.keyreeve.directdebit.bacs.scheme.SchemeEvent.InstructionAmended;
import dev.keyreeve.directdebit.bacs.scheme.SchemeEvent.InstructionBlocked;
import dev.keyreeve.directdebit.bacs.scheme.SchemeEvent.InstructionCancelled;
import dev.keyreeve.directdebit.bacs.scheme.SchemeEvent.InstructionMoved;
import dev.keyreeve.directdebit.bacs.scheme.SchemeEvent.InstructionReinstated;
import dev.keyreeve.directdebit.bacs.scheme.SchemeEvent.InstructionRejected;
import dev.keyreeve.directdebit.bacs.scheme.SchemeEvent.InstructionSubmitted;
import dev.keyreeve.directdebit.bacs.scheme.SchemeEvent.InstructionWithdrawn;
import dev.keyreeve.directdebit.bacs.scheme.SchemeEvent.NoticeDisputed;
import dev.keyreeve.directdebit.bacs.scheme.SchemeReason;
import dev.keyreeve.directdebit.mandate.MandateRequest.Cancel;
import dev.keyreeve.directdebit.mandate.MandateRequest.ChangeBankAccount;
import dev.keyreeve.directdebit.mandate.MandateRequest.Reactivate;
import dev.keyreeve.directdebit.mandate.MandateRequest.ResendInvite;
import dev.keyreeve.directdebit.mandate.MandateRequest.RevokeInvite;
import dev.keyreeve.directdebit.mandate.MandateRequest.Suspend;
import dev.keyreeve.directdebit.mandate.MandateState.Active;
import dev.keyreeve.directdebit.mandate.MandateState.Cancelled;
import dev.keyreeve.directdebit.mandate.MandateState.Expired;
import dev.keyreeve.directdebit.mandate.MandateState.Failed;
import dev.keyreeve.directdebit.mandate.MandateState.InviteExpired;
import dev.keyreeve.directdebit.mandate.MandateState.Invited;
import dev.keyreeve.directdebit.mandate.MandateState.PendingApproval;
import dev.keyreeve.directdebit.mandate.MandateState.PendingSubmission;
import dev.keyreeve.directdebit.mandate.MandateState.Reactivatable;
import dev.keyreeve.directdebit.mandate.MandateState.Submitted;
import dev.keyreeve.directdebit.mandate.MandateState.Suspended;
import dev.keyreeve.directdebit.mandate.Move.Doubtful;
import dev.keyreeve.directdebit.mandate.Move.Illegal;
import dev.keyreeve.directdebit.mandate.Move.Moved;
import dev.keyreeve.directdebit.mandate.Move.NotReactivatable;
import dev.keyreeve.directdebit.mandate.Move.Unchanged;
import dev.keyreeve.directdebit.mandate.Reason.Given;
import dev.keyreeve.directdebit.mandate.Reason.Reported;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class MandateStateTest {

  private static final Instant BEFORE = Instant.parse("2026-03-01T09:00:00Z");
  private static final Instant NOW = Instant.parse("2026-03-02T09:00:00Z");
  private static final LocalDate APRIL = LocalDate.of(2026, 4, 1);
  private static final Given MOVED_OUT = new Given("Tenant moved out");
  private static final NewAccount NEW_ACCOUNT =
      new NewAccount(SortCode.parse("00-00-01"), AccountNumber.parse("12345678"));

  /// One state of each status. The mandate was suspended and cancelled by the collector, and its
  /// bank returned the instruction of the failed one.
  private static final List<MandateState> STATES =
      List.of(
          new Invited(BEFORE),
          new InviteExpired(BEFORE),
          new PendingApproval(BEFORE),
          new PendingSubmission(BEFORE, 1),
          new Submitted(BEFORE, 1),
          new Active(BEFORE, 1, false),
          new Suspended(BEFORE, APRIL, MOVED_OUT, 1, false),
          new Cancelled(BEFORE, Initiator.AGENT, MOVED_OUT, 1),
          new Failed(BEFORE, new Reported(AuddisReason.REFERENCE_NOT_UNIQUE), 1),
          new Expired(BEFORE, 1));

  /// What becomes of each state: a dot is illegal, an equals sign changes nothing, a question mark
  /// is for a person, anything else is the next status.
  private static final String MATRIX =
      """
      .            inv  inx  app  pen  sub  act  sus  can  fai  exp
      resend       inv  inv  .    .    .    .    .    .    .    .
      revoke       inx  .    .    .    .    .    .    .    .    .
      cancel       can  can  can  can  can  can  can  =    .    .
      suspend      .    .    .    .    .    sus  .    .    .    .
      reactivate   .    .    .    .    .    .    act  pen  pen  pen
      rebank       .    .    .    pen  .    act  sus  .    .    .
      submitted    .    .    .    sub  =    .    .    .    .    .
      accepted     .    .    .    .    act  =    =    .    .    .
      AUDDIS       .    .    .    .    fai  .    .    =    =    .
      AUDDIS-C+    .    .    .    .    sub  act  sus  .    .    .
      ADDACS-0     .    .    .    .    can  can  can  can  .    .
      ADDACS-1     .    .    .    .    can  can  can  can  .    .
      ADDACS-2     .    .    .    .    can  can  can  can  .    .
      ADDACS-3     .    .    .    .    .    sus  sus  =    =    =
      ADDACS-3+    .    .    .    .    .    act  sus  .    .    .
      ADDACS-B     .    .    .    .    can  can  can  can  .    .
      ADDACS-C     .    .    .    .    sub  act  sus  .    .    .
      ADDACS-D     .    .    .    .    .    sus  sus  =    =    =
      ADDACS-E     .    .    .    .    sub  act  sus  .    .    .
      ADDACS-R     ?    ?    ?    ?    ?    =    ?    ?    ?    act
      bank-ended   .    .    .    .    can  can  can  =    .    .
      withdrawn    .    .    .    can  can  can  can  =    =    =
      blocked      .    .    .    can  can  can  can  =    =    =
      moved-on     .    .    .    .    sub  act  sus  can  fai  exp
      dormant      .    .    .    .    .    exp  exp  .    .    =
      ARUDD-0      =    =    =    =    =    =    =    =    =    =
      ARUDD-1      .    .    .    .    can  can  can  can  .    .
      ARUDD-2      .    .    .    .    can  can  can  can  .    .
      ARUDD-3      .    .    .    .    .    sus  sus  =    =    =
      ARUDD-4      .    .    .    .    .    sus  sus  =    =    =
      ARUDD-5      .    .    .    .    can  can  can  can  .    .
      ARUDD-6      .    .    .    .    can  can  can  =    .    .
      ARUDD-7      .    .    .    .    .    sus  sus  =    =    =
      ARUDD-8      .    .    .    .    .    sus  sus  =    =    =
      ARUDD-9      .    .    .    .    .    sus  sus  =    =    =
      ARUDD-A      .    .    .    .    can  can  can  =    .    .
      ARUDD-B      .    .    .    .    can  can  can  can  .    .
      ARUDD-?      .    .    .    .    .    sus  sus  =    =    =
      DDIC-1       =    =    =    =    =    =    =    =    =    =
      DDIC-2       =    =    =    =    =    =    =    =    =    =
      DDIC-3       .    .    .    .    can  can  can  =    .    .
      DDIC-4       .    .    .    .    can  can  can  can  .    .
      DDIC-5       .    .    .    .    can  can  can  can  .    .
      DDIC-6       .    .    .    .    can  can  can  can  .    .
      DDIC-7       =    =    =    =    =    =    =    =    =    =
      DDIC-8       .    .    .    .    can  can  can  can  .    .
      DDIC-?       .    .    .    .    .    sus  sus  =    =    =
      debit-sent   =    =    =    =    =    =    =    =    =    =
      debit-denied =    =    =    =    =    =    =    =    =    =
      debit-ended  =    =    =    =    =    =    =    =    =    =
      debit-again  =    =    =    =    =    =    =    =    =    =
      debit-back   =    =    =    =    =    =    =    =    =    =
      debit-taken  =    =    =    =    =    =    =    =    =    =
      debit-final  =    =    =    =    =    =    =    =    =    =
      claim-ended  =    =    =    =    =    =    =    =    =    =
      claim-paid   =    =    =    =    =    =    =    =    =    =
      """;

  @TestFactory
  Stream<DynamicTest> everyStateMeetsEveryRequestAndReportAsTheMatrixSays() {
    return rows()
        .map(cells -> DynamicTest.dynamicTest(cells.getFirst(), () -> followsItsRow(cells)));
  }

  private static Stream<List<String>> rows() {
    return MATRIX.lines().skip(1).map(line -> List.of(line.split("\\s+")));
  }

  private static void followsItsRow(List<String> cells) {
    var input = input(cells.getFirst());

    var actual = STATES.stream().map(state -> cell(input.apply(state, NOW))).toList();

    assertThat(actual).isEqualTo(cells.subList(1, cells.size()));
  }

  @Test
  void theMatrixNamesEveryReturnAndEveryClaim() {
    var rows = rows().map(List::getFirst).toList();

    assertThat(rows)
        .containsAll(codes(AruddReason.values()))
        .containsAll(codes(DdicReason.values()));
    assertThat(rows).containsAll(codes(AddacsReason.values()));
  }

  @Test
  void isDrawnOnThePageOfStates() {
    var invited = new Invited(BEFORE);
    var approval = new PendingApproval(BEFORE);
    var diagram =
        new StateDiagram("mandate")
            .begins(word(MandateState.invite(NOW)), "invited")
            .begins(word(MandateState.create(NOW)), "created with evidence");
    draw(diagram, invited, "payer completes", invited.complete(NOW));
    draw(diagram, invited, "payer completes, one of two", invited.completeForApproval(NOW));
    draw(diagram, invited, "time is over", invited.lapse(NOW));
    draw(diagram, approval, "second payer agrees", approval.approve(NOW));
    draw(diagram, approval, "second payer refuses", approval.refuse(NOW));

    var states = Stream.concat(STATES.stream(), statesOfRandomLives().stream()).toList();
    for (var status : MandateStatus.values()) {
      rows()
          .map(List::getFirst)
          .forEach(
              row ->
                  states.stream()
                      .filter(state -> state.status() == status)
                      .forEach(
                          state -> draw(diagram, state, why(row), input(row).apply(state, NOW))));
    }

    diagram.assertIsOnThePage();
  }

  private static void draw(StateDiagram diagram, MandateState from, String why, Move move) {
    if (move instanceof Moved) diagram.arrow(from.status().word(), word(move), why);
  }

  private static String word(Move move) {
    return move.state().status().word();
  }

  /// A row of the matrix as a reader of the page calls it.
  private static String why(String row) {
    return switch (row) {
      case "resend" -> "invite again";
      case "revoke" -> "revoke invite";
      case "rebank" -> "new account";
      case "submitted" -> "run";
      case "accepted" -> "no return in time";
      case "bank-ended" -> "ADDACS";
      case "withdrawn", "blocked" -> "ended at provider";
      case "dormant" -> "unused for long";
      default -> row.replaceFirst("-.*", "");
    };
  }

  @Test
  void aNewMandateIsInvitedOrCreated() {
    assertThat(MandateState.invite(NOW))
        .isEqualTo(new Moved(new Invited(NOW), MandateEvent.INVITED));
    assertThat(MandateState.create(NOW))
        .isEqualTo(
            new Moved(
                new PendingSubmission(NOW, 1),
                MandateEvent.CREATED,
                CONFIRM_SETUP,
                LODGE_INSTRUCTION));
  }

  @Test
  void thePayerCompletesTheInviteOrLetsItLapse() {
    var invited = new Invited(BEFORE);

    assertThat(invited.complete(NOW).state()).isEqualTo(new PendingSubmission(NOW, 1));
    assertThat(invited.completeForApproval(NOW).state()).isEqualTo(new PendingApproval(NOW));
    assertThat(invited.lapse(NOW).state()).isEqualTo(new InviteExpired(NOW));
  }

  @Test
  void theSecondSignatoryApprovesOrRefuses() {
    var pending = new PendingApproval(BEFORE);

    assertThat(pending.approve(NOW).state()).isEqualTo(new PendingSubmission(NOW, 1));
    assertThat(pending.refuse(NOW).state())
        .isEqualTo(new Failed(NOW, new Reason.ApprovalRefused(), 0));
  }

  @Test
  void aLodgedInstructionIsWithdrawnWhenTheCollectorCancelsAndNotWhenTheBankDoes() {
    var active = new Active(BEFORE, 1, false);

    var byCollector = active.cancel(MOVED_OUT, NOW);
    var byBank = active.after(new InstructionCancelled(AddacsReason.CANCELLED_BY_PAYER), NOW);

    assertThat(byCollector)
        .isEqualTo(
            new Moved(
                new Cancelled(NOW, Initiator.AGENT, MOVED_OUT, 1),
                MandateEvent.CANCELLED,
                WITHDRAW_INSTRUCTION,
                CANCEL_COLLECTIONS));
    assertThat(byBank)
        .isEqualTo(
            new Moved(
                new Cancelled(
                    NOW, Initiator.PAYER, new Reported(AddacsReason.CANCELLED_BY_PAYER), 1),
                MandateEvent.CANCELLED,
                CANCEL_COLLECTIONS));
  }

  @Test
  void theOldBankHearsOnceOfANewAccountAndNeverIfItHasToldOfIt() {
    var active = new Active(BEFORE, 1, false);
    var moved =
        new Suspended(BEFORE, null, new Reported(AruddReason.ACCOUNT_TRANSFERRED), 1, false);

    var once = active.changeBankAccount(NOW);
    var again = once.state().answer(new ChangeBankAccount(), NOW);
    var awaited = moved.changeBankAccount(NOW);

    assertThat(once.state()).isEqualTo(new Active(BEFORE, 1, true));
    assertThat(once.effects())
        .containsExactlyInAnyOrder(UPDATE_BANK_DETAILS, WITHDRAW_INSTRUCTION, LODGE_INSTRUCTION);
    assertThat(effects(again)).containsExactlyInAnyOrder(UPDATE_BANK_DETAILS, LODGE_INSTRUCTION);
    assertThat(awaited.state()).isEqualTo(new Active(NOW, 1, true));
    assertThat(awaited.effects()).containsExactlyInAnyOrder(UPDATE_BANK_DETAILS, LODGE_INSTRUCTION);
  }

  @Test
  void nothingIsWithdrawnBeforeItIsLodged() {
    assertThat(new Invited(BEFORE).cancel(MOVED_OUT, NOW).effects())
        .containsExactlyInAnyOrder(REVOKE_INVITE, CANCEL_COLLECTIONS);
  }

  @Test
  void aSuspensionHoldsCollectionsAndItsEndResumesThem() {
    var suspended = new Active(BEFORE, 1, false).suspend(MOVED_OUT, APRIL, NOW);

    assertThat(suspended)
        .isEqualTo(
            new Moved(
                new Suspended(NOW, APRIL, MOVED_OUT, 1, false),
                MandateEvent.SUSPENDED,
                HOLD_COLLECTIONS));
    assertThat(suspended.state().answer(new Reactivate(false), NOW))
        .isEqualTo(new Moved(new Active(NOW, 1, false), MandateEvent.REACTIVATED));
  }

  @Test
  void aSuspensionEndsOnTheMorningOfItsDate() {
    var suspended = new Suspended(BEFORE, APRIL, MOVED_OUT, 1, false);

    assertThat(suspended.isOverOn(APRIL.minusDays(1))).isFalse();
    assertThat(suspended.isOverOn(APRIL)).isTrue();
    assertThat(new Suspended(BEFORE, null, MOVED_OUT, 1, false).isOverOn(APRIL)).isFalse();
  }

  @Test
  void aBanksReasonTakesTheEndFromASuspension() {
    var suspended = new Suspended(BEFORE, APRIL, MOVED_OUT, 1, false);

    var held = suspended.after(new DebitReturned(AruddReason.ACCOUNT_TRANSFERRED), NOW).state();

    assertThat(held)
        .isEqualTo(
            new Suspended(BEFORE, null, new Reported(AruddReason.ACCOUNT_TRANSFERRED), 1, false));
    assertThat(held.after(new DebitReturned(AruddReason.ACCOUNT_TRANSFERRED), NOW))
        .isEqualTo(new Unchanged(held));
  }

  @Test
  void aDeathStopsAllContactAndAnUnknownCollectorAlertsTheOperator() {
    var active = new Active(BEFORE, 1, false);

    assertThat(effects(active.after(new DebitReturned(AruddReason.PAYER_DECEASED), NOW)))
        .containsExactlyInAnyOrder(CANCEL_COLLECTIONS, STOP_CONTACT);
    assertThat(effects(active.after(new DebitReturned(AruddReason.SERVICE_USER_DIFFERS), NOW)))
        .containsExactly(CANCEL_COLLECTIONS);
    assertThat(effects(active.after(new ClaimRaised(DdicReason.NO_AUTHORITY), NOW)))
        .containsExactly(CANCEL_COLLECTIONS);
  }

  @Test
  void anAmendmentKeepsTheStateAndUpdatesTheDetailsThatCameWithIt() {
    var active = new Active(BEFORE, 1, false);

    assertThat(active.after(new InstructionAmended(AddacsReason.BRANCH_CHANGED, NEW_ACCOUNT), NOW))
        .isEqualTo(new Moved(active, MandateEvent.AMENDED, UPDATE_BANK_DETAILS));
    assertThat(active.after(new InstructionAmended(AddacsReason.INSTRUCTION_AMENDED, null), NOW))
        .isEqualTo(new Moved(active, MandateEvent.AMENDED));
  }

  @Test
  void aTransferIsLodgedAtTheNewBankWhileTheMandateStaysInForce() {
    var active = new Active(BEFORE, 1, false);

    var moved = active.after(new AccountTransferred(NEW_ACCOUNT), NOW);

    var resubmitting = new Active(BEFORE, 1, true);
    assertThat(moved)
        .isEqualTo(
            new Moved(
                resubmitting, MandateEvent.TRANSFERRED, UPDATE_BANK_DETAILS, LODGE_INSTRUCTION));
    assertThat(resubmitting.after(new InstructionSubmitted(), NOW))
        .isEqualTo(new Unchanged(resubmitting));
    assertThat(resubmitting.after(new InstructionAccepted(), NOW))
        .isEqualTo(new Moved(active, MandateEvent.UPDATED));
    assertThat(
            resubmitting
                .after(new InstructionRejected(AuddisReason.INVALID_ACCOUNT_TYPE), NOW)
                .state())
        .isEqualTo(
            new Cancelled(
                NOW, Initiator.BANK, new Reported(AuddisReason.INVALID_ACCOUNT_TYPE), 1, true));
  }

  @Test
  void aLaterReportThatBarsTheReturnIsRememberedButNotWhoCancelled() {
    var byCollector = new Cancelled(BEFORE, Initiator.AGENT, MOVED_OUT, 1);

    var deceased = byCollector.after(new DebitReturned(AruddReason.PAYER_DECEASED), NOW);

    var remembered =
        new Cancelled(BEFORE, Initiator.AGENT, new Reported(AruddReason.PAYER_DECEASED), 1);
    assertThat(deceased).isEqualTo(new Moved(remembered, MandateEvent.UPDATED, STOP_CONTACT));
    assertThat(remembered.after(new InstructionCancelled(AddacsReason.CANCELLED_BY_PAYER), NOW))
        .isEqualTo(new Unchanged(remembered));
  }

  static Stream<SchemeReason> barringReasons() {
    return Stream.of(
        AuddisReason.PAYER_DECEASED,
        AuddisReason.ACCOUNT_CLOSED,
        AuddisReason.NO_ACCOUNT,
        AddacsReason.PAYER_DECEASED,
        AddacsReason.ACCOUNT_CLOSED,
        AruddReason.PAYER_DECEASED,
        AruddReason.ACCOUNT_CLOSED,
        AruddReason.NO_ACCOUNT);
  }

  @ParameterizedTest
  @MethodSource("barringReasons")
  void consentDoesNotBringBackADeadPayerOrAnAccountThatIsGone(SchemeReason reason) {
    var cancelled = cancelledBy(Initiator.BANK, reason);

    var move = cancelled.reactivate(true, NOW);

    var obstacle = Obstacle.valueOf(reason.name());
    assertThat(move).isEqualTo(new NotReactivatable(cancelled, obstacle));
    assertThat(cancelled.allowedActions()).isEmpty();
  }

  @Test
  void whereTheBankTakesNoInstructionForTheAccountOnlyANewMandateForAnotherHelps() {
    var cancelled = cancelledBy(Initiator.BANK, AddacsReason.REFER_TO_PAYER);

    assertThat(cancelled.reactivate(true, NOW))
        .isEqualTo(new NotReactivatable(cancelled, Obstacle.NEW_ACCOUNT_NEEDED));
    assertThat(cancelled.allowedActions()).isEmpty();
  }

  static Stream<SchemeReason> payersReasons() {
    return Stream.of(
        AuddisReason.CANCELLED_BY_PAYER,
        AddacsReason.CANCELLED_BY_PAYER,
        AruddReason.CANCELLED_BY_PAYER,
        DdicReason.CANCELLED_WITH_COLLECTOR,
        DdicReason.NO_AUTHORITY,
        DdicReason.SIGNATURE_FRAUDULENT,
        DdicReason.COLLECTOR_NOT_RECOGNISED);
  }

  @ParameterizedTest
  @MethodSource("payersReasons")
  void whatThePayerEndedNeedsFreshConsent(SchemeReason reason) {
    var cancelled = cancelledBy(Initiator.PAYER, reason);

    assertThat(cancelled.reactivate(false, NOW))
        .isEqualTo(new NotReactivatable(cancelled, Obstacle.CONSENT_NEEDED));
    assertThat(cancelled.reactivate(true, NOW).state()).isEqualTo(new PendingSubmission(NOW, 2));
    assertThat(cancelled.allowedActions()).containsExactly(MandateAction.REACTIVATE);
  }

  @Test
  void whatWasNeverAuthorisedDoesNotComeBack() {
    var cancelled = (Reactivatable) new Invited(BEFORE).cancel(MOVED_OUT, NOW).state();
    var refused = (Reactivatable) new PendingApproval(BEFORE).refuse(NOW).state();

    assertThat(cancelled.reactivate(true, NOW))
        .isEqualTo(new NotReactivatable(cancelled, Obstacle.NEVER_AUTHORISED));
    assertThat(refused.reactivate(true, NOW))
        .isEqualTo(new NotReactivatable(refused, Obstacle.NEVER_AUTHORISED));
  }

  @Test
  void aMandateComesBackTenTimesAndNoMore() {
    MandateState state = new Expired(BEFORE, 1);

    for (var i = 0; i < 10; i++) {
      var pending = state.answer(new Reactivate(false), NOW).state();
      state = pending.answer(new Cancel(MOVED_OUT), NOW).state();
    }

    assertThat(state.answer(new Reactivate(true), NOW))
        .isEqualTo(new NotReactivatable(state, Obstacle.TOO_MANY_RESUBMISSIONS));
  }

  @Test
  void anIllegalMoveSaysWhatIsLegal() {
    var suspended = new Suspended(BEFORE, null, MOVED_OUT, 1, false);

    var move = suspended.answer(new Suspend(MOVED_OUT, null), NOW);

    assertThat(move)
        .isInstanceOfSatisfying(
            Illegal.class,
            illegal ->
                assertThat(illegal.allowedActions())
                    .containsExactly(
                        MandateAction.CANCEL,
                        MandateAction.REACTIVATE,
                        MandateAction.CHANGE_BANK_ACCOUNT));
  }

  @Test
  void theAllowedActionsAreThoseThatMoveTheMandate() {
    for (var state : statesOfRandomLives()) {
      var moving =
          requests()
              .filter(request -> state.answer(request, NOW) instanceof Moved)
              .map(MandateRequest::action)
              .collect(Collectors.toCollection(() -> EnumSet.noneOf(MandateAction.class)));

      assertThat(state.allowedActions()).as("%s", state).isEqualTo(moving);
    }
  }

  @Test
  void whatIsNotAllowedIsRefusedUnlessItIsSoAlready() {
    for (var state : statesOfRandomLives()) {
      requests()
          .filter(request -> !state.allowedActions().contains(request.action()))
          .forEach(request -> assertThat(cell(state.answer(request, NOW))).isIn(".", "=", "!"));
    }
  }

  @Test
  void everyStateComesBackFromItsRow() {
    var states = statesOfRandomLives();

    assertThat(states.stream().map(MandateState::status)).contains(MandateStatus.values());
    assertThat(states)
        .allSatisfy(state -> assertThat(MandateState.of(state.columns())).isEqualTo(state));
  }

  @Test
  void aStatusAndAnInitiatorComeBackFromTheirWords() {
    assertThat(MandateStatus.PENDING_SUBMISSION.word()).isEqualTo("pending_submission");
    assertThat(MandateStatus.values())
        .allSatisfy(status -> assertThat(MandateStatus.parse(status.word())).isEqualTo(status));
    assertThat(Initiator.values())
        .allSatisfy(who -> assertThat(Initiator.parse(who.word())).isEqualTo(who));
  }

  @ParameterizedTest
  @EnumSource(
      value = MandateStatus.class,
      names = {"SUSPENDED", "CANCELLED", "FAILED", "SUBMITTED", "ACTIVE"})
  void aRowThatLacksWhatItsStatusCarriesIsNoState(MandateStatus status) {
    var row = new MandateColumns(status, NOW, null, null, null, 0, false);

    assertThatThrownBy(() -> MandateState.of(row)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void replayingAHistoryFromItsRowsYieldsTheSameState() {
    for (var seed = 0; seed < 500; seed++) {
      var life = new Life(seed);

      var replayed = MandateState.invite(NOW).state().columns();
      for (var input : life.history) {
        replayed = input.apply(MandateState.of(replayed), NOW).state().columns();
      }

      assertThat(MandateState.of(replayed)).isEqualTo(life.states.getLast());
    }
  }

  /// A mandate's life by chance: what it met, and every state that it was in.
  private static final class Life {
    final List<BiFunction<MandateState, Instant, Move>> history = new ArrayList<>();
    final List<MandateState> states = new ArrayList<>();

    Life(long seed) {
      var random = new Random(seed);
      var inputs = inputs();
      states.add(MandateState.invite(NOW).state());
      for (var i = 0; i < 60; i++) {
        var input = inputs.get(random.nextInt(inputs.size()));
        history.add(input);
        states.add(input.apply(states.getLast(), NOW).state());
      }
    }
  }

  private static Set<MandateState> statesOfRandomLives() {
    return Stream.iterate(0, seed -> seed + 1)
        .limit(500)
        .flatMap(seed -> new Life(seed).states.stream())
        .collect(Collectors.toSet());
  }

  /// Everything that can happen to a mandate; what leads on is there more often, so that lives get
  /// long.
  private static List<BiFunction<MandateState, Instant, Move>> inputs() {
    var inputs = new ArrayList<BiFunction<MandateState, Instant, Move>>();
    rows().map(cells -> input(cells.getFirst())).forEach(inputs::add);
    for (var i = 0; i < 10; i++) {
      inputs.add(input("submitted"));
      inputs.add(input("accepted"));
      inputs.add(input("reactivate"));
      inputs.add(invited(state -> state.complete(NOW)));
      inputs.add(invited(state -> state.completeForApproval(NOW)));
    }
    inputs.add(invited(state -> state.lapse(NOW)));
    inputs.add(approval(state -> state.approve(NOW)));
    inputs.add(approval(state -> state.refuse(NOW)));
    for (var reason : AuddisReason.values()) {
      inputs.add(report(new InstructionRejected(reason)));
    }
    return inputs;
  }

  private static BiFunction<MandateState, Instant, Move> input(String row) {
    return switch (row) {
      case "resend" -> request(new ResendInvite());
      case "revoke" -> request(new RevokeInvite());
      case "cancel" -> request(new Cancel(MOVED_OUT));
      case "suspend" -> request(new Suspend(MOVED_OUT, APRIL));
      case "reactivate" -> request(new Reactivate(true));
      case "rebank" -> request(new ChangeBankAccount());
      case "submitted" -> report(new InstructionSubmitted());
      case "accepted" -> report(new InstructionAccepted());
      case "AUDDIS" -> report(new InstructionRejected(AuddisReason.REFERENCE_NOT_UNIQUE));
      case "bank-ended" -> report(new InstructionCancelled(AddacsReason.ACCOUNT_TRANSFERRED));
      case "withdrawn" -> report(new InstructionWithdrawn());
      case "blocked" -> report(new InstructionBlocked());
      case "moved-on" -> report(new InstructionMoved());
      case "dormant" -> report(new DormancyReached());
      case "debit-sent" -> report(new DebitSubmitted());
      case "debit-denied" -> report(new DebitRejected());
      case "debit-ended" -> report(new DebitCancelled());
      case "debit-again" -> report(new DebitResubmitted(null));
      case "debit-back" -> report(new DebitReturned(null));
      case "debit-taken" -> report(new DebitCollected());
      case "debit-final" -> report(new DebitSettled());
      case "claim-ended" -> report(new ClaimWithdrawn(null));
      case "claim-paid" -> report(new ClaimSettled());
      case "AUDDIS-C+" -> report(new InstructionAmended(AuddisReason.BRANCH_CHANGED, NEW_ACCOUNT));
      case "ADDACS-3+" -> report(new AccountTransferred(NEW_ACCOUNT));
      default -> report(event(SchemeReason.parse(row)));
    };
  }

  private static SchemeEvent event(SchemeReason reason) {
    return switch (reason) {
      case AruddReason arudd -> new DebitReturned(arudd);
      case DdicReason ddic -> new ClaimRaised(ddic);
      case AuddisReason auddis -> new InstructionRejected(auddis);
      case AddacsReason addacs ->
          switch (addacs) {
            case REFER_TO_PAYER, CANCELLED_BY_PAYER, PAYER_DECEASED, ACCOUNT_CLOSED ->
                new InstructionCancelled(addacs);
            case ACCOUNT_TRANSFERRED -> new AccountTransferred(null);
            case BRANCH_CHANGED, INSTRUCTION_AMENDED -> new InstructionAmended(addacs, NEW_ACCOUNT);
            case NOTICE_DISPUTED -> new NoticeDisputed();
            case REINSTATED -> new InstructionReinstated();
          };
    };
  }

  private static BiFunction<MandateState, Instant, Move> request(MandateRequest request) {
    return (state, at) -> state.answer(request, at);
  }

  private static BiFunction<MandateState, Instant, Move> report(SchemeEvent event) {
    return (state, at) -> state.after(event, at);
  }

  private static BiFunction<MandateState, Instant, Move> invited(Function<Invited, Move> move) {
    return (state, at) -> state instanceof Invited that ? move.apply(that) : new Illegal(state);
  }

  private static BiFunction<MandateState, Instant, Move> approval(
      Function<PendingApproval, Move> move) {
    return (state, at) ->
        state instanceof PendingApproval that ? move.apply(that) : new Illegal(state);
  }

  private static Stream<MandateRequest> requests() {
    return Stream.of(
        new ResendInvite(),
        new RevokeInvite(),
        new Cancel(MOVED_OUT),
        new Suspend(MOVED_OUT, null),
        new Reactivate(true),
        new ChangeBankAccount());
  }

  private static Cancelled cancelledBy(Initiator initiator, SchemeReason reason) {
    return new Cancelled(BEFORE, initiator, new Reported(reason), 1);
  }

  private static Set<Effect> effects(Move move) {
    return ((Moved) move).effects();
  }

  private static List<String> codes(SchemeReason[] reasons) {
    return Arrays.stream(reasons).map(SchemeReason::code).toList();
  }

  private static String cell(Move move) {
    return switch (move) {
      case Illegal _ -> ".";
      case Unchanged _ -> "=";
      case NotReactivatable _ -> "!";
      case Doubtful _ -> "?";
      case Moved moved ->
          switch (moved.state().status()) {
            case INVITED -> "inv";
            case INVITE_EXPIRED -> "inx";
            case PENDING_APPROVAL -> "app";
            case PENDING_SUBMISSION -> "pen";
            case SUBMITTED -> "sub";
            case ACTIVE -> "act";
            case SUSPENDED -> "sus";
            case CANCELLED -> "can";
            case FAILED -> "fai";
            case EXPIRED -> "exp";
          };
    };
  }
}

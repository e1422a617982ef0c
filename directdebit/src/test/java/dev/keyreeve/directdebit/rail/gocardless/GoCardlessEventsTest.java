package dev.keyreeve.directdebit.rail.gocardless;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyreeve.directdebit.bacs.scheme.AruddReason;
import dev.keyreeve.directdebit.bacs.scheme.SchemeEvent;
import dev.keyreeve.directdebit.bacs.scheme.SchemeReason;
import dev.keyreeve.directdebit.rail.gocardless.GoCardlessEvent.Details;
import dev.keyreeve.directdebit.rail.gocardless.GoCardlessEvent.Told;
import dev.keyreeve.directdebit.rail.gocardless.Meaning.InviteCompleted;
import dev.keyreeve.directdebit.rail.gocardless.Meaning.InviteEnded;
import dev.keyreeve.directdebit.rail.gocardless.Meaning.InviteViewed;
import dev.keyreeve.directdebit.rail.gocardless.Meaning.Irrelevant;
import dev.keyreeve.directdebit.rail.gocardless.Meaning.MandateReplaced;
import dev.keyreeve.directdebit.rail.gocardless.Meaning.OfMandate;
import dev.keyreeve.directdebit.rail.gocardless.Meaning.OfPayment;
import dev.keyreeve.directdebit.rail.gocardless.Meaning.Unclear;
import dev.keyreeve.directdebit.rail.gocardless.Meaning.Unmapped;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class GoCardlessEventsTest {

  private static final ResourceId ID = new ResourceId("EV1");
  private static final Instant AT = Instant.parse("2026-04-14T09:34:30Z");

  /// Every action of mandates, payments and billing requests that the API reference documents, and,
  /// for Bacs, every cause and reason code of it. A dash is a value that is not sent. On the right
  /// stands the event in our words, or who else deals with it: nobody or a person.
  private static final String TABLE =
      """
      mandates created api mandate_created - : nobody
      mandates created gocardless mandate_created - : nobody
      mandates customer_approval_granted customer customer_approval_granted - : nobody
      mandates customer_approval_skipped customer customer_approval_skipped - : nobody
      mandates submitted gocardless mandate_submitted - : InstructionSubmitted
      mandates submitted bank bank_account_transferred - : nobody
      mandates active gocardless mandate_activated - : InstructionAccepted
      mandates active bank mandate_activated - : InstructionAccepted
      mandates reinstated bank mandate_reinstated - : InstructionReinstated ADDACS-R
      mandates reinstated gocardless mandate_reinstated - : InstructionAccepted
      mandates resubmission_requested api resubmission_requested - : nobody
      mandates resubmission_requested bank bank_account_transferred - : nobody
      mandates transferred bank bank_account_transferred - : InstructionMoved
      mandates transferred api mandate_transferred - : InstructionMoved
      mandates replaced gocardless scheme_identifier_changed - : replaced
      mandates consumed gocardless mandate_consumed - : InstructionWithdrawn
      mandates blocked gocardless mandate_blocked - : InstructionBlocked
      mandates blocked gocardless mandate_blocked_by_gocardless - : InstructionBlocked
      mandates suspended_by_payer bank mandate_suspended_by_payer - : person
      mandates resumed_by_payer bank mandate_resumed_by_payer - : person
      mandates expired gocardless mandate_expired - : DormancyReached
      mandates expired gocardless mandate_cancelled - : DormancyReached
      mandates expired bank mandate_cancelled - : DormancyReached
      mandates failed bank invalid_bank_details ARUDD-5 : InstructionRejected AUDDIS-5
      mandates failed bank invalid_bank_details ARUDD-Y : InstructionRejected AUDDIS-5
      mandates failed bank invalid_bank_details ARUDD-E : InstructionRejected AUDDIS-5
      mandates failed bank refer_to_payer ARUDD-6 : InstructionRejected AUDDIS-6
      mandates failed bank refer_to_payer ARUDD-0 : InstructionWithdrawn and person
      mandates failed bank bank_account_closed AUDDIS-2 : InstructionRejected AUDDIS-2
      mandates failed bank invalid_bank_details AUDDIS-5 : InstructionRejected AUDDIS-5
      mandates failed bank bank_account_closed AUDDIS-B : InstructionRejected AUDDIS-B
      mandates failed bank direct_debit_not_enabled AUDDIS-F : InstructionRejected AUDDIS-F
      mandates failed bank direct_debit_not_enabled AUDDIS-G : InstructionRejected AUDDIS-G
      mandates failed bank direct_debit_not_enabled AUDDIS-N : InstructionRejected AUDDIS-N
      mandates failed bank bank_account_transferred AUDDIS-3 : InstructionRejected AUDDIS-3
      mandates failed bank bank_account_transferred AUDDIS-C : InstructionRejected AUDDIS-C
      mandates failed bank bank_account_closed - : InstructionRejected AUDDIS-B
      mandates failed bank bank_account_transferred - : InstructionRejected AUDDIS-3
      mandates failed bank direct_debit_not_enabled - : InstructionRejected AUDDIS-G
      mandates failed bank invalid_bank_details - : InstructionRejected AUDDIS-5
      mandates failed bank mandate_cancelled - : InstructionRejected AUDDIS-1
      mandates failed bank refer_to_payer - : InstructionWithdrawn and person
      mandates failed bank authorisation_disputed - : InstructionWithdrawn and person
      mandates failed bank other - : InstructionWithdrawn and person
      mandates failed bank return_on_odfi_request - : InstructionWithdrawn and person
      mandates failed bank payment_stopped - : InstructionWithdrawn and person
      mandates failed - - - : InstructionWithdrawn and person
      mandates cancelled api mandate_cancelled - : InstructionWithdrawn
      mandates cancelled api bank_account_closed - : InstructionWithdrawn
      mandates cancelled gocardless mandate_cancelled - : InstructionWithdrawn
      mandates cancelled gocardless initial_one_off_payment_failed - : InstructionWithdrawn
      mandates cancelled customer mandate_cancelled - : InstructionCancelled ADDACS-1
      mandates cancelled payer mandate_cancelled - : InstructionCancelled ADDACS-1
      mandates cancelled somebody mandate_cancelled ADDACS-1 : InstructionWithdrawn and person
      mandates cancelled - - - : InstructionWithdrawn and person
      mandates cancelled bank mandate_cancelled ADDACS-0 : InstructionCancelled ADDACS-0
      mandates cancelled bank mandate_cancelled ADDACS-1 : InstructionCancelled ADDACS-1
      mandates cancelled bank bank_account_closed ADDACS-2 : InstructionCancelled ADDACS-2
      mandates cancelled bank bank_account_transferred ADDACS-3 : InstructionCancelled ADDACS-3
      mandates cancelled bank bank_account_transferred ADDACS-C : InstructionCancelled ADDACS-C
      mandates cancelled bank bank_account_transferred ADDACS-E : InstructionCancelled ADDACS-E
      mandates cancelled bank bank_account_closed ADDACS-B : InstructionCancelled ADDACS-B
      mandates cancelled bank authorisation_disputed ADDACS-D : InstructionCancelled ADDACS-D
      mandates cancelled bank mandate_cancelled ADDACS-R : InstructionWithdrawn and person
      mandates cancelled bank mandate_cancelled ARUDD-1 : InstructionCancelled ARUDD-1
      mandates cancelled bank bank_account_closed ARUDD-2 : InstructionCancelled ARUDD-2
      mandates cancelled bank bank_account_closed ARUDD-B : InstructionCancelled ARUDD-B
      mandates cancelled bank refer_to_payer ARUDD-6 : InstructionCancelled ARUDD-6
      mandates cancelled bank authorisation_disputed DDICA-4 : InstructionCancelled DDIC-4
      mandates cancelled bank authorisation_disputed DDICA-5 : InstructionCancelled DDIC-5
      mandates cancelled bank authorisation_disputed DDICA-6 : InstructionCancelled DDIC-6
      mandates cancelled bank authorisation_disputed DDICA-8 : InstructionCancelled DDIC-8
      mandates cancelled bank mandate_cancelled MD01 : InstructionCancelled ADDACS-1
      mandates cancelled bank bank_account_closed - : InstructionCancelled ADDACS-B
      mandates cancelled bank bank_account_transferred - : InstructionCancelled ADDACS-3
      mandates cancelled bank refer_to_payer - : InstructionCancelled ADDACS-0
      mandates cancelled bank invalid_bank_details - : InstructionCancelled ARUDD-5
      mandates cancelled bank direct_debit_not_enabled - : InstructionCancelled AUDDIS-G
      mandates cancelled bank authorisation_disputed - : InstructionCancelled DDIC-5
      mandates cancelled bank return_on_odfi_request - : InstructionWithdrawn and person
      mandates cancelled bank account_blocked_for_any_financial_transaction - : InstructionWithdrawn and person
      mandates cancelled bank payment_stopped - : InstructionWithdrawn and person
      mandates cancelled bank other - : InstructionWithdrawn and person
      mandates hibernated gocardless winter - : person
      payments created api payment_created - : nobody
      payments created gocardless payment_created - : nobody
      payments created api instalment_schedule_created - : nobody
      payments customer_approval_granted customer customer_approval_granted - : nobody
      payments customer_approval_denied customer customer_approval_denied - : DebitCancelled
      payments submitted gocardless payment_submitted - : DebitSubmitted
      payments confirmed gocardless payment_confirmed - : DebitCollected
      payments paid_out gocardless payment_paid_out - : DebitSettled
      payments late_failure_settled gocardless late_failure_settled - : nobody
      payments surcharge_fee_debited gocardless surcharge_fee_debited - : nobody
      payments resubmission_requested api payment_retried - : DebitResubmitted
      payments resubmission_requested gocardless payment_autoretried - : DebitResubmitted
      payments chargeback_cancelled bank payment_confirmed - : ClaimWithdrawn
      payments chargeback_cancelled gocardless payment_confirmed - : ClaimWithdrawn
      payments chargeback_settled gocardless chargeback_settled - : ClaimSettled
      payments charged_back bank authorisation_disputed DDICA-1 : ClaimRaised DDIC-1
      payments charged_back bank authorisation_disputed DDICA-2 : ClaimRaised DDIC-2
      payments charged_back bank authorisation_disputed DDICA-4 : ClaimRaised DDIC-4
      payments charged_back bank authorisation_disputed DDICA-5 : ClaimRaised DDIC-5
      payments charged_back bank authorisation_disputed DDICA-6 : ClaimRaised DDIC-6
      payments charged_back bank authorisation_disputed DDICA-8 : ClaimRaised DDIC-8
      payments charged_back bank authorisation_disputed DDIC-3 : ClaimRaised DDIC-3
      payments charged_back bank authorisation_disputed - : ClaimRaised DDIC-5
      payments charged_back bank refund_requested - : ClaimRaised DDIC-? and person
      payments charged_back bank mandate_cancelled - : ClaimRaised DDIC-? and person
      payments charged_back bank return_on_odfi_request - : ClaimRaised DDIC-? and person
      payments charged_back bank other - : ClaimRaised DDIC-? and person
      payments charged_back bank other ARUDD-1 : ClaimRaised DDIC-? and person
      payments failed bank refer_to_payer ARUDD-0 : DebitReturned ARUDD-0
      payments failed bank mandate_cancelled ARUDD-1 : DebitReturned ARUDD-1
      payments failed bank bank_account_closed ARUDD-2 : DebitReturned ARUDD-2
      payments failed bank bank_account_transferred ARUDD-3 : DebitReturned ARUDD-3
      payments failed bank authorisation_disputed ARUDD-4 : DebitReturned ARUDD-4
      payments failed bank invalid_bank_details ARUDD-5 : DebitReturned ARUDD-5
      payments failed bank invalid_bank_details ARUDD-Y : DebitReturned ARUDD-5
      payments failed bank invalid_bank_details ARUDD-E : DebitReturned ARUDD-5
      payments failed bank other ARUDD-6 : DebitReturned ARUDD-6
      payments failed bank authorisation_disputed ARUDD-7 : DebitReturned ARUDD-7
      payments failed bank bank_account_closed ARUDD-B : DebitReturned ARUDD-B
      payments failed bank refer_to_payer ADDACS-0 : DebitReturned and person
      payments failed bank test_failure TEST : DebitReturned ARUDD-0
      payments failed bank insufficient_funds AM04 : DebitReturned ARUDD-0
      payments failed bank refer_to_payer - : DebitReturned ARUDD-0
      payments failed bank mandate_cancelled - : DebitReturned ARUDD-1
      payments failed bank bank_account_closed - : DebitReturned ARUDD-B
      payments failed bank bank_account_transferred - : DebitReturned ARUDD-3
      payments failed bank direct_debit_not_enabled - : DebitReturned ARUDD-5
      payments failed bank authorisation_disputed - : DebitReturned and person
      payments failed bank return_on_odfi_request - : DebitReturned and person
      payments failed bank account_blocked_for_any_financial_transaction - : DebitReturned and person
      payments failed bank payment_stopped - : DebitReturned and person
      payments failed bank bank_declined_payment - : DebitReturned and person
      payments failed bank daily_payment_limit_reached - : DebitReturned and person
      payments failed bank insufficient_payment_permissions - : DebitReturned and person
      payments failed bank payment_violated_mandate_parameters - : DebitReturned and person
      payments failed bank other - : DebitReturned and person
      payments failed gocardless other INT_ERR : DebitReturned and person
      payments cancelled api payment_cancelled - : DebitCancelled
      payments cancelled api mandate_cancelled - : DebitCancelled
      payments cancelled bank mandate_cancelled ADDACS-1 : DebitCancelled
      payments cancelled gocardless mandate_expired - : DebitCancelled
      payments evaporated gocardless heat - : person
      billing_requests created api billing_request_created - : nobody
      billing_requests flow_created api billing_request_flow_created - : nobody
      billing_requests flow_visited payer billing_request_flow_visited - : viewed
      billing_requests flow_exited payer billing_request_flow_exited - : nobody
      billing_requests payer_details_confirmed payer payer_details_confirmed - : nobody
      billing_requests payer_geo_blocked gocardless payer_geo_blocked - : nobody
      billing_requests choose_currency payer choose_currency - : nobody
      billing_requests collect_customer_details payer collect_customer_details - : nobody
      billing_requests collect_bank_account payer collect_bank_account - : nobody
      billing_requests collect_amount payer collect_amount - : nobody
      billing_requests select_institution payer select_institution - : nobody
      billing_requests bank_authorisation_visited payer bank_authorisation_visited - : nobody
      billing_requests bank_authorisation_authorised payer bank_authorisation_authorised - : nobody
      billing_requests bank_authorisation_denied payer bank_authorisation_denied - : nobody
      billing_requests bank_authorisation_expired gocardless bank_authorisation_expired - : nobody
      billing_requests bank_authorisation_failed gocardless bank_authorisation_failed - : nobody
      billing_requests fulfilled payer billing_request_fulfilled - : completed
      billing_requests fulfilled api billing_request_fulfilled - : completed
      billing_requests cancelled api billing_request_cancelled - : ended
      billing_requests failed gocardless billing_request_failed - : person
      billing_requests levitated payer magic - : person
      refunds created api refund_created - : person
      subscriptions payment_created gocardless payment_created - : person
      instalment_schedules created api instalment_schedule_created - : person
      payouts paid gocardless payout_paid - : nobody
      creditors updated gocardless creditor_updated - : nobody
      customers created api customer_created - : nobody
      exports completed gocardless export_completed - : nobody
      organisations disconnected gocardless organisation_disconnected - : nobody
      scheme_identifiers activated gocardless scheme_identifier_activated - : nobody
      payer_authorisations completed payer payer_authorisation_completed - : nobody
      outbound_payments created api outbound_payment_created - : nobody
      payment_account_transactions created gocardless transaction_created - : nobody
      holograms projected gocardless light - : person
      """;

  @TestFactory
  Stream<DynamicTest> everyDocumentedEventMeansWhatTheTableSays() {
    return TABLE
        .lines()
        .map(
            line -> {
              var row = line.split(" : ", -1);
              return DynamicTest.dynamicTest(
                  row[0],
                  () ->
                      assertThat(describe(GoCardlessEvents.meaning(event(row[0]))))
                          .isEqualTo(row[1]));
            });
  }

  /// The names are those of the API reference.
  @Test
  void theTableNamesEveryDocumentedAction() {
    assertThat(actions("mandates"))
        .containsAll(
            Set.of(
                "created customer_approval_granted customer_approval_skipped active submitted"
                    .concat(" cancelled failed expired consumed blocked transferred replaced")
                    .concat(" reinstated resubmission_requested")
                    .split(" ", -1)));
    assertThat(actions("payments"))
        .containsAll(
            Set.of(
                "created customer_approval_granted customer_approval_denied submitted confirmed"
                    .concat(" cancelled failed charged_back chargeback_cancelled paid_out")
                    .concat(" late_failure_settled chargeback_settled surcharge_fee_debited")
                    .concat(" resubmission_requested")
                    .split(" ", -1)));
    assertThat(actions("billing_requests"))
        .containsAll(
            Set.of(
                "created flow_created flow_visited flow_exited payer_details_confirmed"
                    .concat(" payer_geo_blocked choose_currency collect_customer_details")
                    .concat(" collect_bank_account collect_amount select_institution")
                    .concat(" bank_authorisation_visited bank_authorisation_authorised")
                    .concat(" bank_authorisation_denied bank_authorisation_expired")
                    .concat(" bank_authorisation_failed fulfilled cancelled failed")
                    .split(" ", -1)));
  }

  @Test
  void aPaymentsEventSaysWhetherTheProviderTriesAgainAndWhatItFollowsFrom() {
    var parent = new ResourceId("EV0");
    var event =
        new Told(
            ID,
            AT,
            "payments",
            "failed",
            new Details("bank", "refer_to_payer", "bacs", "ARUDD-0", true),
            Map.of("payment", new ResourceId("PM1")),
            parent);

    assertThat(GoCardlessEvents.meaning(event))
        .isEqualTo(
            new OfPayment(
                ID,
                AT,
                new ResourceId("PM1"),
                new SchemeEvent.DebitReturned(AruddReason.REFER_TO_PAYER),
                true,
                parent));
  }

  @Test
  void anEventThatNamesNothingWaitsForAPerson() {
    for (var resourceType : List.of("mandates", "payments", "billing_requests")) {
      for (var action : List.of("submitted", "replaced", "fulfilled", "paid_out")) {
        var event =
            new Told(
                ID,
                AT,
                resourceType,
                action,
                new Details(null, null, null, null, false),
                Map.of(),
                null);

        assertThat(GoCardlessEvents.meaning(event)).isInstanceOf(Unmapped.class);
      }
    }
  }

  @Test
  void whatAPersonReadsHoldsNoLongOrStrangeWord() {
    var event =
        new Told(
            ID,
            AT,
            "mandates",
            "<script>",
            new Details("bank", "x".repeat(100), null, null, false),
            Map.of("mandate", new ResourceId("MD1")),
            null);

    assertThat(GoCardlessEvents.meaning(event))
        .isEqualTo(
            new Unmapped(
                ID, "The action is unknown. (mandates an unreadable word: an unreadable word)"));
  }

  private static Told event(String row) {
    var words = row.split(" ", -1);
    var kind = words[0].replaceFirst("s$", "");
    return new Told(
        ID,
        AT,
        words[0],
        words[1],
        new Details(sent(words[2]), sent(words[3]), "bacs", sent(words[4]), false),
        Map.of(
            kind,
            new ResourceId("X1"),
            "new_mandate",
            new ResourceId("X2"),
            "mandate_request_mandate",
            new ResourceId("X3")),
        null);
  }

  private static @Nullable String sent(String word) {
    return word.equals("-") ? null : word;
  }

  private static String describe(Meaning meaning) {
    assertThat(meaning.eventId()).isEqualTo(ID);
    var concerned = new ResourceId("X1");
    return switch (meaning) {
      case OfMandate(_, var at, var mandate, var event) -> {
        assertThat(at).isEqualTo(AT);
        assertThat(mandate).isEqualTo(concerned);
        yield describe(event);
      }
      case OfPayment(_, var at, var payment, var event, _, _) -> {
        assertThat(at).isEqualTo(AT);
        assertThat(payment).isEqualTo(concerned);
        yield describe(event);
      }
      case MandateReplaced replaced -> {
        assertThat(replaced)
            .isEqualTo(new MandateReplaced(ID, AT, concerned, new ResourceId("X2")));
        yield "replaced";
      }
      case InviteViewed viewed -> {
        assertThat(viewed).isEqualTo(new InviteViewed(ID, AT, concerned));
        yield "viewed";
      }
      case InviteCompleted completed -> {
        assertThat(completed)
            .isEqualTo(new InviteCompleted(ID, AT, concerned, new ResourceId("X3")));
        yield "completed";
      }
      case InviteEnded ended -> {
        assertThat(ended).isEqualTo(new InviteEnded(ID, AT, concerned));
        yield "ended";
      }
      case Unclear(var done, var why) -> {
        assertThat(why).isNotBlank();
        yield describe(done) + " and person";
      }
      case Irrelevant _ -> "nobody";
      case Unmapped _ -> "person";
    };
  }

  private static String describe(SchemeEvent event) {
    SchemeReason reason = event.reason();
    return event.getClass().getSimpleName() + (reason == null ? "" : " " + reason.code());
  }

  private static Set<String> actions(String resourceType) {
    return TABLE
        .lines()
        .map(line -> line.split(" ", -1))
        .filter(words -> words[0].equals(resourceType))
        .map(words -> words[1])
        .collect(Collectors.toSet());
  }
}

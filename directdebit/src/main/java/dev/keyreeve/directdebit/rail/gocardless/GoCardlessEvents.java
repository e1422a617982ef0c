package dev.keyreeve.directdebit.rail.gocardless;

import dev.keyreeve.directdebit.bacs.scheme.AddacsReason;
import dev.keyreeve.directdebit.bacs.scheme.SchemeEvent;
import dev.keyreeve.directdebit.bacs.scheme.SchemeEvent.ClaimSettled;
import dev.keyreeve.directdebit.bacs.scheme.SchemeEvent.ClaimWithdrawn;
import dev.keyreeve.directdebit.bacs.scheme.SchemeEvent.DebitCancelled;
import dev.keyreeve.directdebit.bacs.scheme.SchemeEvent.DebitCollected;
import dev.keyreeve.directdebit.bacs.scheme.SchemeEvent.DebitSettled;
import dev.keyreeve.directdebit.bacs.scheme.SchemeEvent.DebitSubmitted;
import dev.keyreeve.directdebit.bacs.scheme.SchemeEvent.DormancyReached;
import dev.keyreeve.directdebit.bacs.scheme.SchemeEvent.InstructionAccepted;
import dev.keyreeve.directdebit.bacs.scheme.SchemeEvent.InstructionAmended;
import dev.keyreeve.directdebit.bacs.scheme.SchemeEvent.InstructionCancelled;
import dev.keyreeve.directdebit.bacs.scheme.SchemeEvent.InstructionReinstated;
import dev.keyreeve.directdebit.bacs.scheme.SchemeEvent.InstructionSubmitted;
import dev.keyreeve.directdebit.bacs.scheme.SchemeEvent.InstructionWithdrawn;
import dev.keyreeve.directdebit.rail.gocardless.GoCardlessEvent.Garbled;
import dev.keyreeve.directdebit.rail.gocardless.GoCardlessEvent.Told;
import dev.keyreeve.directdebit.rail.gocardless.Meaning.InviteCompleted;
import dev.keyreeve.directdebit.rail.gocardless.Meaning.InviteEnded;
import dev.keyreeve.directdebit.rail.gocardless.Meaning.InviteViewed;
import dev.keyreeve.directdebit.rail.gocardless.Meaning.Irrelevant;
import dev.keyreeve.directdebit.rail.gocardless.Meaning.MandateReplaced;
import dev.keyreeve.directdebit.rail.gocardless.Meaning.OfMandate;
import dev.keyreeve.directdebit.rail.gocardless.Meaning.OfPayment;
import dev.keyreeve.directdebit.rail.gocardless.Meaning.Unmapped;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Puts the events of GoCardless into the words of every scheme. What it does not know for sure it
/// leaves to a person; it drops nothing.
public final class GoCardlessEvents {

  private GoCardlessEvents() {}

  public static Meaning meaning(GoCardlessEvent event) {
    return switch (event) {
      case Garbled(var id, var why) -> new Unmapped(id, "The event cannot be read: " + why + ".");
      case Told told ->
          switch (told.resourceType()) {
            case "mandates" -> mandate(told);
            case "payments" -> payment(told);
            case "billing_requests" -> billingRequest(told);
            case "refunds" -> unmapped(told, "Money went back to a payer by another way.");
            case "subscriptions", "instalment_schedules" ->
                unmapped(told, "Something else collects from the payers of this account.");
            case "creditors",
                "customers",
                "exports",
                "organisations",
                "outbound_payments",
                "payer_authorisations",
                "payment_account_transactions",
                "payouts",
                "scheme_identifiers" ->
                new Irrelevant(told.id());
            default -> unmapped(told, "The kind of resource is unknown.");
          };
    };
  }

  private static Meaning mandate(Told event) {
    return switch (event.action()) {
      case "created",
          "customer_approval_granted",
          "customer_approval_skipped",
          "resubmission_requested" ->
          new Irrelevant(event.id());
      case "submitted" -> submitted(event);
      case "active" -> mandate(event, new InstructionAccepted());
      case "reinstated" -> reinstated(event);
      case "transferred" ->
          mandate(event, new InstructionAmended(AddacsReason.INSTRUCTION_AMENDED, null));
      case "failed" ->
          mandate(
              event, Causes.rejection(event.details()).map(SchemeEvent.InstructionRejected::new));
      case "cancelled" -> cancelled(event);
      case "expired" -> expired(event);
      case "replaced" -> replaced(event);
      case "blocked" -> unmapped(event, "The mandate is blocked; no payment can be created.");
      case "suspended_by_payer", "resumed_by_payer", "consumed" ->
          unmapped(event, "It does not happen to a mandate of Bacs.");
      default -> unmapped(event, "The action is unknown.");
    };
  }

  private static Meaning payment(Told event) {
    return switch (event.action()) {
      case "created",
          "customer_approval_granted",
          "late_failure_settled",
          "surcharge_fee_debited" ->
          new Irrelevant(event.id());
      case "resubmission_requested" -> resubmitted(event);
      case "submitted" -> payment(event, new DebitSubmitted());
      case "confirmed" -> payment(event, new DebitCollected());
      case "paid_out" -> payment(event, new DebitSettled());
      case "failed" ->
          payment(event, Causes.unpaid(event.details()).map(SchemeEvent.DebitReturned::new));
      case "cancelled", "customer_approval_denied" -> payment(event, new DebitCancelled());
      case "charged_back" ->
          payment(event, Causes.claim(event.details()).map(SchemeEvent.ClaimRaised::new));
      case "chargeback_cancelled" -> payment(event, new ClaimWithdrawn(null));
      case "chargeback_settled" -> payment(event, new ClaimSettled());
      default -> unmapped(event, "The action is unknown.");
    };
  }

  private static Meaning billingRequest(Told event) {
    var request = event.links().get("billing_request");
    if (request == null) return unmapped(event, "The event does not name its billing request.");

    return switch (event.action()) {
      case "flow_visited" -> new InviteViewed(event.id(), event.createdAt(), request);
      case "fulfilled" ->
          new InviteCompleted(
              event.id(), event.createdAt(), request, event.links().get("mandate_request_mandate"));
      case "cancelled" -> new InviteEnded(event.id(), event.createdAt(), request);
      case "failed" -> unmapped(event, "The invite could not be fulfilled.");
      case "created",
          "flow_created",
          "flow_exited",
          "payer_details_confirmed",
          "payer_geo_blocked",
          "choose_currency",
          "collect_customer_details",
          "collect_bank_account",
          "collect_amount",
          "select_institution",
          "bank_authorisation_visited",
          "bank_authorisation_authorised",
          "bank_authorisation_denied",
          "bank_authorisation_expired",
          "bank_authorisation_failed" ->
          new Irrelevant(event.id());
      default -> unmapped(event, "The action is unknown.");
    };
  }

  /// After a transfer GoCardless lodges the instruction at the new bank by itself; the mandate
  /// stays as it is.
  private static Meaning submitted(Told event) {
    return "bank_account_transferred".equals(event.details().cause())
        ? new Irrelevant(event.id())
        : mandate(event, new InstructionSubmitted());
  }

  /// What a bank brings back, its payer had cancelled there, or it was taken to be dormant; what
  /// GoCardless brings back was lodged anew at the collector's request.
  private static Meaning reinstated(Told event) {
    return mandate(
        event,
        "bank".equals(event.details().origin())
            ? new InstructionReinstated()
            : new InstructionAccepted());
  }

  private static Meaning cancelled(Told event) {
    return switch (event.details().origin()) {
      case "api", "gocardless" -> mandate(event, new InstructionWithdrawn());
      case "customer", "payer" ->
          mandate(event, new InstructionCancelled(AddacsReason.CANCELLED_BY_PAYER));
      case "bank" ->
          mandate(event, Causes.cancellation(event.details()).map(InstructionCancelled::new));
      case null, default -> unmapped(event, "It is unknown who has cancelled the mandate.");
    };
  }

  private static Meaning expired(Told event) {
    return "mandate_expired".equals(event.details().cause())
        ? mandate(event, new DormancyReached())
        : unmapped(event, "It is not for dormancy that the mandate has expired.");
  }

  private static Meaning resubmitted(Told event) {
    return "api".equals(event.details().origin())
        ? new Irrelevant(event.id())
        : unmapped(event, "GoCardless presents the payment again of itself.");
  }

  private static Meaning replaced(Told event) {
    var mandate = event.links().get("mandate");
    var replacedBy = event.links().get("new_mandate");
    if (mandate == null || replacedBy == null) {
      return unmapped(event, "The event does not name both mandates.");
    }

    return new MandateReplaced(event.id(), event.createdAt(), mandate, replacedBy);
  }

  private static Meaning mandate(Told told, Optional<? extends SchemeEvent> event) {
    return event.isPresent() ? mandate(told, event.get()) : unknownReason(told);
  }

  private static Meaning mandate(Told told, SchemeEvent event) {
    var mandate = told.links().get("mandate");
    return mandate == null
        ? unmapped(told, "The event does not name its mandate.")
        : new OfMandate(told.id(), told.createdAt(), mandate, event);
  }

  private static Meaning payment(Told told, Optional<? extends SchemeEvent> event) {
    return event.isPresent() ? payment(told, event.get()) : unknownReason(told);
  }

  private static Meaning payment(Told told, SchemeEvent event) {
    var payment = told.links().get("payment");
    return payment == null
        ? unmapped(told, "The event does not name its payment.")
        : new OfPayment(
            told.id(),
            told.createdAt(),
            payment,
            event,
            told.details().willAttemptRetry(),
            told.parent());
  }

  private static Unmapped unknownReason(Told event) {
    return unmapped(event, "The reason is unknown.");
  }

  private static Unmapped unmapped(Told event, String why) {
    var details = event.details();
    return new Unmapped(
        event.id(),
        "%s (%s %s: %s)"
            .formatted(
                why,
                word(event.resourceType()),
                word(event.action()),
                word(details.reasonCode() == null ? details.cause() : details.reasonCode())));
  }

  /// A word as a person may read it, which no long or strange one can spoil.
  private static String word(@Nullable String text) {
    if (text == null) return "no cause";
    return text.matches("[A-Za-z0-9_.-]{1,60}") ? text : "an unreadable word";
  }
}

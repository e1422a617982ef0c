package dev.keyreeve.directdebit.rail.gocardless;

import dev.keyreeve.directdebit.bacs.scheme.AddacsReason;
import dev.keyreeve.directdebit.bacs.scheme.DdicReason;
import dev.keyreeve.directdebit.bacs.scheme.SchemeEvent;
import dev.keyreeve.directdebit.bacs.scheme.SchemeEvent.ClaimRaised;
import dev.keyreeve.directdebit.bacs.scheme.SchemeEvent.ClaimSettled;
import dev.keyreeve.directdebit.bacs.scheme.SchemeEvent.ClaimWithdrawn;
import dev.keyreeve.directdebit.bacs.scheme.SchemeEvent.DebitCancelled;
import dev.keyreeve.directdebit.bacs.scheme.SchemeEvent.DebitCollected;
import dev.keyreeve.directdebit.bacs.scheme.SchemeEvent.DebitResubmitted;
import dev.keyreeve.directdebit.bacs.scheme.SchemeEvent.DebitReturned;
import dev.keyreeve.directdebit.bacs.scheme.SchemeEvent.DebitSettled;
import dev.keyreeve.directdebit.bacs.scheme.SchemeEvent.DebitSubmitted;
import dev.keyreeve.directdebit.bacs.scheme.SchemeEvent.DormancyReached;
import dev.keyreeve.directdebit.bacs.scheme.SchemeEvent.InstructionAccepted;
import dev.keyreeve.directdebit.bacs.scheme.SchemeEvent.InstructionBlocked;
import dev.keyreeve.directdebit.bacs.scheme.SchemeEvent.InstructionCancelled;
import dev.keyreeve.directdebit.bacs.scheme.SchemeEvent.InstructionMoved;
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
import dev.keyreeve.directdebit.rail.gocardless.Meaning.Unclear;
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
      case "transferred" -> mandate(event, new InstructionMoved());
      case "failed" ->
          ended(event, Causes.rejection(event.details()).map(SchemeEvent.InstructionRejected::new));
      case "cancelled" -> cancelled(event);
      case "expired" -> mandate(event, new DormancyReached());
      case "consumed" -> mandate(event, new InstructionWithdrawn());
      case "replaced" -> replaced(event);
      case "blocked" -> mandate(event, new InstructionBlocked());
      case "suspended_by_payer", "resumed_by_payer" ->
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
      case "resubmission_requested" -> payment(event, new DebitResubmitted(null));
      case "submitted" -> payment(event, new DebitSubmitted());
      case "confirmed" -> payment(event, new DebitCollected());
      case "paid_out" -> payment(event, new DebitSettled());
      case "failed" -> failed(event);
      case "cancelled", "customer_approval_denied" -> payment(event, new DebitCancelled());
      case "charged_back" -> claimed(event);
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
          ended(event, Causes.cancellation(event.details()).map(InstructionCancelled::new));
      case null, default -> unclear(event, "It is unknown who has cancelled the mandate.");
    };
  }

  /// Whatever it is for, nothing can be collected under a mandate that has ended.
  private static Meaning ended(Told told, Optional<? extends SchemeEvent> event) {
    return event.isPresent() ? mandate(told, event.get()) : unclear(told, "The reason is unknown.");
  }

  private static Meaning unclear(Told event, String why) {
    return withWords(mandate(event, new InstructionWithdrawn()), event, why);
  }

  /// Whatever it is for, the money has not come.
  private static Meaning failed(Told event) {
    var reason = Causes.unpaid(event.details());
    return reason.isPresent()
        ? payment(event, new DebitReturned(reason.get()))
        : withWords(payment(event, new DebitReturned(null)), event, "The reason is unknown.");
  }

  /// What is claimed back was collected; a claim is kept for a reason that is known.
  private static Meaning claimed(Told event) {
    var reason = Causes.claim(event.details());
    var claimed = payment(event, new ClaimRaised(reason.orElse(DdicReason.UNKNOWN)));
    return reason.isPresent()
        ? claimed
        : withWords(
            claimed, event, "The payer has claimed the debit back, for a reason that is unknown.");
  }

  private static Meaning withWords(Meaning meaning, Told event, String why) {
    return meaning instanceof Unmapped ? meaning : new Unclear(meaning, words(event, why));
  }

  private static Meaning replaced(Told event) {
    var mandate = event.links().get("mandate");
    var replacedBy = event.links().get("new_mandate");
    if (mandate == null || replacedBy == null) {
      return unmapped(event, "The event does not name both mandates.");
    }

    return new MandateReplaced(event.id(), event.createdAt(), mandate, replacedBy);
  }

  private static Meaning mandate(Told told, SchemeEvent event) {
    var mandate = told.links().get("mandate");
    return mandate == null
        ? unmapped(told, "The event does not name its mandate.")
        : new OfMandate(told.id(), told.createdAt(), mandate, event);
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

  private static Unmapped unmapped(Told event, String why) {
    return new Unmapped(event.id(), words(event, why));
  }

  private static String words(Told event, String why) {
    var details = event.details();
    return "%s (%s %s: %s)"
        .formatted(
            why,
            word(event.resourceType()),
            word(event.action()),
            word(details.reasonCode() == null ? details.cause() : details.reasonCode()));
  }

  /// A word as a person may read it, which no long or strange one can spoil.
  private static String word(@Nullable String text) {
    if (text == null) return "no cause";
    return text.matches("[A-Za-z0-9_.-]{1,60}") ? text : "an unreadable word";
  }
}

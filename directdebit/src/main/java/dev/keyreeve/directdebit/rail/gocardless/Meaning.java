package dev.keyreeve.directdebit.rail.gocardless;

import dev.keyreeve.directdebit.bacs.scheme.SchemeEvent;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What an event of GoCardless means to whoever collects.
public sealed interface Meaning {

  /// By which an event is known that comes a second time.
  ResourceId eventId();

  /// Something happened to an instruction.
  record OfMandate(ResourceId eventId, Instant at, ResourceId mandate, SchemeEvent event)
      implements Meaning {}

  /// Something happened to a debit.
  ///
  /// @param providerRetries whether GoCardless presents it again of itself, so that nobody else
  ///   must
  /// @param parent the event that this one follows from, such as the end of the mandate
  record OfPayment(
      ResourceId eventId,
      Instant at,
      ResourceId payment,
      SchemeEvent event,
      boolean providerRetries,
      @Nullable ResourceId parent)
      implements Meaning {}

  /// What happened is clear, and not why: it is done, and a person is told.
  ///
  /// @param done of a mandate or a debit
  record Unclear(Meaning done, String why) implements Meaning {
    @Override
    public ResourceId eventId() {
      return done.eventId();
    }
  }

  /// Another mandate has taken the place of one; debits are collected under it from now on.
  record MandateReplaced(ResourceId eventId, Instant at, ResourceId mandate, ResourceId replacedBy)
      implements Meaning {}

  /// The payer has opened the page of an invite.
  record InviteViewed(ResourceId eventId, Instant at, ResourceId billingRequest)
      implements Meaning {}

  /// The payer has given bank details and authority.
  ///
  /// @param mandate null if the event does not name it; the billing request does
  record InviteCompleted(
      ResourceId eventId, Instant at, ResourceId billingRequest, @Nullable ResourceId mandate)
      implements Meaning {}

  /// The invite has been taken back; nothing will come of it.
  record InviteEnded(ResourceId eventId, Instant at, ResourceId billingRequest)
      implements Meaning {}

  /// It changes nothing that is kept here.
  record Irrelevant(ResourceId eventId) implements Meaning {}

  /// A person has to look at it.
  record Unmapped(ResourceId eventId, String why) implements Meaning {}
}

package dev.keyreeve.directdebit.gocardless;

import org.jspecify.annotations.Nullable;

/// An invite to a payer to set up a mandate on GoCardless's own pages.
///
/// @param mandate what came of it, once it is fulfilled
/// @param customer the payer, once known
public record BillingRequest(
    ResourceId id,
    Word<Status> status,
    @Nullable ResourceId mandate,
    @Nullable ResourceId customer) {

  public enum Status {
    PENDING,
    READY_TO_FULFIL,
    FULFILLING,
    FULFILLED,
    CANCELLED
  }

  static BillingRequest read(Fields fields) throws Malformed {
    var links = fields.in("links");
    return new BillingRequest(
        fields.id("id"),
        Word.parse(Status.class, fields.text("status")),
        links.optionalId("mandate_request_mandate"),
        links.optionalId("customer"));
  }
}

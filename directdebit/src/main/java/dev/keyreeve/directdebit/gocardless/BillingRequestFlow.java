package dev.keyreeve.directdebit.gocardless;

import java.net.URI;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A way for the payer to fulfil a billing request.
///
/// @param authorisationUrl the page to send the payer to; who has it can act as the payer
/// @param expiresAt when the page ends; mostly seven days after it was made
public record BillingRequestFlow(
    ResourceId id, URI authorisationUrl, @Nullable Instant expiresAt, ResourceId billingRequest) {

  static BillingRequestFlow read(Fields fields) throws Malformed {
    return new BillingRequestFlow(
        fields.id("id"),
        fields.webAddress("authorisation_url"),
        fields.optionalInstant("expires_at"),
        fields.in("links").id("billing_request"));
  }

  /// Leaves the page's address out.
  @Override
  public String toString() {
    return "BillingRequestFlow[" + id + " for " + billingRequest + "]";
  }
}

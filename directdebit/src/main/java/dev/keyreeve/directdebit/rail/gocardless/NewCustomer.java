package dev.keyreeve.directdebit.rail.gocardless;

import dev.keyreeve.directdebit.mandate.payer.Contact;

/// A payer to be known to GoCardless.
///
/// @param reference the caller's own, kept as metadata so that people find it
public record NewCustomer(Contact contact, String reference) {

  /// Names nobody.
  @Override
  public String toString() {
    return "NewCustomer[" + reference + "]";
  }
}

package dev.keyreeve.directdebit.rail.gocardless;

import org.jspecify.annotations.Nullable;

/// A payer's account, of which GoCardless gives no more than the last digits.
///
/// @param numberEnding two digits, or none
/// @param enabled whether mandates can be set up on it
public record CustomerBankAccount(
    ResourceId id, @Nullable String numberEnding, boolean enabled, ResourceId customer) {

  static CustomerBankAccount read(Fields fields) throws Malformed {
    return new CustomerBankAccount(
        fields.id("id"),
        fields.optionalText("account_number_ending"),
        fields.flag("enabled", true),
        fields.in("links").id("customer"));
  }
}

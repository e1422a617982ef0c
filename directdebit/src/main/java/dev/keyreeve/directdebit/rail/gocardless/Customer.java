package dev.keyreeve.directdebit.rail.gocardless;

/// A payer, as GoCardless keeps one.
public record Customer(ResourceId id) {

  static Customer read(Fields fields) throws Malformed {
    return new Customer(fields.id("id"));
  }
}

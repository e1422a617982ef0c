package dev.keyreeve.directdebit.collection;

import java.time.LocalDate;

/// What a payer claims back of a collection.
///
/// @param reason the code of the bank's claim
/// @param status the claim's, such as `received`
/// @param settlesOn when the collector's account is debited, unless the claim is challenged
record ClawbackView(
    String id,
    String reason,
    String status,
    LocalDate receivedOn,
    LocalDate challengeBy,
    LocalDate settlesOn) {}

package dev.keyreeve.directdebit.mandate;

import java.time.LocalDate;

/// A debit under a mandate, in short.
///
/// @param id the collection's
/// @param amount in pence
/// @param status the collection's, such as `scheduled`
public record DebitView(
    String id, long amount, LocalDate dueOn, LocalDate entryOn, String status) {}

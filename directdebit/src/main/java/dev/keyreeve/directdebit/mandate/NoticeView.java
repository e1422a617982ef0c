package dev.keyreeve.directdebit.mandate;

import java.time.LocalDate;

/// An advance notice that a payer is to get.
///
/// @param amount of the debit, in pence
/// @param entryOn the day of the debit
/// @param noticeBy the last day on which the payer can be told
public record NoticeView(String collectionId, long amount, LocalDate entryOn, LocalDate noticeBy) {}

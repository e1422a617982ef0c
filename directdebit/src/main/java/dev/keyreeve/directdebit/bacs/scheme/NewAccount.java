package dev.keyreeve.directdebit.bacs.scheme;

import dev.keyreeve.directdebit.bacs.bankaccount.AccountNumber;
import dev.keyreeve.directdebit.bacs.bankaccount.SortCode;

/// The account that a bank names in the place of the one that it knew. It is the same payer's, so
/// the holder's name stays the one that the payer gave: a bank cuts it to 18 characters.
public record NewAccount(SortCode sortCode, AccountNumber accountNumber) {}

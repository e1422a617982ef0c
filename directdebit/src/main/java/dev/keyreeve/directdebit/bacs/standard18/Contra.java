package dev.keyreeve.directdebit.bacs.standard18;

import dev.keyreeve.directdebit.bacs.BacsAccount;
import dev.keyreeve.directdebit.bacs.money.Pence;
import java.time.LocalDate;

/// The credit that balances a day's debits for an account of the collector.
public record Contra(BacsAccount collector, Pence amount, LocalDate processingDay) {}

package dev.keyreeve.directdebit.mandate.schedule;

import dev.keyreeve.directdebit.bacs.money.Pence;
import java.time.LocalDate;

/// One debit of a schedule.
///
/// @param period which one it is: `2027-02` where months are counted, `2027-02-12` where weeks are
/// @param dueOn the day by the schedule, be it one on which banks work or not
/// @param isFirst whether nothing of the schedule comes before it
/// @param isLast whether nothing of the schedule comes after it
public record Instalment(
    String period, LocalDate dueOn, Pence amount, boolean isFirst, boolean isLast) {}

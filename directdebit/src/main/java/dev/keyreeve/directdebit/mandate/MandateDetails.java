package dev.keyreeve.directdebit.mandate;

import dev.keyreeve.procedure.shape.Unwrapped;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/// A mandate with what is to be collected under it.
///
/// @param nextPossibleDate the first day on which a debit that is asked for now can be made; absent
///   while nothing can be collected
record MandateDetails(
    @Unwrapped MandateView mandate,
    @Nullable ScheduleView schedule,
    @Nullable LocalDate nextPossibleDate) {}

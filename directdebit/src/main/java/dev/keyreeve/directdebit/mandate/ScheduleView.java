package dev.keyreeve.directdebit.mandate;

import dev.keyreeve.directdebit.mandate.schedule.ScheduleDraft;
import dev.keyreeve.procedure.shape.Unwrapped;

/// The plan of debits under a mandate.
public record ScheduleView(String id, @Unwrapped ScheduleDraft plan) {}

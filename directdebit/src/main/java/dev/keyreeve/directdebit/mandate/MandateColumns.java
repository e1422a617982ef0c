package dev.keyreeve.directdebit.mandate;

import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/// A [MandateState] laid flat, as the columns of a row. Every state has a status, a since, a number
/// of submissions and the resubmitting flag, which a cancellation keeps; `suspendedUntil` may come
/// with a suspension, `reason` comes with a suspension, a cancellation or a failure, `initiator`
/// with a cancellation.
public record MandateColumns(
    MandateStatus status,
    Instant since,
    @Nullable LocalDate suspendedUntil,
    @Nullable Initiator initiator,
    @Nullable String reason,
    int submissions,
    boolean resubmitting) {}

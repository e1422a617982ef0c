package dev.keyreeve.directdebit.rail.submission;

import dev.keyreeve.directdebit.bacs.VolumeSerial;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/// A row of the store, without the file.
///
/// @param sha256 of the file, in hexadecimal digits; null where items are sent one by one
/// @param duplicateOf a submission of the same day with as many debits of the same total
record Submission(
    String id,
    String serviceUser,
    @Nullable VolumeSerial serial,
    SubmissionStatus status,
    LocalDate inputDay,
    @Nullable String sha256,
    int debits,
    long debitTotal,
    int instructions,
    Instant sealedAt,
    @Nullable Instant sentAt,
    @Nullable Instant answeredAt,
    @Nullable String duplicateOf) {}

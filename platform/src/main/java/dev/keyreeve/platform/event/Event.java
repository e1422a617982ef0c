package dev.keyreeve.platform.event;

import org.jspecify.annotations.Nullable;

/// Something that happened, before it has a number.
///
/// @param type dotted, such as `mandate.cancelled`
/// @param subjectId what it happened to
/// @param cause neutral, the same for every bank scheme; `reasonCode` is the scheme's own
/// @param snapshot the new state as JSON, without secrets and bank details
public record Event(
    String type,
    String subjectId,
    Origin origin,
    @Nullable String cause,
    @Nullable String reasonCode,
    String snapshot) {}

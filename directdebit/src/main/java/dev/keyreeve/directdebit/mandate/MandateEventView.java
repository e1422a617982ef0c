package dev.keyreeve.directdebit.mandate;

import dev.keyreeve.directdebit.bacs.origin.Origin;
import dev.keyreeve.platform.feed.Numbered;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Something that happened to a mandate, as callers see it.
///
/// @param seq its place among the events of the workspace, which rise without falling back
/// @param cause why, in a word that is the same for every scheme; `reasonCode` is the scheme's own
/// @param mandate the mandate right after it
record MandateEventView(
    long seq,
    String id,
    MandateEventType type,
    Instant occurredAt,
    Origin origin,
    @Nullable String cause,
    @Nullable String reasonCode,
    MandateSnapshot mandate)
    implements Numbered {}

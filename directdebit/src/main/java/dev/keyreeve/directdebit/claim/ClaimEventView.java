package dev.keyreeve.directdebit.claim;

import dev.keyreeve.directdebit.feed.Numbered;
import dev.keyreeve.platform.event.Origin;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Something that happened to a claim, as callers see it.
///
/// @param seq its place among the events of the workspace, which rise without falling back
/// @param cause why the payer claims, in a word that is the same for every scheme; `reasonCode` is
///   the scheme's own
/// @param clawback the claim right after it
record ClaimEventView(
    long seq,
    String id,
    ClaimEventType type,
    Instant occurredAt,
    Origin origin,
    @Nullable String cause,
    @Nullable String reasonCode,
    ClaimSnapshot clawback)
    implements Numbered {}

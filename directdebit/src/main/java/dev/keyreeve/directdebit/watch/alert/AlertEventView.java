package dev.keyreeve.directdebit.watch.alert;

import dev.keyreeve.directdebit.bacs.origin.Origin;
import dev.keyreeve.platform.feed.Numbered;
import java.time.Instant;

/// Something that happened to an alert, as callers see it.
///
/// @param seq its place among the events of the workspace, which rise without falling back
/// @param alert the alert right after it
record AlertEventView(
    long seq,
    String id,
    AlertEventType type,
    Instant occurredAt,
    Origin origin,
    AlertSnapshot alert)
    implements Numbered {}

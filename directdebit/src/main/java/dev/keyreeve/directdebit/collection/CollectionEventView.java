package dev.keyreeve.directdebit.collection;

import dev.keyreeve.directdebit.feed.Numbered;
import dev.keyreeve.platform.event.Origin;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Something that happened to a collection, as callers see it.
///
/// @param seq its place among the events of the workspace, which rise without falling back
/// @param cause why, in a word that is the same for every scheme; `reasonCode` is the scheme's own
/// @param parentEvent the `seq` of the event that brought this one about, such as the end of its
///   mandate
/// @param collection the collection right after it
record CollectionEventView(
    long seq,
    String id,
    CollectionEventType type,
    Instant occurredAt,
    Origin origin,
    @Nullable String cause,
    @Nullable String reasonCode,
    @Nullable Long parentEvent,
    CollectionSnapshot collection)
    implements Numbered {}

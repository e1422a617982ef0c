package dev.keyreeve.directdebit.collection.claim;

import dev.keyreeve.directdebit.bacs.origin.Origin;
import dev.keyreeve.directdebit.collection.CollectionSnapshot;
import dev.keyreeve.platform.event.Occurrence;
import dev.keyreeve.platform.feed.Numbered;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Something that happened to a collection or to a claim on one, as callers see it.
///
/// @param seq its place among the events of the workspace, which rise without falling back
/// @param cause why, in a word that is the same for every scheme; `reasonCode` is the scheme's own
/// @param parentEvent the `seq` of the event that brought this one about, such as the end of its
///   mandate
/// @param collection the collection right after it, if its type begins with `collection`
/// @param clawback the claim right after it, if its type begins with `clawback`
record CollectionEventView(
    long seq,
    String id,
    CollectionEventType type,
    Instant occurredAt,
    Origin origin,
    @Nullable String cause,
    @Nullable String reasonCode,
    @Nullable Long parentEvent,
    @Nullable CollectionSnapshot collection,
    @Nullable ClaimSnapshot clawback)
    implements Numbered {

  static CollectionEventView of(Occurrence occurrence, CollectionSnapshot collection) {
    return of(occurrence, collection, null);
  }

  static CollectionEventView of(Occurrence occurrence, ClaimSnapshot clawback) {
    return of(occurrence, null, clawback);
  }

  private static CollectionEventView of(
      Occurrence occurrence,
      @Nullable CollectionSnapshot collection,
      @Nullable ClaimSnapshot clawback) {
    var event = occurrence.event();
    return new CollectionEventView(
        occurrence.seq(),
        occurrence.id(),
        new CollectionEventType(event.type()),
        occurrence.at(),
        Origin.of(event.origin()),
        event.cause(),
        event.reasonCode(),
        occurrence.parentSeq(),
        collection,
        clawback);
  }
}

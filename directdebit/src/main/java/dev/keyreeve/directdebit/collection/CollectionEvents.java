package dev.keyreeve.directdebit.collection;

import dev.keyreeve.directdebit.feed.EventFeed;
import dev.keyreeve.directdebit.mandate.Source;
import dev.keyreeve.platform.event.Event;
import dev.keyreeve.platform.event.Occurrence;
import dev.keyreeve.platform.tenancy.Tx;
import dev.keyreeve.procedure.shape.Shape;
import org.jspecify.annotations.Nullable;

/// What the workspace's log says of collections.
final class CollectionEvents {
  private static final Shape<CollectionSnapshot> SNAPSHOT = Shape.of(CollectionSnapshot.class);

  static final EventFeed<CollectionSnapshot, CollectionEventView> FEED =
      new EventFeed<>(CollectionEventType.ALL, SNAPSHOT, CollectionEvents::view);

  private CollectionEvents() {}

  static void tell(
      Tx tx,
      CollectionEvent event,
      Collection collection,
      @Nullable AttemptId attempt,
      Source source,
      @Nullable Event parent) {
    var reason = source.reason();
    tx.emit(
        new Event(
            event.type(),
            collection.id().text(),
            source.origin(),
            reason == null ? null : reason.cause(),
            reason == null ? null : reason.code(),
            SNAPSHOT.stored(CollectionSnapshot.of(collection, attempt))),
        parent);
  }

  private static CollectionEventView view(Occurrence occurrence, CollectionSnapshot collection) {
    var event = occurrence.event();
    return new CollectionEventView(
        occurrence.seq(),
        occurrence.id(),
        new CollectionEventType(event.type()),
        occurrence.at(),
        event.origin(),
        event.cause(),
        event.reasonCode(),
        occurrence.parentSeq(),
        collection);
  }
}

package dev.keyreeve.directdebit.collection;

import dev.keyreeve.directdebit.feed.EventFeed;
import dev.keyreeve.directdebit.feed.Numbered;
import dev.keyreeve.directdebit.mandate.Source;
import dev.keyreeve.platform.event.Event;
import dev.keyreeve.platform.event.Occurrence;
import dev.keyreeve.platform.tenancy.Tx;
import dev.keyreeve.procedure.shape.Shape;
import java.util.Arrays;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/// What the workspace's log says of collections.
public final class CollectionEvents {
  private static final Shape<CollectionSnapshot> SNAPSHOT = Shape.of(CollectionSnapshot.class);

  private CollectionEvents() {}

  /// The events of collections, made into what a caller sees.
  public static <V extends Numbered> EventFeed<V> seenAs(
      BiFunction<Occurrence, CollectionSnapshot, V> view) {
    var types = Arrays.stream(CollectionEvent.values()).map(CollectionEvent::type).toList();
    return EventFeed.of(types, SNAPSHOT, view);
  }

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
}

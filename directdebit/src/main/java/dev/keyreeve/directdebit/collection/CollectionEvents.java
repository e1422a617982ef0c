package dev.keyreeve.directdebit.collection;

import dev.keyreeve.directdebit.mandate.Source;
import dev.keyreeve.platform.event.Event;
import dev.keyreeve.platform.event.Occurrence;
import dev.keyreeve.platform.feed.EventFeed;
import dev.keyreeve.platform.feed.Numbered;
import dev.keyreeve.platform.tenancy.Tx;
import dev.keyreeve.procedure.shape.Shape;
import dev.keyreeve.procedure.shape.Shapes;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/// What the workspace's log says of collections.
public final class CollectionEvents {
  private static final Shape<CollectionSnapshot> SNAPSHOT = Shapes.of(CollectionSnapshot.class);

  /// What an event of a collection can be.
  public static final List<String> TYPES =
      Arrays.stream(CollectionEvent.values()).map(CollectionEvent::type).toList();

  private CollectionEvents() {}

  /// The events of collections, made into what a caller sees.
  public static <V extends Numbered> EventFeed<V> seenAs(
      BiFunction<Occurrence, CollectionSnapshot, V> view) {
    return EventFeed.of(TYPES, SNAPSHOT, view);
  }

  /// @param why a debit is left out, if it is
  static void tell(
      Tx tx,
      CollectionEvent event,
      Collection collection,
      @Nullable AttemptId attempt,
      Source source,
      @Nullable Skipped why,
      @Nullable Event parent) {
    var reason = source.reason();
    var cause = reason == null ? null : reason.cause();
    tx.emit(
        new Event(
            event.type(),
            collection.id().text(),
            source.origin().told(),
            why == null ? cause : why.cause(),
            reason == null ? null : reason.code(),
            SNAPSHOT.stored(CollectionSnapshot.of(collection, attempt))),
        parent);
  }
}

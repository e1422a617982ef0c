package dev.keyreeve.directdebit.collection.claim;

import dev.keyreeve.directdebit.bacs.origin.Origin;
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

/// What the workspace's log says of claims.
final class ClaimEvents {
  private static final Shape<ClaimSnapshot> SNAPSHOT = Shapes.of(ClaimSnapshot.class);

  /// What an event of a claim can be.
  static final List<String> TYPES =
      Arrays.stream(ClaimEvent.values()).map(ClaimEvent::type).toList();

  private ClaimEvents() {}

  /// The events of claims, made into what a caller sees.
  static <V extends Numbered> EventFeed<V> seenAs(BiFunction<Occurrence, ClaimSnapshot, V> view) {
    return EventFeed.of(TYPES, SNAPSHOT, view);
  }

  static void tell(Tx tx, ClaimEvent event, Claim claim, Origin origin) {
    tx.emit(
        new Event(
            event.type(),
            claim.id().text(),
            origin.told(),
            claim.reason().cause(),
            claim.reason().code(),
            SNAPSHOT.stored(ClaimSnapshot.of(claim))));
  }
}

package dev.keyreeve.directdebit.claim;

import dev.keyreeve.directdebit.feed.EventFeed;
import dev.keyreeve.platform.event.Event;
import dev.keyreeve.platform.event.Occurrence;
import dev.keyreeve.platform.event.Origin;
import dev.keyreeve.platform.tenancy.Tx;
import dev.keyreeve.procedure.shape.Shape;

/// What the workspace's log says of claims.
final class ClaimEvents {
  private static final Shape<ClaimSnapshot> SNAPSHOT = Shape.of(ClaimSnapshot.class);

  static final EventFeed<ClaimSnapshot, ClaimEventView> FEED =
      new EventFeed<>(ClaimEventType.ALL, SNAPSHOT, ClaimEvents::view);

  private ClaimEvents() {}

  static void tell(Tx tx, ClaimEvent event, Claim claim, Origin origin) {
    tx.emit(
        new Event(
            event.type(),
            claim.id().text(),
            origin,
            claim.reason().cause(),
            claim.reason().code(),
            SNAPSHOT.stored(ClaimSnapshot.of(claim))));
  }

  private static ClaimEventView view(Occurrence occurrence, ClaimSnapshot claim) {
    var event = occurrence.event();
    return new ClaimEventView(
        occurrence.seq(),
        occurrence.id(),
        new ClaimEventType(event.type()),
        occurrence.at(),
        event.origin(),
        event.cause(),
        event.reasonCode(),
        claim);
  }
}

package dev.keyreeve.directdebit.mandate;

import dev.keyreeve.directdebit.bacs.origin.Origin;
import dev.keyreeve.platform.event.Event;
import dev.keyreeve.platform.event.Occurrence;
import dev.keyreeve.platform.feed.EventFeed;
import dev.keyreeve.platform.tenancy.Tx;
import dev.keyreeve.procedure.shape.Shape;
import dev.keyreeve.procedure.shape.Shapes;
import org.jspecify.annotations.Nullable;

/// What the workspace's log says of mandates.
final class MandateEvents {
  private static final Shape<MandateSnapshot> SNAPSHOT = Shapes.of(MandateSnapshot.class);

  static final EventFeed<MandateEventView> FEED =
      EventFeed.of(MandateEventType.ALL, SNAPSHOT, MandateEvents::view);

  private MandateEvents() {}

  /// @return what was told, for what it brings about
  static Event tell(Tx tx, MandateEvent event, Mandate mandate, Source source) {
    var reason = source.reason();
    return tell(
        tx,
        event,
        mandate,
        source.origin(),
        reason == null ? null : reason.cause(),
        reason == null ? null : reason.code());
  }

  /// @param cause neutral; `code` is that of whoever caused it
  static Event tell(
      Tx tx,
      MandateEvent event,
      Mandate mandate,
      Origin origin,
      @Nullable String cause,
      @Nullable String code) {
    var told =
        new Event(
            event.type(),
            mandate.id().text(),
            origin.told(),
            cause,
            code,
            SNAPSHOT.stored(MandateSnapshot.of(mandate)));
    tx.emit(told);
    return told;
  }

  private static MandateEventView view(Occurrence occurrence, MandateSnapshot mandate) {
    var event = occurrence.event();
    return new MandateEventView(
        occurrence.seq(),
        occurrence.id(),
        new MandateEventType(event.type()),
        occurrence.at(),
        Origin.of(event.origin()),
        event.cause(),
        event.reasonCode(),
        mandate);
  }
}

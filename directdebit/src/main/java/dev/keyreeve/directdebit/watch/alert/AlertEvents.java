package dev.keyreeve.directdebit.watch.alert;

import dev.keyreeve.directdebit.bacs.origin.Origin;
import dev.keyreeve.platform.event.Event;
import dev.keyreeve.platform.event.Occurrence;
import dev.keyreeve.platform.feed.EventFeed;
import dev.keyreeve.platform.tenancy.Tx;
import dev.keyreeve.procedure.shape.Shape;
import dev.keyreeve.procedure.shape.Shapes;

/// What the workspace's log says of alerts.
final class AlertEvents {
  private static final Shape<AlertSnapshot> SNAPSHOT = Shapes.of(AlertSnapshot.class);

  static final EventFeed<AlertEventView> FEED =
      EventFeed.of(AlertEventType.ALL, SNAPSHOT, AlertEvents::view);

  private AlertEvents() {}

  static void tell(Tx tx, AlertEvent event, Alert alert, Origin origin) {
    tx.emit(
        new Event(
            event.type(),
            alert.id().text(),
            origin.told(),
            null,
            null,
            SNAPSHOT.stored(AlertSnapshot.of(alert))));
  }

  private static AlertEventView view(Occurrence occurrence, AlertSnapshot alert) {
    var event = occurrence.event();
    return new AlertEventView(
        occurrence.seq(),
        occurrence.id(),
        new AlertEventType(event.type()),
        occurrence.at(),
        Origin.of(event.origin()),
        alert);
  }
}

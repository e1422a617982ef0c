package dev.keyreeve.directdebit.mandate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.keyreeve.platform.event.Event;
import dev.keyreeve.platform.event.Occurrence;
import dev.keyreeve.platform.tenancy.EventLog;
import dev.keyreeve.platform.tenancy.Tx;
import dev.keyreeve.procedure.shape.Decoded;
import dev.keyreeve.procedure.shape.Shape;
import java.io.UncheckedIOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the workspace's log says of mandates.
final class MandateEvents {
  private static final JsonMapper json = new JsonMapper();
  private static final Shape<MandateSnapshot> SNAPSHOT = Shape.of(MandateSnapshot.class);

  private MandateEvents() {}

  static void tell(Tx tx, MandateEvent event, Mandate mandate, Source source) {
    var reason = source.reason();
    tx.emit(
        new Event(
            event.type(),
            mandate.id().text(),
            source.origin(),
            reason == null ? null : reason.cause(),
            reason == null ? null : reason.code(),
            SNAPSHOT.stored(MandateSnapshot.of(mandate))));
  }

  /// The events after a number, oldest first.
  ///
  /// @param types only of these, or null for all
  /// @param id only what happened to this mandate, or null for all
  static List<MandateEventView> read(
      Tx tx,
      @Nullable List<MandateEventType> types,
      @Nullable MandateId id,
      long afterSeq,
      int limit) {
    var wanted =
        types == null ? MandateEventType.ALL : types.stream().map(MandateEventType::text).toList();
    return EventLog.read(tx, wanted, id == null ? null : id.text(), afterSeq, limit).stream()
        .map(MandateEvents::view)
        .toList();
  }

  private static MandateEventView view(Occurrence occurrence) {
    var event = occurrence.event();
    return new MandateEventView(
        occurrence.seq(),
        occurrence.id(),
        new MandateEventType(event.type()),
        occurrence.at(),
        event.origin(),
        event.cause(),
        event.reasonCode(),
        snapshot(event));
  }

  private static MandateSnapshot snapshot(Event event) {
    try {
      return switch (SNAPSHOT.decodeStored(json.readTree(event.snapshot()))) {
        case Decoded.Valid<MandateSnapshot>(var snapshot) -> snapshot;
        case Decoded.Invalid<MandateSnapshot>(var issues) ->
            throw new IllegalStateException("a kept event cannot be read: " + issues);
      };
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}

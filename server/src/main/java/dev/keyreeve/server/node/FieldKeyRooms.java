package dev.keyreeve.server.node;

import dev.keyreeve.platform.cipher.FieldKeys;
import dev.keyreeve.platform.cipher.SealedColumn;
import dev.keyreeve.platform.fieldkey.FieldKeyMove;
import dev.keyreeve.platform.fieldkey.KnownFieldKeys;
import dev.keyreeve.platform.schedule.Schedule;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.jdbi.v3.core.Jdbi;

/// The part of the server's object graph that keeps the keys of sealed columns.
final class FieldKeyRooms {
  /// How often it is looked for a new key of sealed columns, and for what the older ones sealed.
  private static final Duration LOOKED_AT = Duration.ofSeconds(10);

  private final FieldKeys keys;
  private final KnownFieldKeys known;
  private final FieldKeyMove move;

  FieldKeyRooms(
      Jdbi jdbi, Path file, List<SealedColumn> columns, InstantSource clock, Opened opened)
      throws SQLException {
    keys = FieldKeys.loadOrCreate(file);
    known = opened.open(KnownFieldKeys.open(jdbi, keys, columns, clock.instant()));
    move = new FieldKeyMove(jdbi, keys, columns);
  }

  FieldKeys keys() {
    return keys;
  }

  void begin(Schedule schedule, InstantSource clock, Opened opened) {
    schedule.every(
        LOOKED_AT,
        "field-keys.move",
        () -> move.run(clock.instant(), () -> !Thread.currentThread().isInterrupted()));
    // By itself, so that no other task keeps this server from turning to a new key.
    opened
        .open(new PeriodicTasks())
        .every(LOOKED_AT, "look at the field keys", () -> known.keepUp(clock.instant()));
  }
}

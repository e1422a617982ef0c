package dev.keyreeve.platform.fieldkey;

import dev.keyreeve.platform.audit.AuditLog;
import dev.keyreeve.platform.cipher.FieldCipher;
import dev.keyreeve.platform.cipher.FieldKeys;
import dev.keyreeve.platform.cipher.SealedColumn;
import dev.keyreeve.platform.cipher.UnreadableField;
import dev.keyreeve.platform.tenancy.RowSight;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Moves what older keys sealed to the one that seals now, a batch at a time and each batch in a
/// transaction of its own. A row that is locked is left for the next time, so that callers, and
/// another server that does the same, are not waited for. Whatever is moved stays moved, so that a
/// move which is broken off goes on where it was.
///
/// It is cheap to ask for while there is nothing to move. Safe for many threads.
public final class FieldKeyMove {
  private static final Logger log = LoggerFactory.getLogger(FieldKeyMove.class);
  private static final int BATCH = 100;

  private final Jdbi jdbi;
  private final FieldKeys keys;
  private final FieldCipher cipher;
  private final List<SealedColumn> columns;
  private final int batch;

  public FieldKeyMove(Jdbi jdbi, FieldKeys keys, List<SealedColumn> columns) {
    this(jdbi, keys, columns, BATCH);
  }

  /// @param batch how many values one transaction moves
  public FieldKeyMove(Jdbi jdbi, FieldKeys keys, List<SealedColumn> columns, int batch) {
    this.jdbi = jdbi;
    this.keys = keys;
    this.cipher = new FieldCipher(keys);
    this.columns = List.copyOf(columns);
    this.batch = batch;
  }

  /// Moves all that waits, to be called now and then.
  ///
  /// @param goesOn asked before each batch
  /// @return how many values it moved
  public int run(Instant now, BooleanSupplier goesOn) {
    int key = keys.sealingId();
    if (!jdbi.withHandle(handle -> isOlderInUse(handle, key))) return 0;

    int moved = 0;
    for (var workspace : jdbi.withHandle(SealedValues::places)) {
      for (var column : SealedValues.columnsIn(workspace, columns)) {
        var after = "";
        while (true) {
          if (!goesOn.getAsBoolean()) return moved;
          var from = after;
          var done = jdbi.inTransaction(handle -> move(handle, workspace, column, key, from));
          moved += done.moved();
          if (done.seen() < batch) break;
          after = done.last();
        }
      }
    }
    if (goesOn.getAsBoolean()) jdbi.useTransaction(handle -> noteEmptied(handle, key, now));
    return moved;
  }

  private static boolean isOlderInUse(Handle handle, int key) {
    return handle
        .createQuery(
            """
            select exists (
              select from field_key
              where id between 1 and :key - 1 and used_since is not null and emptied_at is null)
            """)
        .bind("key", key)
        .mapTo(Boolean.class)
        .one();
  }

  /// @param last the row up to which a workspace's column is done
  private record Done(int seen, int moved, String last) {}

  private record Value(String row, ByteBuffer sealed) {}

  private Done move(Handle handle, String workspace, SealedColumn column, int key, String after) {
    RowSight.turnTo(handle, workspace);
    var values =
        handle
            .createQuery(
                """
                select <id> as row, <column> as sealed
                from <table>
                where <rows> and <id> > :after and get_byte(<column>, 1) \\< :key
                order by <id> limit :batch
                for no key update skip locked
                """)
            .define("id", column.rowExpression())
            .define("rows", column.rowCondition())
            .define("column", column.name())
            .define("table", column.table())
            .bind("workspace", workspace)
            .bind("after", after)
            .bind("key", key)
            .bind("batch", batch)
            .map(
                (row, _) ->
                    new Value(row.getString("row"), ByteBuffer.wrap(row.getBytes("sealed"))))
            .list();
    int moved = 0;
    for (var value : values) {
      if (move(handle, workspace, column, value)) moved++;
    }
    return new Done(values.size(), moved, values.isEmpty() ? after : values.getLast().row());
  }

  private boolean move(Handle handle, String workspace, SealedColumn column, Value value) {
    var cell = column.cellOf(value.row());
    byte[] opened;
    try {
      opened = cipher.open(value.sealed().array(), cell);
    } catch (UnreadableField damaged) {
      log.error("cannot move to the newest field key: {}", damaged.getMessage());
      return false;
    }
    return handle
            .createUpdate(
                """
                update <table> set <column> = :sealed
                where <rows> and <id> = :row and <column> = :before
                """)
            .define("id", column.rowExpression())
            .define("rows", column.rowCondition())
            .define("column", column.name())
            .define("table", column.table())
            .bind("sealed", cipher.seal(opened, cell))
            .bind("workspace", workspace)
            .bind("row", value.row())
            .bind("before", value.sealed().array())
            .execute()
        == 1;
  }

  /// Not before every server, and every transaction that was under way, has turned to the key.
  private void noteEmptied(Handle handle, int key, Instant now) {
    if (!SealedValues.hasSettled(handle)) return;

    var left = SealedValues.countByKey(handle, columns).headMap(key);
    var emptied =
        handle
            .createQuery(
                """
                update field_key set emptied_at = now()
                where id between 1 and :key - 1 and used_since is not null
                  and emptied_at is null and id <> all(:left)
                returning id
                """)
            .bind("key", key)
            .bindArray("left", Integer.class, left.keySet())
            .mapTo(Integer.class)
            .list();
    for (int id : emptied) {
      AuditLog.append(handle, KnownFieldKeys.entry("field_key.emptied", id, now));
      log.info("nothing is sealed by field key {} any more", id);
    }
  }
}

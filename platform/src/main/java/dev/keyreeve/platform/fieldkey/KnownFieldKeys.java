package dev.keyreeve.platform.fieldkey;

import dev.keyreeve.platform.audit.AuditEntry;
import dev.keyreeve.platform.audit.AuditLog;
import dev.keyreeve.platform.audit.Target;
import dev.keyreeve.platform.cipher.FieldKeys;
import dev.keyreeve.platform.cipher.SealedColumn;
import dev.keyreeve.procedure.Actor;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Holds the field keys of a server against those of its database, and says which one seals.
///
/// A new key comes into use once every live server has it, so that none ever meets a value that it
/// cannot open. Until then all go on sealing with the one before. All methods may be called from
/// any thread.
public final class KnownFieldKeys implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(KnownFieldKeys.class);

  /// The row of the key of fingerprints.
  private static final int FINGERPRINTS = 0;

  private final Jdbi jdbi;
  private final FieldKeys keys;
  private final List<SealedColumn> columns;
  private final String node = UUID.randomUUID().toString();

  private KnownFieldKeys(Jdbi jdbi, FieldKeys keys, List<SealedColumn> columns) {
    this.jdbi = jdbi;
    this.keys = keys;
    this.columns = List.copyOf(columns);
  }

  /// Notes the keys that are new to the database, and has the right one seal.
  ///
  /// @param columns all that hold sealed values
  /// @throws IllegalStateException if the database knows another key of one's id, or needs one that
  ///   is missing, in a sentence for who starts the server
  public static KnownFieldKeys open(
      Jdbi jdbi, FieldKeys keys, List<SealedColumn> columns, Instant now) {
    var known = new KnownFieldKeys(jdbi, keys, columns);
    jdbi.useTransaction(
        handle -> {
          lock(handle);
          known.check(handle);
          known.show(handle);
          known.choose(handle, now);
        });
    return known;
  }

  /// Says that this server lives, and takes the newest key into use if all have it. To be called
  /// several times a minute.
  ///
  /// @throws IllegalStateException if a key has come into use that this server lacks
  public void keepUp(Instant now) {
    jdbi.useTransaction(
        handle -> {
          show(handle);
          if (newestUsed(handle) < keys.ids().last()) lock(handle);
          choose(handle, now);
        });
  }

  /// One server at a time starts, or takes a key into use.
  private static void lock(Handle handle) {
    handle.execute("lock table field_key in share row exclusive mode");
  }

  private void check(Handle handle) {
    boolean isFirst = count(handle) == 0;
    check(handle, FINGERPRINTS, keys.fingerprintMark(), "fingerprint key", true);
    for (var id : keys.ids()) check(handle, id, keys.mark(id), "field key " + id, isFirst);
    if (isFirst) {
      SealedValues.countByKey(handle, columns).forEach(this::requireKnown);
    } else {
      for (var id : missing(handle)) retire(handle, id);
    }
  }

  private static int count(Handle handle) {
    return handle.createQuery("select count(*) from field_key").mapTo(Integer.class).one();
  }

  /// @param used whether it may have sealed something already
  private static void check(Handle handle, int id, byte[] mark, String name, boolean used) {
    handle
        .createUpdate(
            """
            insert into field_key (id, mark, first_seen, used_since)
            values (:id, :mark, now(), case when :used then now() end)
            on conflict (id) do nothing
            """)
        .bind("id", id)
        .bind("mark", mark)
        .bind("used", used)
        .execute();
    var known =
        handle
            .createQuery("select mark from field_key where id = :id")
            .bind("id", id)
            .mapTo(byte[].class)
            .one();
    if (!MessageDigest.isEqual(known, mark)) {
      throw new IllegalStateException(
          "The "
              + name
              + " is not the one that this database knows, so that what it sealed could not be"
              + " read: copy the file 'field-keys' from the data directory where it was made.");
    }
  }

  private void requireKnown(int id, long values) {
    if (!keys.ids().contains(id)) throw needed(id, values);
  }

  private List<Integer> missing(Handle handle) {
    return handle
        .createQuery(
            """
            select id from field_key
            where id > 0 and used_since is not null and retired_at is null and id <> all(:ids)
            order by id desc
            """)
        .bindArray("ids", Integer.class, keys.ids())
        .mapTo(Integer.class)
        .list();
  }

  /// Lets a key go that is not in the file, if nothing is sealed by it any more.
  private void retire(Handle handle, int id) {
    if (id == newestUsed(handle)) {
      throw new IllegalStateException(
          "This database's values are being sealed with field key "
              + id
              + ", which this server does not have: copy the file 'field-keys' from the data"
              + " directory of a server that has it.");
    }
    if (!SealedValues.hasSettled(handle)) {
      throw new IllegalStateException(
          "Field key "
              + id
              + " was in use until a minute ago and may be needed: put it back into the file"
              + " 'field-keys', or wait a minute.");
    }
    long values = SealedValues.countByKey(handle, columns).getOrDefault(id, 0L);
    if (values > 0) throw needed(id, values);
    handle
        .createUpdate(
            """
            update field_key set emptied_at = coalesce(emptied_at, now()), retired_at = now()
            where id = :id
            """)
        .bind("id", id)
        .execute();
  }

  private static IllegalStateException needed(int id, long values) {
    return new IllegalStateException(
        values
            + " values of this database are sealed by field key "
            + id
            + ", which this server does not have: put it back into the file 'field-keys', or copy"
            + " the file from the data directory of a server that has it.");
  }

  private void show(Handle handle) {
    handle
        .createUpdate(
            """
            insert into field_key_node (node, key_ids, seen_at) values (:node, :ids, now())
            on conflict (node) do update set seen_at = excluded.seen_at
            """)
        .bind("node", node)
        .bindArray("ids", Integer.class, keys.ids())
        .execute();
    handle.execute("delete from field_key_node where seen_at < now() - interval '1 day'");
  }

  private void choose(Handle handle, Instant now) {
    int used = newestUsed(handle);
    int newest = keys.ids().last();
    if (newest > used && allHave(handle, newest)) {
      handle
          .createUpdate("update field_key set used_since = now() where id = :id")
          .bind("id", newest)
          .execute();
      AuditLog.append(handle, entry("field_key.used", newest, now));
      log.info("field key {} comes into use", newest);
      used = newest;
    }
    if (!keys.ids().contains(used)) {
      throw new IllegalStateException(
          "Field key " + used + " has come into use, and this server does not have it.");
    }
    keys.sealWith(used);
  }

  static AuditEntry entry(String action, int key, Instant now) {
    var target = new Target("field_key", Integer.toString(key));
    return new AuditEntry(AuditLog.SERVER, now, Actor.SYSTEM, action, target, Map.of());
  }

  private static int newestUsed(Handle handle) {
    return handle
        .createQuery("select coalesce(max(id), 0) from field_key where used_since is not null")
        .mapTo(Integer.class)
        .one();
  }

  private static boolean allHave(Handle handle, int id) {
    return handle
        .createQuery(
            """
            select not exists (
              select from field_key_node
              where seen_at > now() - interval '1 minute' and :id <> all(key_ids))
            """)
        .bind("id", id)
        .mapTo(Boolean.class)
        .one();
  }

  /// Says that this server is gone, so that nobody waits for it.
  @Override
  public void close() {
    jdbi.useHandle(handle -> handle.execute("delete from field_key_node where node = ?", node));
  }
}

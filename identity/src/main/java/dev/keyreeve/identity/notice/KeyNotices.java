package dev.keyreeve.identity.notice;

import dev.keyreeve.platform.event.Event;
import dev.keyreeve.platform.schedule.Schedule;
import dev.keyreeve.platform.tenancy.Across;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/// Finds what is to be told of keys as time passes, and writes it to the logs of their workspaces.
///
/// A row for each occasion, written with its event, lets it be told once, by however many nodes
/// look. A later occasion of the same kind, such as another expiry, is another row. A revoked key
/// is told of no more.
public final class KeyNotices {
  /// How long before its end a key is told to expire soon; a key that was issued later than that is
  /// not. The nearest comes first, and takes the place of those that were missed.
  static final List<Duration> AHEAD = List.of(Duration.ofDays(1), Duration.ofDays(7));

  /// A key that nobody used for so long is dormant.
  static final Duration DORMANT_AFTER = Duration.ofDays(90);

  /// A rotated secret that nobody used for so long can be given up.
  static final Duration SILENT_AFTER = Duration.ofHours(24);

  /// After a standstill, ends that are longer ago than this are told no more.
  private static final Duration TOLD_LATE = Duration.ofDays(30);

  private static final int PAGE = 500;

  private final Jdbi jdbi;
  private final LastUse lastUse;
  private final InstantSource clock;

  public KeyNotices(Jdbi jdbi, LastUse lastUse, InstantSource clock) {
    this.jdbi = jdbi;
    this.lastUse = lastUse;
    this.clock = clock;
  }

  /// Looks for expiries each minute, and through all keys for unused ones each hour.
  public void tellBy(Schedule schedule) {
    schedule.every(Duration.ofMinutes(1), "keys.tell_of_expiry", this::tellOfExpiry);
    schedule.every(Duration.ofHours(1), "keys.tell_of_silence", this::tellOfSilence);
  }

  /// A key that is to be told of, and the instant that it is about.
  private record Dated(String id, String workspace, String name, Instant at) {}

  void tellOfExpiry() {
    var now = clock.instant();
    var shorter = Duration.ZERO;
    for (var ahead : AHEAD) {
      tellOfExpiry(shorter, ahead, now);
      shorter = ahead;
    }
    tellOfEnd(now);
  }

  /// What has been told drops out of the next page.
  private void tellOfExpiry(Duration shorter, Duration ahead, Instant now) {
    List<Dated> keys;
    do {
      keys = expiring(shorter, ahead, now);
      for (var key : keys) {
        var event = KeyEvents.expiringSoon(key.id(), key.name(), key.at());
        tell(key, key.at().minus(ahead), event, now);
      }
    } while (keys.size() == PAGE);
  }

  private void tellOfEnd(Instant now) {
    List<Dated> keys;
    do {
      keys = expired(now);
      for (var key : keys) {
        tell(key, key.at(), KeyEvents.expired(key.id(), key.name(), key.at()), now);
      }
    } while (keys.size() == PAGE);
  }

  void tellOfSilence() {
    var now = clock.instant();
    tellOfDormant(now);
    tellOfSilentSecrets(now);
  }

  /// @param issuedAt what its dormancy is counted from if it never was used
  /// @param toldAbout the last use, or the issue, of which it was told last
  private record Aged(
      String id, String workspace, String name, Instant issuedAt, @Nullable Instant toldAbout) {}

  private void tellOfDormant(Instant now) {
    var quietSince = now.minus(DORMANT_AFTER);
    var after = "";
    List<Aged> keys;
    do {
      keys = issuedBefore(quietSince, after);
      var used = lastUseOfKeys(keys.stream().map(Aged::id).toList());
      for (var key : keys) {
        tellIfDormant(key, used.get(key.id()), quietSince, now);
        after = key.id();
      }
    } while (keys.size() == PAGE);
  }

  private void tellIfDormant(Aged key, @Nullable Instant used, Instant quietSince, Instant now) {
    if (used != null && used.isAfter(quietSince)) return;

    var about = used == null ? key.issuedAt() : used;
    if (about.equals(key.toldAbout())) return;

    var dated = new Dated(key.id(), key.workspace(), key.name(), about);
    tell(dated, about, KeyEvents.dormant(key.id(), key.name(), used), now);
  }

  private Map<String, Instant> lastUseOfKeys(List<String> ids) {
    var last = new HashMap<String, Instant>();
    for (var use : lastUse.of(ids)) {
      last.merge(use.keyId(), use.at(), (one, other) -> one.isAfter(other) ? one : other);
    }
    return last;
  }

  /// A key with two live secrets.
  ///
  /// @param rotatedAt when the newer came
  private record Rotated(
      String id, String workspace, String name, int oldSecret, Instant rotatedAt) {}

  /// Few keys are being rotated at any time, and one that was told of is left out.
  private void tellOfSilentSecrets(Instant now) {
    var quietSince = now.minus(SILENT_AFTER);
    var after = "";
    List<Rotated> keys;
    do {
      keys = rotatedBefore(quietSince, now, after);
      var uses = lastUse.of(keys.stream().map(Rotated::id).toList());
      for (var key : keys) {
        tellIfSilent(key, uses, quietSince, now);
        after = key.id();
      }
    } while (keys.size() == PAGE);
  }

  private void tellIfSilent(Rotated key, List<LastUse.Use> uses, Instant quietSince, Instant now) {
    var used =
        uses.stream()
            .filter(use -> use.keyId().equals(key.id()) && use.secret() == key.oldSecret())
            .map(LastUse.Use::at)
            .max(Comparator.naturalOrder())
            .orElse(null);
    if (used != null && used.isAfter(quietSince)) return;

    var dated = new Dated(key.id(), key.workspace(), key.name(), key.rotatedAt());
    tell(dated, key.rotatedAt(), KeyEvents.oldSecretSilent(key.id(), key.name(), used), now);
  }

  /// Writes the event unless the occasion has been told.
  private void tell(Dated key, Instant occasion, Event event, Instant now) {
    jdbi.useTransaction(
        handle -> {
          int isNew =
              handle
                  .createUpdate(
                      """
                      insert into key_notice (key_id, type, occasion, told_at)
                      values (:key, :type, :occasion, :now)
                      on conflict (key_id, type, occasion) do nothing
                      """)
                  .bind("key", key.id())
                  .bind("type", event.type())
                  .bind("occasion", occasion)
                  .bind("now", now)
                  .execute();
          if (isNew == 1) Across.lastIn(handle, key.workspace(), now, tx -> tx.emit(event));
        });
  }

  /// @param shorter what the next notice is ahead by, which takes this one's place
  private List<Dated> expiring(Duration shorter, Duration ahead, Instant now) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select k.id, k.workspace_id, k.name, k.expires_at as at
                    from api_key k
                    where k.state <> 'revoked'
                      and k.expires_at > :from and k.expires_at <= :to
                      and k.created_at < k.expires_at - make_interval(secs => :ahead)
                      and not exists (
                        select from key_notice n
                        where n.key_id = k.id and n.type = :type
                          and n.occasion = k.expires_at - make_interval(secs => :ahead))
                    order by k.expires_at
                    limit :limit
                    """)
                .bind("from", now.plus(shorter))
                .bind("to", now.plus(ahead))
                .bind("ahead", ahead.toSeconds())
                .bind("type", KeyEvents.EXPIRING_SOON)
                .bind("limit", PAGE)
                .map((row, _) -> dated(row))
                .list());
  }

  private List<Dated> expired(Instant now) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select k.id, k.workspace_id, k.name, k.expires_at as at
                    from api_key k
                    where k.state <> 'revoked'
                      and k.expires_at > :from and k.expires_at <= :to
                      and not exists (
                        select from key_notice n
                        where n.key_id = k.id and n.type = :type and n.occasion = k.expires_at)
                    order by k.expires_at
                    limit :limit
                    """)
                .bind("from", now.minus(TOLD_LATE))
                .bind("to", now)
                .bind("type", KeyEvents.EXPIRED)
                .bind("limit", PAGE)
                .map((row, _) -> dated(row))
                .list());
  }

  private static Dated dated(ResultSet row) throws SQLException {
    return new Dated(
        row.getString("id"),
        row.getString("workspace_id"),
        row.getString("name"),
        row.getTimestamp("at").toInstant());
  }

  private List<Aged> issuedBefore(Instant before, String after) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select k.id, k.workspace_id, k.name, k.created_at,
                           (select max(n.occasion) from key_notice n
                            where n.key_id = k.id and n.type = :type) as told_about
                    from api_key k
                    where k.state = 'active' and k.created_at <= :before and k.id > :after::bpchar
                    order by k.id
                    limit :limit
                    """)
                .bind("before", before)
                .bind("after", after)
                .bind("type", KeyEvents.DORMANT)
                .bind("limit", PAGE)
                .map((row, _) -> aged(row))
                .list());
  }

  private static Aged aged(ResultSet row) throws SQLException {
    var toldAbout = row.getTimestamp("told_about");
    return new Aged(
        row.getString("id"),
        row.getString("workspace_id"),
        row.getString("name"),
        row.getTimestamp("created_at").toInstant(),
        toldAbout == null ? null : toldAbout.toInstant());
  }

  private List<Rotated> rotatedBefore(Instant before, Instant now, String after) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select k.id, k.workspace_id, k.name, old.number, new.created_at
                    from api_key k
                    join api_key_secret new on new.key_id = k.id
                    join api_key_secret old on old.key_id = k.id and old.number < new.number
                    where k.state = 'active' and new.created_at <= :before
                      and (old.not_after is null or old.not_after > :now)
                      and k.id > :after::bpchar
                      and not exists (
                        select from key_notice n
                        where n.key_id = k.id and n.type = :type and n.occasion = new.created_at)
                    order by k.id
                    limit :limit
                    """)
                .bind("before", before)
                .bind("now", now)
                .bind("after", after)
                .bind("type", KeyEvents.OLD_SECRET_SILENT)
                .bind("limit", PAGE)
                .map(
                    (row, _) ->
                        new Rotated(
                            row.getString("id"),
                            row.getString("workspace_id"),
                            row.getString("name"),
                            row.getInt("number"),
                            row.getTimestamp("created_at").toInstant()))
                .list());
  }
}

package dev.keyreeve.identity.key;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keyreeve.procedure.json.Json;
import dev.keyreeve.procedure.shape.SnakeCase;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.LongFunction;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// What was done to a key, newest first, and how much it is used.
///
/// @param requestCount calls in its whole life
/// @param nextCursor names the next part of the entries; absent on the last
@SnakeCase
record KeyActivity(
    String id,
    KeyView.Status status,
    long requestCount,
    @Nullable Instant lastUsedAt,
    List<KeyView.SecretView> secrets,
    List<Entry> items,
    @Nullable String nextCursor) {
  /// The action that revokes several keys, of which its one entry names each.
  static final String REVOKED_TOGETHER = "keys.revoked";

  /// Which entries are asked for.
  ///
  /// @param before only those with a lower number; null for the newest
  /// @param cursor names the part after an entry of this number
  record Part(@Nullable Long before, int limit, LongFunction<String> cursor) {}

  /// One thing that was done.
  ///
  /// @param seq its number in the record of the organisation
  /// @param address where it was asked from, if that is known
  /// @param changes each setting that it changed
  /// @param details what else is recorded of it
  @SnakeCase
  record Entry(
      long seq,
      Instant at,
      String action,
      String actorKind,
      String actorName,
      @Nullable String address,
      List<Change> changes,
      Map<String, String> details) {}

  /// @param before as JSON, but for texts; absent if there was nothing
  /// @param after as JSON, but for texts; absent if there is nothing
  @SnakeCase
  record Change(String field, @Nullable String before, @Nullable String after) {}

  static KeyActivity of(Handle handle, KeyRow key, KeyView view, Part part) {
    var oneMore = entries(handle, key, part);
    boolean isLast = oneMore.size() <= part.limit();
    var items = isLast ? oneMore : oneMore.subList(0, part.limit());
    return new KeyActivity(
        view.id(),
        view.status(),
        view.requestCount(),
        view.lastUsedAt(),
        view.secrets(),
        items,
        isLast ? null : part.cursor().apply(items.getLast().seq()));
  }

  private static List<Entry> entries(Handle handle, KeyRow key, Part part) {
    return handle
        .createQuery(
            """
            select seq, at, actor_kind, actor_name, address, action, details from audit_entry
            where chain = :chain and (:before::bigint is null or seq < :before)
              and (target_kind = 'key' and target_id = :id
                   or target_kind = 'workspace' and target_id = :workspace and action = :together
                      and details::jsonb -> 'keys' @> to_jsonb(:id::text))
            order by seq desc
            limit :limit
            """)
        .bind("chain", key.organisation())
        .bind("before", part.before())
        .bind("id", key.id().toString())
        .bind("workspace", key.workspace())
        .bind("together", REVOKED_TOGETHER)
        .bind("limit", part.limit() + 1)
        .map((row, _) -> entry(row))
        .list();
  }

  private static Entry entry(ResultSet row) throws SQLException {
    var details = Json.read(row.getString("details"));
    var address = row.getString("address");
    return new Entry(
        row.getLong("seq"),
        row.getTimestamp("at").toInstant(),
        row.getString("action"),
        row.getString("actor_kind"),
        row.getString("actor_name"),
        address.isEmpty() ? null : address,
        changes(details.path("before"), details.path("after")),
        others(details));
  }

  private static List<Change> changes(JsonNode before, JsonNode after) {
    var names = new TreeSet<String>();
    before.fieldNames().forEachRemaining(names::add);
    after.fieldNames().forEachRemaining(names::add);
    var changes = new ArrayList<Change>();
    for (var name : names) {
      changes.add(new Change(name, text(before.path(name)), text(after.path(name))));
    }
    return changes;
  }

  private static Map<String, String> others(JsonNode details) {
    var others = new LinkedHashMap<String, String>();
    for (var detail : details.properties()) {
      var text = text(detail.getValue());
      if (text != null && !detail.getKey().equals("before") && !detail.getKey().equals("after")) {
        others.put(detail.getKey(), text);
      }
    }
    return others;
  }

  private static @Nullable String text(JsonNode value) {
    if (value.isMissingNode() || value.isNull()) return null;
    return value.isTextual() ? value.textValue() : value.toString();
  }
}

package dev.keyreeve.platform.audit;

import dev.keyreeve.procedure.shape.Range;
import dev.keyreeve.procedure.shape.SnakeCase;
import dev.keyreeve.procedure.shape.Text;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Which entries to look up, newest first.
///
/// @param organisation whose chain, or [AuditLog#SERVER]; a person sees only that of their own, and
///   the command line sees all unless it names one
/// @param target id of what was changed
/// @param actor who changed it: an id, a name as it is shown, or a kind such as `operator`
/// @param action such as `key.revoked`, or `key.*` for all that begin so
/// @param to the first instant that is no longer wanted
/// @param limit 50 unless said
/// @param cursor the `next_cursor` of the page before
@SnakeCase
record EntryFilter(
    @Nullable @Text(max = 64) String organisation,
    @Nullable @Text(max = 200) String target,
    @Nullable @Text(max = 200) String actor,
    @Nullable @Text(max = 100) String action,
    @Nullable Instant from,
    @Nullable Instant to,
    @Nullable @Range(min = 1, max = 200) Integer limit,
    @Nullable @Text(max = 200) String cursor) {
  private static final int USUAL_LIMIT = 50;
  private static final String ANY = ".*";

  int size() {
    return limit == null ? USUAL_LIMIT : limit;
  }

  /// The conditions that were asked for, each with the one value that it binds. Only these stand in
  /// the statement, so that each finds its index.
  Map<String, Object> conditions() {
    var conditions = new LinkedHashMap<String, Object>();
    put(conditions, "target_id = :target", target);
    put(conditions, "(actor_id = :actor or actor_name = :actor or actor_kind = :actor)", actor);
    if (action != null && action.endsWith(ANY)) {
      put(
          conditions,
          "starts_with(action, :action)",
          action.substring(0, action.length() - ANY.length() + 1));
    } else {
      put(conditions, "action = :action", action);
    }
    put(conditions, "at >= :from", from);
    put(conditions, "at < :to", to);
    return conditions;
  }

  private static void put(
      Map<String, Object> conditions, String condition, @Nullable Object value) {
    if (value != null) conditions.put(condition, value);
  }
}

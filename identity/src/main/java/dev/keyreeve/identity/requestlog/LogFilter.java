package dev.keyreeve.identity.requestlog;

import dev.keyreeve.access.credential.KeyId;
import dev.keyreeve.procedure.shape.Range;
import dev.keyreeve.procedure.shape.SnakeCase;
import dev.keyreeve.procedure.shape.Text;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Which calls to look up, newest first.
///
/// @param workspaceId the caller's own unless said; the command line sees all calls unless it says
///   one
/// @param outcome `ok`, or the code of a problem
/// @param to the first instant that is no longer wanted
/// @param limit 50 unless said
/// @param cursor the `next_cursor` of the page before
@SnakeCase
record LogFilter(
    @Nullable @Text(max = 40) String workspaceId,
    @Nullable KeyId keyId,
    @Nullable @Text(max = 40) String outcome,
    @Nullable @Text(max = 100) String procedure,
    @Nullable @Text(max = 60) String reason,
    @Nullable Instant from,
    @Nullable Instant to,
    @Nullable @Text(max = 24) String requestId,
    @Nullable @Range(min = 1, max = 200) Integer limit,
    @Nullable @Text(max = 100) String cursor) {

  /// The conditions that were asked for, each with the one value that it binds. Only these stand in
  /// the statement, so that each finds its index.
  Map<String, Object> conditions() {
    var conditions = new LinkedHashMap<String, Object>();
    put(conditions, "key_id = :keyId", keyId == null ? null : keyId.toString());
    put(conditions, "outcome = :outcome", outcome);
    put(conditions, "procedure = :procedure", procedure);
    put(conditions, "reason = :reason", reason);
    put(conditions, "at >= :from", from);
    put(conditions, "at < :to", to);
    put(conditions, "request_id = :requestId", requestId);
    return conditions;
  }

  private static void put(
      Map<String, Object> conditions, String condition, @Nullable Object value) {
    if (value != null) conditions.put(condition, value);
  }
}

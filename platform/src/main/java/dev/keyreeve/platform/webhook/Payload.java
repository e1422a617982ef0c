package dev.keyreeve.platform.webhook;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.annotation.JsonRawValue;
import dev.keyreeve.platform.event.Occurrence;
import dev.keyreeve.procedure.json.Json;
import org.jspecify.annotations.Nullable;

/// The body of a delivery: `type`, `timestamp` and `data` as Standard Webhooks has them, and what
/// the feed of events says beside. The same event always gives the same text.
///
/// @param seq what a receiver orders by; numbers of events that it did not ask for are missing
@JsonPropertyOrder({
  "type",
  "timestamp",
  "id",
  "seq",
  "workspaceId",
  "subjectId",
  "origin",
  "cause",
  "reasonCode",
  "data"
})
@JsonInclude(JsonInclude.Include.NON_NULL)
record Payload(
    String type,
    String timestamp,
    String id,
    long seq,
    String workspaceId,
    String subjectId,
    String origin,
    @Nullable String cause,
    @Nullable String reasonCode,
    @JsonRawValue String data) {
  static String of(String workspace, Occurrence occurrence) {
    var event = occurrence.event();
    var payload =
        new Payload(
            event.type(),
            occurrence.at().toString(),
            occurrence.id(),
            occurrence.seq(),
            workspace,
            event.subjectId(),
            event.origin().word(),
            event.cause(),
            event.reasonCode(),
            event.snapshot());
    return Json.write(payload);
  }
}

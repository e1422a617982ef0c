package dev.keyreeve.directdebit.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// An event, as the log of a workspace tells it.
///
/// @param by agent, user, payer, bank, provider or clock
/// @param code the bank's reason
/// @param parent the number of the event that brought this one about
/// @param now what its subject was right after
public record Seen(
    long seq,
    String type,
    String subject,
    String by,
    @Nullable String code,
    @Nullable Long parent,
    Instant at,
    JsonNode now) {

  /// A part of the snapshot; null if it has none of this name.
  @Nullable String get(String field) {
    var value = now.path(field);
    return value.isMissingNode() || value.isNull() ? null : value.asText();
  }

  /// Whether it is about what the model knows of, and not about alerts or reports.
  public boolean isOfModel() {
    return type.matches("(mandate|invite|collection|clawback)\\..*");
  }

  String status() {
    return now.path("status").asText();
  }

  int version() {
    return now.path("version").asInt();
  }
}

package dev.keyreeve.directdebit.rail.gocardless;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Something that happened at GoCardless, as a webhook or the list of events tells it. The words in
/// it are kept as they come, for new ones are added at any time.
public sealed interface GoCardlessEvent {

  /// The same wherever and however often the event is told.
  ResourceId id();

  /// @param resourceType what it happened to, such as `payments`
  /// @param action what happened, such as `failed`
  /// @param links the resources that are concerned, by their kind in the singular
  /// @param parent the event that this one follows from, if any
  record Told(
      ResourceId id,
      Instant createdAt,
      String resourceType,
      String action,
      Details details,
      Map<String, ResourceId> links,
      @Nullable ResourceId parent)
      implements GoCardlessEvent {
    public Told {
      links = Map.copyOf(links);
    }
  }

  /// An event of which no more than its id can be read.
  record Garbled(ResourceId id, String why) implements GoCardlessEvent {}

  /// Why it happened.
  ///
  /// @param origin who made it happen, such as `bank`
  /// @param cause in a word that is the same for every scheme
  /// @param reasonCode in the scheme's own word, such as `ARUDD-0`
  /// @param willAttemptRetry whether GoCardless presents a failed payment again of itself
  record Details(
      @Nullable String origin,
      @Nullable String cause,
      @Nullable String scheme,
      @Nullable String reasonCode,
      boolean willAttemptRetry) {}

  /// The event as JSON that [#read] takes, with what is read of it and nothing else.
  default ObjectNode toJson() {
    var node = JsonNodeFactory.instance.objectNode().put("id", id().text());
    if (!(this instanceof Told told)) return node;

    node.put("created_at", told.createdAt().toString())
        .put("resource_type", clean(told.resourceType()))
        .put("action", clean(told.action()));
    var details = told.details();
    node.putObject("details")
        .put("origin", clean(details.origin()))
        .put("cause", clean(details.cause()))
        .put("scheme", clean(details.scheme()))
        .put("reason_code", clean(details.reasonCode()))
        .put("will_attempt_retry", details.willAttemptRetry());
    var links = node.putObject("links");
    told.links().forEach((kind, id) -> links.put(clean(kind), id.text()));
    return node;
  }

  /// The database keeps no text with a NUL in it.
  private static @Nullable String clean(@Nullable String text) {
    return text == null ? null : text.replace('\0', '?');
  }

  /// One garbled event stands in nobody's way: the others of its page are read all the same.
  static GoCardlessEvent read(Fields fields) throws Malformed {
    var id = fields.id("id");
    try {
      var details = fields.in("details");
      var links = fields.in("links");
      return new Told(
          id,
          fields.instant("created_at"),
          fields.text("resource_type"),
          fields.text("action"),
          new Details(
              details.optionalText("origin"),
              details.optionalText("cause"),
              details.optionalText("scheme"),
              details.optionalText("reason_code"),
              details.flag("will_attempt_retry", false)),
          links.ids(),
          links.optionalId("parent_event"));
    } catch (Malformed e) {
      return new Garbled(id, e.why());
    }
  }
}

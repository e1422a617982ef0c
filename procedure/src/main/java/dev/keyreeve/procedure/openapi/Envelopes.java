package dev.keyreeve.procedure.openapi;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keyreeve.procedure.RestForm;
import dev.keyreeve.procedure.protocol.IdempotencyHeader;
import dev.keyreeve.procedure.shape.Form.ContentForm;
import java.util.List;
import java.util.Set;

/// The components that are the same for every API of one form: what a refusal looks like, and
/// headers.
final class Envelopes {
  static final String LAST_EVENT_ID = "Last-Event-ID";
  static final String RETRY_AFTER = "Retry-After";
  static final String CONTENT_DISPOSITION = "Content-Disposition";
  static final String ETAG = "ETag";
  static final String LOCATION = "Location";
  static final List<String> LIMIT_HEADERS =
      List.of("X-RateLimit-Limit", "X-RateLimit-Remaining", "X-RateLimit-Reset");

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private Envelopes() {}

  /// @throws IllegalStateException if a record has the name of one of ours
  static ObjectNode addTo(ObjectNode schemas, RestForm form) {
    switch (form) {
      case ENVELOPED -> add(schemas, "Failure", failure());
      case PLAIN -> {}
    }
    var problem =
        switch (form) {
          case ENVELOPED ->
              object("type", "title", "status", "detail", "instance", "code", "reason");
          // A request that could not be read has no name here.
          case PLAIN -> object("type", "title", "status", "detail", "code", "reason");
        };
    for (var uri : List.of("type", "instance")) {
      properties(problem).putObject(uri).put("type", "string").put("format", "uri");
    }
    properties(problem).set("title", text("For people."));
    properties(problem).set("detail", text("For people."));
    properties(problem).putObject("status").put("type", "integer");
    describe(problem);
    add(schemas, "ProblemDetails", problem);

    var issue = object("path", "code", "message");
    properties(issue)
        .set("path", text("Where, such as `items[3].reason`; empty for the input as a whole."));
    properties(issue).set("code", text("What, for programs."));
    properties(issue).set("message", text("What, for people."));
    add(schemas, "Issue", issue);
    return schemas;
  }

  private static ObjectNode failure() {
    var failure = object("success", "error");
    properties(failure).putObject("success").put("const", false);
    var error = object("code", "message", "reason");
    describe(error);
    properties(error).set("message", text("For people."));
    properties(failure).set("error", error);
    return failure;
  }

  /// A value as the API's answers carry it.
  static ObjectNode success(ObjectNode data, RestForm form) {
    return switch (form) {
      case ENVELOPED -> {
        var envelope = object("success", "data");
        properties(envelope).putObject("success").put("const", true);
        properties(envelope).set("data", data);
        yield envelope;
      }
      case PLAIN -> data;
    };
  }

  /// What both forms tell programs. Further members depend on the reason.
  private static void describe(ObjectNode refusal) {
    properties(refusal).set("code", text("One word for each status."));
    properties(refusal).set("reason", text("One of the response's `x-reasons`."));
    var issues = properties(refusal).putObject("issues").put("type", "array");
    issues.put("description", "Everything that is wrong with the input.");
    issues.putObject("items").put("$ref", "#/components/schemas/Issue");
  }

  private static void add(ObjectNode schemas, String name, ObjectNode schema) {
    if (schemas.has(name)) {
      throw new IllegalStateException("a record is called " + name + ", as a refusal's form is");
    }
    schemas.set(name, schema);
  }

  static ObjectNode parameters() {
    var parameters = NODES.objectNode();
    parameters.set(
        IdempotencyHeader.NAME,
        header(
            IdempotencyHeader.NAME,
            "Names the call, so that sending it twice does its work once; another place for the"
                + " input's `idempotencyKey`."));
    parameters.set(
        LAST_EVENT_ID, header(LAST_EVENT_ID, "The id of the last event that was received."));
    return parameters;
  }

  static ObjectNode ifMatch(boolean required) {
    var parameter =
        header(
            "If-Match", "The `ETag` of the state that is meant, several of them, or `*` for any.");
    return required ? parameter.put("required", true) : parameter;
  }

  static ObjectNode fileName() {
    var parameter = NODES.objectNode().put("name", ContentForm.FILE_NAME).put("in", "query");
    parameter.put("description", "What the body is called, where it is kept as a file.");
    parameter
        .putObject("schema")
        .put("type", "string")
        .put("maxLength", ContentForm.MAX_FILE_NAME_LENGTH);
    return parameter;
  }

  static ObjectNode contentDisposition() {
    return textHeader("`attachment`, with the name of the file where it has one.");
  }

  static ObjectNode ifNoneMatch() {
    return header(
        "If-None-Match", "The `ETag` of the answer that the caller has already, or several.");
  }

  /// @param declared names of the headers that successes of the API have
  static ObjectNode headers(Set<String> declared) {
    var headers = NODES.objectNode();
    headers.set(LIMIT_HEADERS.get(0), number("Calls in a minute, of the limit that binds."));
    headers.set(LIMIT_HEADERS.get(1), number("Calls that are left of it."));
    headers.set(LIMIT_HEADERS.get(2), number("When it starts anew, in seconds since the epoch."));
    headers.set(RETRY_AFTER, number("Seconds until another try can succeed."));
    if (declared.contains(ETAG)) {
      headers.set(ETAG, textHeader("The state that is shown, for `If-None-Match` and `If-Match`."));
    }
    if (declared.contains(LOCATION)) {
      headers.set(LOCATION, textHeader("The path at which what came of it is shown."));
    }
    return headers;
  }

  private static ObjectNode header(String name, String description) {
    var parameter = NODES.objectNode().put("name", name).put("in", "header");
    parameter.put("description", description).putObject("schema").put("type", "string");
    return parameter;
  }

  private static ObjectNode textHeader(String description) {
    var header = NODES.objectNode().put("description", description);
    header.putObject("schema").put("type", "string");
    return header;
  }

  private static ObjectNode number(String description) {
    var header = NODES.objectNode().put("description", description);
    header.putObject("schema").put("type", "integer");
    return header;
  }

  private static ObjectNode text(String description) {
    return NODES.objectNode().put("type", "string").put("description", description);
  }

  private static ObjectNode object(String... required) {
    var schema = NODES.objectNode().put("type", "object");
    schema.putObject("properties");
    var names = schema.putArray("required");
    for (var name : required) names.add(name);
    return schema;
  }

  private static ObjectNode properties(ObjectNode schema) {
    return schema.withObjectProperty("properties");
  }
}

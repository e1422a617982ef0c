package dev.keyreeve.procedure.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keyreeve.procedure.Procedure;
import dev.keyreeve.procedure.http.ETags;
import dev.keyreeve.procedure.http.Head;
import dev.keyreeve.procedure.problem.Problem;
import dev.keyreeve.procedure.problem.Reasons;
import dev.keyreeve.procedure.protocol.IdempotencyHeader;
import dev.keyreeve.procedure.protocol.Input;
import dev.keyreeve.procedure.protocol.MediaTypes;
import dev.keyreeve.procedure.shape.Form;
import dev.keyreeve.procedure.shape.Form.ContentForm;
import dev.keyreeve.procedure.shape.Issue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A procedure's input, put together from the path and, by the route's method, either the query or
/// the body, and from the condition if it takes one. No field is passed over: what stands in the
/// wrong place is an issue.
final class RestInput {
  private static final String IF_MATCH = "If-Match";
  private static final String IF_NONE_MATCH = "If-None-Match";

  private final Procedure<?, ?> procedure;
  private final Map<String, String> variables;
  private final Head head;
  private final ObjectNode json = JsonNodeFactory.instance.objectNode();
  private final List<Issue> issues = new ArrayList<>();

  private RestInput(Procedure<?, ?> procedure, Map<String, String> variables, Head head) {
    this.procedure = procedure;
    this.variables = variables;
    this.head = head;
  }

  /// What came of it.
  sealed interface Reading {}

  /// @param issues what stood in the wrong place
  /// @param known the states of the answer that the caller has already, where that matters; or null
  record Whole(JsonNode json, List<Issue> issues, @Nullable ETags known) implements Reading {}

  record Unreadable(Problem problem) implements Reading {}

  static Reading of(
      Procedure<?, ?> procedure, Map<String, String> variables, Head head, byte[] body) {
    var input = new RestInput(procedure, variables, head);
    var content = procedure.content();
    var problem =
        content != null
            ? input.readContent(content, body)
            : procedure.route().method().hasBody() ? input.readBody(body) : input.readQuery(body);
    return problem == null ? input.withHead() : new Unreadable(problem);
  }

  private @Nullable Problem readQuery(byte[] body) {
    head.query().forEach(this::putText);
    if (body.length > 0) {
      issues.add(new Issue("", "unexpected_body", "This call takes its input from the query."));
    }
    return null;
  }

  /// The body is the content, and everything else stands in the query.
  private @Nullable Problem readContent(Form.Field field, byte[] body) {
    var content = JsonNodeFactory.instance.objectNode();
    for (var parameter : head.query().entrySet()) {
      if (parameter.getKey().equals(ContentForm.FILE_NAME)) {
        content.put(ContentForm.FILE_NAME, parameter.getValue());
      } else if (parameter.getKey().equals(field.name())) {
        issues.add(new Issue(field.name(), "unknown_field", "This is the body, and only that."));
      } else {
        putText(parameter.getKey(), parameter.getValue());
      }
    }
    if (body.length > 0) {
      content.put(ContentForm.MEDIA_TYPE, MediaTypes.typeOf(head.header("content-type")));
      content.put(ContentForm.BASE64, body);
    }
    if (!content.isEmpty()) json.set(field.name(), content);
    return null;
  }

  private @Nullable Problem readBody(byte[] body) {
    if (!head.query().isEmpty()) {
      issues.add(new Issue("", "unexpected_query", "This call takes its input from the body."));
    }
    if (body.length == 0) return null;
    if (!MediaTypes.isJson(head.header("content-type"))) return Problem.of(Reasons.JSON_REQUIRED);

    return switch (Input.parse(body, procedure.caps())) {
      case Input.Unreadable(var problem) -> problem;
      case Input.Read(ObjectNode members) -> {
        json.setAll(members);
        yield null;
      }
      case Input.Read _ -> {
        issues.add(new Issue("", "wrong_type", "The body must be an object."));
        yield null;
      }
    };
  }

  /// Adds what the path and the headers say.
  private Reading withHead() {
    readPath();
    readCondition();
    var known = knownStates();
    return switch (IdempotencyHeader.apply(head, procedure, json)) {
      case Input.Unreadable(var problem) -> new Unreadable(problem);
      case Input.Read _ -> new Whole(json, issues, known);
    };
  }

  private void readPath() {
    for (var variable : variables.entrySet()) {
      if (json.has(variable.getKey())) {
        issues.add(
            new Issue(
                variable.getKey(), "unknown_field", "This is given by the path, and only there."));
      }
      putText(variable.getKey(), variable.getValue());
    }
  }

  private void readCondition() {
    var condition = procedure.condition();
    if (condition == null) return;

    if (json.remove(condition.name()) != null) {
      issues.add(
          new Issue(
              condition.name(), "unknown_field", "This is given by If-Match, and only there."));
    }
    var states = head.headers(IF_MATCH);
    if (states != null) json.put(condition.name(), states);
    refuseHeader(IF_NONE_MATCH, "This call takes If-Match, and no other condition.");
  }

  private @Nullable ETags knownStates() {
    if (!procedure.isRevalidated()) return null;

    refuseHeader(IF_MATCH, "This call takes If-None-Match, and no other condition.");
    var states = head.headers(IF_NONE_MATCH);
    if (states == null) return null;
    try {
      return ETags.parse(states);
    } catch (IllegalArgumentException _) {
      issues.add(new Issue(IF_NONE_MATCH, "bad_format", ETags.FORM));
      return null;
    }
  }

  /// Of a call that takes one condition, the other one passed over would be an answer, or a change,
  /// that the caller did not want.
  private void refuseHeader(String name, String message) {
    if (head.header(name) != null) issues.add(new Issue(name, "unexpected_header", message));
  }

  private void putText(String name, String text) {
    for (var field : procedure.fields()) {
      if (field.name().equals(name)) {
        json.set(name, FieldText.read(field.form(), text));
        return;
      }
    }
    json.put(name, text);
  }
}

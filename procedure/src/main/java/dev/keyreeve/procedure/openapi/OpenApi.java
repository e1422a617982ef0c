package dev.keyreeve.procedure.openapi;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keyreeve.access.decision.Audience;
import dev.keyreeve.access.decision.Requirement;
import dev.keyreeve.procedure.AnswerHeader;
import dev.keyreeve.procedure.Api;
import dev.keyreeve.procedure.Kind;
import dev.keyreeve.procedure.Procedure;
import dev.keyreeve.procedure.RestForm;
import dev.keyreeve.procedure.Success;
import dev.keyreeve.procedure.problem.Code;
import dev.keyreeve.procedure.problem.Reason;
import dev.keyreeve.procedure.protocol.IdempotencyHeader;
import dev.keyreeve.procedure.reference.ScopeMatrix;
import dev.keyreeve.procedure.shape.Form;
import dev.keyreeve.procedure.shape.Form.ContentForm;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The OpenAPI 3.1 document of an API's REST form: an operation for each procedure, with exactly
/// the statuses that it can answer with. The words under `x-reasons` are what a client branches on.
public final class OpenApi {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final Api api;
  private final JsonSchema schemas = new JsonSchema();
  private final Map<Code, List<Reason>> shared;

  private OpenApi(Api api) {
    this.api = api;
    this.shared = mostFrequent(api);
  }

  /// For each code the refusal that most procedures have: it is written once, as a component.
  private static Map<Code, List<Reason>> mostFrequent(Api api) {
    var frequencies = new HashMap<List<Reason>, Integer>();
    var mostFrequent = new TreeMap<Code, List<Reason>>();
    for (var procedure : api.procedures()) {
      for (var reasons : Failures.of(api, procedure).values()) {
        int frequency = frequencies.merge(reasons, 1, Integer::sum);
        mostFrequent.merge(
            codeOf(reasons),
            reasons,
            (known, _) -> frequencies.getOrDefault(known, 0) < frequency ? reasons : known);
      }
    }
    return mostFrequent;
  }

  private static Code codeOf(List<Reason> reasons) {
    return reasons.getFirst().code();
  }

  /// The document as indented JSON, the same for the same declarations.
  ///
  /// @param basePath what all routes follow, such as `/dd/v1`
  /// @param version that of the API
  public static String document(Api api, String basePath, String version) {
    return indented(new OpenApi(api).write(basePath, version)) + "\n";
  }

  private static String indented(ObjectNode document) {
    var indenter = new DefaultIndenter("  ", "\n");
    var printer = new DefaultPrettyPrinter().withObjectIndenter(indenter);
    try {
      return new JsonMapper().writer(printer).writeValueAsString(document);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree can always be written", e);
    }
  }

  private ObjectNode write(String basePath, String version) {
    var document = NODES.objectNode().put("openapi", "3.1.1");
    document
        .putObject("info")
        .put("title", api.title())
        .put("version", version)
        .put("description", description());
    document.putArray("servers").addObject().put("url", basePath);
    var schemes = securitySchemes();
    var security = document.putArray("security");
    schemes.fieldNames().forEachRemaining(name -> security.addObject().putArray(name));
    var tags = document.putArray("tags");
    api.procedures().stream()
        .map(OpenApi::tagOf)
        .distinct()
        .forEach(tag -> tags.addObject().put("name", tag));
    document.set("paths", paths());
    document.set("components", components(schemes));
    return document;
  }

  private String description() {
    var text =
        switch (form()) {
          case ENVELOPED ->
              """
              %s `{"success": true, "data": ...}`. A refusal has
              `{"success": false, "error": {...}}`, or the form of RFC 9457 if `Accept` names
              `application/problem+json`; its `reason` says why, in a word that does not change.
              A request that can be read in two ways is refused with 400 before anything else.
              """
                  .formatted(isAllOk() ? "Every success is a 200 with" : "A success has");
          case PLAIN ->
              """
              An answer is the value itself. A refusal has the form of RFC 9457; its `reason` says why,
              in a word that does not change. A request that can be read in two ways is refused with
              400 before anything else.
              """;
        };
    return api.scopes().entries().isEmpty() ? text : text + "\n" + ScopeMatrix.scopes(api);
  }

  private boolean isAllOk() {
    return api.procedures().stream()
        .allMatch(procedure -> procedure.success().status() == Success.Status.OK);
  }

  private RestForm form() {
    return api.options().restForm();
  }

  private ObjectNode securitySchemes() {
    var schemes = NODES.objectNode();
    if (!(api.audience() instanceof Audience.Everyone)) {
      schemes.putObject("bearer").put("type", "http").put("scheme", "bearer");
    }
    if (api.audience() instanceof Audience.Keys) {
      schemes
          .putObject("apiKey")
          .put("type", "apiKey")
          .put("in", "header")
          .put("name", "X-API-Key");
    }
    if (!(api.audience() instanceof Audience.Everyone)) {
      schemes
          .putObject("session")
          .put("type", "apiKey")
          .put("in", "cookie")
          .put("name", "__Host-keyreeve")
          .put(
              "description",
              "The session of a signed-in person. Whatever is not a GET or HEAD also needs the"
                  + " header X-CSRF-Token.");
    }
    return schemes;
  }

  private ObjectNode paths() {
    var paths = NODES.objectNode();
    for (var procedure : api.procedures()) {
      var route = procedure.route();
      paths
          .withObjectProperty(route.path())
          .set(route.method().name().toLowerCase(Locale.ROOT), operation(procedure));
    }
    return paths;
  }

  private static String tagOf(Procedure<?, ?> procedure) {
    return procedure.name().substring(0, procedure.name().indexOf('.'));
  }

  private ObjectNode operation(Procedure<?, ?> procedure) {
    var operation = NODES.objectNode().put("operationId", procedure.name());
    operation.put("summary", procedure.summary());
    operation.putArray("tags").add(tagOf(procedure));
    if (procedure.requirement() instanceof Requirement.Holds(var scope)) {
      operation.put("x-required-scope", scope.token());
    }
    writeInput(procedure, operation);
    var responses = operation.putObject("responses");
    responses.set(Integer.toString(procedure.success().status().code()), success(procedure));
    if (procedure.isRevalidated()) responses.set("304", notModified());
    Failures.of(api, procedure)
        .forEach((status, reasons) -> responses.set(status.toString(), failure(reasons)));
    return operation;
  }

  private void writeInput(Procedure<?, ?> procedure, ObjectNode operation) {
    var variables = procedure.route().variables();
    var content = procedure.content();
    boolean hasJson = procedure.route().method().hasBody() && content == null;
    var condition = procedure.condition();
    var parameters = NODES.arrayNode();
    for (var field : procedure.fields()) {
      if (field.equals(condition)) {
        parameters.add(Envelopes.ifMatch(field.required()));
      } else if (variables.contains(field.name())) {
        parameters.add(parameter(field, "path"));
      } else if (!hasJson && !field.equals(content)) {
        parameters.add(parameter(field, "query"));
      }
    }
    if (content != null) parameters.add(Envelopes.fileName());
    if (procedure.kind() == Kind.MUTATION && procedure.isRepeatable()) {
      parameters.add(reference("parameters", IdempotencyHeader.NAME));
    }
    if (procedure.isRevalidated()) parameters.add(Envelopes.ifNoneMatch());
    if (procedure.kind() == Kind.SUBSCRIPTION) {
      parameters.add(reference("parameters", Envelopes.LAST_EVENT_ID));
    }
    if (!parameters.isEmpty()) operation.set("parameters", parameters);

    var rest =
        procedure.fields().stream()
            .filter(field -> !variables.contains(field.name()) && !field.equals(condition))
            .toList();
    if (content != null && content.form() instanceof ContentForm form) {
      var body = operation.putObject("requestBody");
      body.put("description", "At most " + form.maxBytes() + " bytes.");
      body.put("required", content.required());
      writeTypes(form, body);
    } else if (hasJson && !rest.isEmpty()) {
      var body = operation.putObject("requestBody");
      body.put("required", rest.stream().anyMatch(Form.Field::required));
      body.putObject("content")
          .putObject("application/json")
          .set(
              "schema",
              rest.size() == procedure.fields().size()
                  ? schemas.ofInput(procedure.input().form())
                  : schemas.ofInput(rest));
    }
  }

  /// Bytes as they are have no schema (OpenAPI 3.1, section 4.8.14.4).
  private static void writeTypes(ContentForm form, ObjectNode where) {
    var content = where.putObject("content");
    form.mediaTypes().forEach(content::putObject);
  }

  private ObjectNode parameter(Form.Field field, String place) {
    var parameter = NODES.objectNode().put("name", field.name()).put("in", place);
    parameter.put("required", field.required());
    if (field.form() instanceof Form.ListForm) {
      parameter.put("style", "form").put("explode", false);
    }
    parameter.set("schema", schemas.ofInput(field.form()));
    return parameter;
  }

  private ObjectNode success(Procedure<?, ?> procedure) {
    var response = NODES.objectNode();
    boolean streams = procedure.kind() == Kind.SUBSCRIPTION;
    response.put(
        "description",
        streams
            ? "Server-sent events. The data of each `message` is one of these; `problem` and `end`"
                + " are the last of a stream."
            : description(procedure.success().status()));
    if (!(api.audience() instanceof Audience.Everyone)) {
      writeLimitHeaders(response.putObject("headers"));
    }
    for (var header : procedure.success().headers()) {
      response
          .withObjectProperty("headers")
          .set(header.name(), reference("headers", header.name()));
    }
    if (procedure.success().status() == Success.Status.NO_CONTENT) return response;

    if (procedure.output().form() instanceof ContentForm form) {
      response
          .withObjectProperty("headers")
          .set(Envelopes.CONTENT_DISPOSITION, Envelopes.contentDisposition());
      writeTypes(form, response);
      return response;
    }
    var data = schemas.ofOutput(procedure.output().form());
    response
        .putObject("content")
        .putObject(streams ? "text/event-stream" : "application/json")
        .set("schema", streams ? data : Envelopes.success(data, form()));
    return response;
  }

  private static String description(Success.Status status) {
    return switch (status) {
      case OK -> "Carried out.";
      case CREATED -> "Created.";
      case ACCEPTED -> "Begun, and not done yet.";
      case NO_CONTENT -> "Carried out; there is nothing to show.";
    };
  }

  private ObjectNode notModified() {
    var response = NODES.objectNode().put("description", "The caller has it already.");
    var headers = response.putObject("headers");
    if (!(api.audience() instanceof Audience.Everyone)) writeLimitHeaders(headers);
    headers.set(Envelopes.ETAG, reference("headers", Envelopes.ETAG));
    return response;
  }

  private ObjectNode failure(List<Reason> reasons) {
    var code = codeOf(reasons);
    return reasons.equals(shared.get(code))
        ? reference("responses", nameOf(code))
        : written(reasons);
  }

  private static String nameOf(Code code) {
    return code.name().toLowerCase(Locale.ROOT);
  }

  private ObjectNode written(List<Reason> reasons) {
    var response = NODES.objectNode();
    response.put(
        "description",
        reasons.stream()
            .map(reason -> "- `" + reason.word() + "`: " + reason.message())
            .collect(Collectors.joining("\n")));
    var code = codeOf(reasons);
    if (code == Code.TOO_MANY_REQUESTS) writeLimitHeaders(response.putObject("headers"));
    if (code == Code.TOO_MANY_REQUESTS || code == Code.SERVICE_UNAVAILABLE) {
      response
          .withObjectProperty("headers")
          .set(Envelopes.RETRY_AFTER, reference("headers", Envelopes.RETRY_AFTER));
    }
    var content = response.putObject("content");
    switch (form()) {
      case ENVELOPED ->
          content.putObject("application/json").set("schema", reference("schemas", "Failure"));
      case PLAIN -> {}
    }
    content
        .putObject("application/problem+json")
        .set("schema", reference("schemas", "ProblemDetails"));
    var words = response.putArray("x-reasons");
    reasons.forEach(reason -> words.add(reason.word()));
    return response;
  }

  private ObjectNode components(ObjectNode schemes) {
    var components = NODES.objectNode();
    components.set("schemas", Envelopes.addTo(schemas.definitions(), form()));
    var responses = components.putObject("responses");
    shared.forEach((code, reasons) -> responses.set(nameOf(code), written(reasons)));
    components.set("parameters", Envelopes.parameters());
    components.set(
        "headers",
        Envelopes.headers(
            api.procedures().stream()
                .flatMap(OpenApi::headersOf)
                .collect(Collectors.toCollection(TreeSet::new))));
    components.set("securitySchemes", schemes);
    return components;
  }

  private static Stream<String> headersOf(Procedure<?, ?> procedure) {
    return procedure.success().headers().stream().map(AnswerHeader::name);
  }

  private static void writeLimitHeaders(ObjectNode headers) {
    for (var name : Envelopes.LIMIT_HEADERS) headers.set(name, reference("headers", name));
  }

  private static ObjectNode reference(String component, String name) {
    return NODES.objectNode().put("$ref", "#/components/" + component + "/" + name);
  }
}

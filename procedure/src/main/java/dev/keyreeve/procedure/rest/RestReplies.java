package dev.keyreeve.procedure.rest;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.keyreeve.procedure.AnswerHeader;
import dev.keyreeve.procedure.RestForm;
import dev.keyreeve.procedure.Result;
import dev.keyreeve.procedure.Success;
import dev.keyreeve.procedure.http.ETags;
import dev.keyreeve.procedure.http.Header;
import dev.keyreeve.procedure.http.Reply;
import dev.keyreeve.procedure.problem.Code;
import dev.keyreeve.procedure.problem.Problem;
import dev.keyreeve.procedure.protocol.Json;
import dev.keyreeve.procedure.protocol.ProblemHeaders;
import dev.keyreeve.procedure.shape.Content;
import dev.keyreeve.procedure.shape.Form;
import dev.keyreeve.procedure.shape.Form.ContentForm;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The replies of an API, in its form.
record RestReplies(RestForm form) {
  static final String PROBLEM_DETAILS = "application/problem+json";
  private static final int NOT_MODIFIED = 304;
  private static final byte[] NOTHING = {};
  private static final Header NO_STORE = new Header("cache-control", "no-store");
  private static final List<Header> OF_SUCCESS =
      List.of(new Header("content-type", "application/json"), NO_STORE);

  /// @param basePath what the routes of the API follow
  /// @param known the states of the value that the caller has already, or null
  <O> Reply success(Result.Succeeded<O> result, String basePath, @Nullable ETags known) {
    var success = result.success();
    var tag = known == null ? null : success.tagOf(result.value());
    if (known != null && tag != null && known.includeWeakly(tag)) {
      return new Reply(
          NOT_MODIFIED, List.of(NO_STORE, new Header("etag", tag.toString())), NOTHING);
    }
    int status = success.status().code();
    boolean hasBody = success.status() != Success.Status.NO_CONTENT;
    var content = hasBody && result.value() instanceof Content bytes ? bytes : null;
    var body =
        content != null
            ? content.bytes()
            : hasBody ? Json.bytes(out -> write(result, out)) : NOTHING;
    if (hasBody && content == null && success.headers().isEmpty() && result.headers().isEmpty()) {
      return new Reply(status, OF_SUCCESS, body);
    }
    var headers =
        new ArrayList<>(
            content != null
                ? headersOf(content, success.shape().form())
                : hasBody ? OF_SUCCESS : List.of(NO_STORE));
    for (var header : success.headers()) {
      var value = valueOf(header, result.value(), basePath);
      if (value != null) headers.add(new Header(header.name(), value));
    }
    headers.addAll(result.headers());
    return new Reply(status, headers, body);
  }

  private static List<Header> headersOf(Content content, Form form) {
    if (!(form instanceof ContentForm declared)
        || !declared.mediaTypes().contains(content.mediaType())) {
      throw new IllegalStateException(content.mediaType() + " is not declared");
    }
    return List.of(
        new Header("content-type", content.mediaType()),
        NO_STORE,
        new Header("content-disposition", Disposition.of(content.fileName())));
  }

  private static <O> @Nullable String valueOf(AnswerHeader<O> header, O value, String basePath) {
    return switch (header) {
      case AnswerHeader.Tag<O>(var of) -> of.apply(value).toString();
      case AnswerHeader.Location<O> location -> basePath + location.path(value);
      case AnswerHeader.RetryAfter<O> after -> {
        var wait = after.wait(value);
        yield wait == null ? null : Long.toString(Math.ceilDiv(wait.toMillis(), 1000L));
      }
    };
  }

  private void write(Result.Succeeded<?> result, JsonGenerator out) throws IOException {
    switch (form) {
      case ENVELOPED -> {
        out.writeStartObject();
        out.writeBooleanField("success", true);
        out.writeFieldName("data");
        result.writeTo(out);
        out.writeEndObject();
      }
      case PLAIN -> result.writeTo(out);
    }
  }

  /// @param requestId null where nobody could tell which request it was
  Reply failure(Problem problem, @Nullable String requestId) {
    return switch (form) {
      case ENVELOPED -> enveloped(problem);
      case PLAIN -> problemDetails(problem, requestId);
    };
  }

  /// The envelope of a refusal: `{"success":false,"error":{...}}`.
  private static Reply enveloped(Problem problem) {
    return failure(
        problem,
        "application/json",
        out -> {
          out.writeBooleanField("success", false);
          out.writeObjectFieldStart("error");
          out.writeStringField("code", wordOf(problem.code()));
          out.writeStringField("message", problem.message());
          out.writeStringField("reason", problem.reason().word());
          Json.writeFacts(problem, out);
          out.writeEndObject();
        });
  }

  /// The form of RFC 9457, with the same facts as extension members.
  static Reply problemDetails(Problem problem, @Nullable String requestId) {
    var reason = problem.reason();
    return failure(
        problem,
        PROBLEM_DETAILS,
        out -> {
          out.writeStringField("type", "urn:keyreeve:problem:" + reason.word());
          out.writeStringField("title", reason.message());
          out.writeNumberField("status", problem.code().httpStatus());
          out.writeStringField("detail", problem.message());
          if (requestId != null) {
            out.writeStringField("instance", "urn:keyreeve:request:" + requestId);
          }
          out.writeStringField("code", wordOf(problem.code()));
          out.writeStringField("reason", reason.word());
          Json.writeFacts(problem, out);
        });
  }

  private static Reply failure(Problem problem, String contentType, Json.Writing members) {
    var body =
        Json.bytes(
            out -> {
              out.writeStartObject();
              members.to(out);
              out.writeEndObject();
            });
    List<Header> headers = new ArrayList<>();
    headers.add(new Header("content-type", contentType));
    headers.add(NO_STORE);
    headers.addAll(ProblemHeaders.of(problem));
    return new Reply(problem.code().httpStatus(), headers, body);
  }

  /// One word for each status.
  static String wordOf(Code code) {
    return switch (code) {
      case PARSE_ERROR -> Code.BAD_REQUEST.name();
      case METHOD_NOT_SUPPORTED -> "METHOD_NOT_ALLOWED";
      case TOO_MANY_REQUESTS -> "RATE_LIMITED";
      case INTERNAL_SERVER_ERROR -> "SERVER_ERROR";
      case BAD_REQUEST,
          UNAUTHORIZED,
          FORBIDDEN,
          NOT_FOUND,
          CONFLICT,
          PRECONDITION_FAILED,
          PRECONDITION_REQUIRED,
          PAYLOAD_TOO_LARGE,
          UNSUPPORTED_MEDIA_TYPE,
          UNPROCESSABLE_CONTENT,
          SERVICE_UNAVAILABLE ->
          code.name();
    };
  }
}

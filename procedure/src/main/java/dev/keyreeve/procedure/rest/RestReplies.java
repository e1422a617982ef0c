package dev.keyreeve.procedure.rest;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.keyreeve.procedure.RestForm;
import dev.keyreeve.procedure.Result;
import dev.keyreeve.procedure.http.Header;
import dev.keyreeve.procedure.http.Reply;
import dev.keyreeve.procedure.problem.Code;
import dev.keyreeve.procedure.problem.Problem;
import dev.keyreeve.procedure.protocol.Json;
import dev.keyreeve.procedure.protocol.ProblemHeaders;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The replies of an API, in its form.
record RestReplies(RestForm form) {
  static final String PROBLEM_DETAILS = "application/problem+json";
  private static final Header NO_STORE = new Header("cache-control", "no-store");
  private static final List<Header> OF_SUCCESS =
      List.of(new Header("content-type", "application/json"), NO_STORE);

  Reply success(Result.Succeeded<?> result) {
    var body = Json.bytes(out -> write(result, out));
    if (result.headers().isEmpty()) return new Reply(200, OF_SUCCESS, body);

    var headers = new ArrayList<>(OF_SUCCESS);
    headers.addAll(result.headers());
    return new Reply(200, headers, body);
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
          PAYLOAD_TOO_LARGE,
          UNSUPPORTED_MEDIA_TYPE,
          UNPROCESSABLE_CONTENT,
          SERVICE_UNAVAILABLE ->
          code.name();
    };
  }
}

package dev.keyreeve.procedure.trpc;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.keyreeve.procedure.AnswerHeader;
import dev.keyreeve.procedure.Caller;
import dev.keyreeve.procedure.Calls;
import dev.keyreeve.procedure.Result;
import dev.keyreeve.procedure.http.Header;
import dev.keyreeve.procedure.http.Reply;
import dev.keyreeve.procedure.problem.Problem;
import dev.keyreeve.procedure.protocol.Json;
import dev.keyreeve.procedure.protocol.ProblemHeaders;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The answer to one call: `{"result":{"data":...}}`, or `{"error":...}` with the three members
/// without which a client does not know an error: `message`, the number `code`, and `data`.
///
/// @param problem why there is no result; null if there is one
@SuppressWarnings("ArrayRecordComponent") // envelopes are written, never compared
record Envelope(byte[] json, @Nullable Problem problem) {
  private static final List<Header> HEADERS =
      List.of(
          new Header("Content-Type", "application/json"),
          new Header("Vary", "trpc-accept, accept"),
          new Header("Cache-Control", "no-store"));

  static Envelope of(Result result, Named call, Caller caller) {
    return switch (result) {
      case Result.Failed(var problem) -> of(problem, call.name());
      case Result.Succeeded<?> succeeded -> of(succeeded, call, caller);
      case Result.Opened<?> _ -> throw new IllegalStateException(call + " is a subscription");
    };
  }

  private static Envelope of(Result.Succeeded<?> result, Named call, Caller caller) {
    try {
      return new Envelope(Json.bytes(out -> writeResult(result, out)), null);
    } catch (RuntimeException failure) {
      return of(Calls.failed(call.name(), caller.requestId(), failure), call.name());
    }
  }

  /// @param path the name of the call that failed; null if it is the request as a whole
  static Envelope of(Problem problem, @Nullable String path) {
    return new Envelope(
        Json.bytes(
            out -> {
              out.writeStartObject();
              out.writeFieldName("error");
              writeError(problem, path, out);
              out.writeEndObject();
            }),
        problem);
  }

  /// The refusal of a whole request: one envelope, for a batch too.
  static Reply reply(Problem problem, @Nullable String path) {
    return of(problem, path).reply();
  }

  Reply reply() {
    if (problem == null) return reply(200, json);

    var headers = new ArrayList<>(HEADERS);
    headers.addAll(ProblemHeaders.of(problem));
    return new Reply(problem.code().httpStatus(), headers, json);
  }

  static Reply reply(int status, byte[] json) {
    return new Reply(status, HEADERS, json);
  }

  int status() {
    return problem == null ? 200 : problem.code().httpStatus();
  }

  /// The bare error, as the events of a subscription carry it.
  static void writeError(Problem problem, @Nullable String path, JsonGenerator out)
      throws IOException {
    out.writeStartObject();
    out.writeStringField("message", problem.message());
    out.writeNumberField("code", problem.code().rpcNumber());
    out.writeObjectFieldStart("data");
    out.writeStringField("code", problem.code().name());
    out.writeNumberField("httpStatus", problem.code().httpStatus());
    if (path != null) out.writeStringField("path", path);
    out.writeStringField("reason", problem.reason().word());
    Json.writeFacts(problem, out);
    out.writeEndObject();
    out.writeEndObject();
  }

  private static <O> void writeResult(Result.Succeeded<O> result, JsonGenerator out)
      throws IOException {
    out.writeStartObject();
    out.writeObjectFieldStart("result");
    out.writeFieldName("data");
    var headers = result.success().headers();
    if (headers.isEmpty()) {
      result.writeTo(out);
    } else {
      result.writeWith(fields -> writeHeaders(headers, result.value(), fields), out);
    }
    out.writeEndObject();
    out.writeEndObject();
  }

  /// What REST tells in headers.
  private static <O> void writeHeaders(List<AnswerHeader<O>> headers, O value, JsonGenerator out)
      throws IOException {
    for (var header : headers) {
      switch (header) {
        case AnswerHeader.Tag<O>(var of) ->
            out.writeStringField(header.field(), of.apply(value).toString());
        case AnswerHeader.Location<O> location ->
            out.writeStringField(header.field(), location.path(value));
        case AnswerHeader.RetryAfter<O> after -> {
          var wait = after.wait(value);
          if (wait != null) out.writeNumberField(header.field(), wait.toMillis());
        }
      }
    }
  }
}

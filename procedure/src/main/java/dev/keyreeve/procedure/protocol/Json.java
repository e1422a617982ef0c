package dev.keyreeve.procedure.protocol;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import dev.keyreeve.procedure.problem.Problem;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.TreeMap;

/// Writes JSON to memory.
public final class Json {
  /// Threads are virtual and short-lived: buffers that each kept for itself would never be used
  /// again.
  private static final JsonFactory FACTORY =
      JsonFactory.builder().recyclerPool(JsonRecyclerPools.sharedConcurrentDequePool()).build();

  private static final int USUAL_BYTES = 512;

  private Json() {}

  /// Writes one value.
  public interface Writing {
    void to(JsonGenerator out) throws IOException;
  }

  public static byte[] bytes(Writing value) {
    var bytes = new ByteArrayOutputStream(USUAL_BYTES);
    try (var out = FACTORY.createGenerator(bytes)) {
      value.to(out);
    } catch (IOException e) {
      throw new UncheckedIOException("memory cannot fail to be written", e);
    }
    return bytes.toByteArray();
  }

  /// Writes what a problem tells programs beside its code, as members of an open object: `issues`,
  /// where there are any, and each detail.
  public static void writeFacts(Problem problem, JsonGenerator out) throws IOException {
    if (!problem.issues().isEmpty()) {
      out.writeArrayFieldStart("issues");
      for (var issue : problem.issues()) {
        out.writeStartObject();
        out.writeStringField("path", issue.path());
        out.writeStringField("code", issue.code());
        out.writeStringField("message", issue.message());
        out.writeEndObject();
      }
      out.writeEndArray();
    }
    if (problem.details().isEmpty()) return;
    for (var detail : new TreeMap<>(problem.details()).entrySet()) {
      out.writeFieldName(detail.getKey());
      writeDetail(detail.getValue(), out);
    }
  }

  private static void writeDetail(Object value, JsonGenerator out) throws IOException {
    switch (value) {
      case Boolean flag -> out.writeBoolean(flag);
      case Integer number -> out.writeNumber(number);
      case Long number -> out.writeNumber(number);
      case List<?> list -> {
        out.writeStartArray();
        for (var item : list) writeDetail(item, out);
        out.writeEndArray();
      }
      default -> out.writeString(value.toString());
    }
  }
}

package dev.keyreeve.procedure.shape;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.keyreeve.procedure.shape.Decoded.Invalid;
import dev.keyreeve.procedure.shape.Decoded.Valid;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import org.jspecify.annotations.NullMarked;

/// JSON and answers, in and out, for tests; `'` may stand for `"`.
@NullMarked
final class Json {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private Json() {}

  static JsonNode json(String text) {
    try {
      return MAPPER.readTree(text.replace('\'', '"'));
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  static <T> T valid(Decoded<T> decoded) {
    return switch (decoded) {
      case Valid<T>(var value) -> value;
      case Invalid<T>(var issues) -> throw new AssertionError("has " + issues);
    };
  }

  static List<Issue> issuesOf(Decoded<?> decoded) {
    return switch (decoded) {
      case Invalid<?>(var issues) -> issues;
      case Valid<?>(var value) -> throw new AssertionError("was valid: " + value);
    };
  }

  static <T> String written(Shape<T> shape, T value) {
    return text(out -> shape.write(value, out));
  }

  static <T> String stored(Shape<T> shape, T value) {
    return text(out -> shape.writeStored(value, out));
  }

  private static String text(Writing writing) {
    var text = new StringWriter();
    try (var out = MAPPER.createGenerator(text)) {
      writing.to(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  private interface Writing {
    void to(JsonGenerator out) throws IOException;
  }
}

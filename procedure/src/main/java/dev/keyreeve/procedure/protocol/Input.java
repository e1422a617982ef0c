package dev.keyreeve.procedure.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keyreeve.procedure.json.Caps;
import dev.keyreeve.procedure.json.JsonReader;
import dev.keyreeve.procedure.json.JsonText;
import dev.keyreeve.procedure.problem.Problem;
import dev.keyreeve.procedure.problem.Reasons;
import org.jspecify.annotations.Nullable;

/// What a request brings for its calls, before any shape looks at it.
public sealed interface Input {
  /// @param json null where nothing was sent
  record Read(@Nullable JsonNode json) implements Input {}

  record Unreadable(Problem problem) implements Input {}

  /// @param utf8 one JSON text, or nothing at all
  static Input parse(byte[] utf8, Caps caps) {
    if (utf8.length == 0) return new Read(null);

    return switch (JsonReader.read(utf8, caps)) {
      case JsonText.Parsed(var value) -> new Read(value);
      case JsonText.Malformed(var message) ->
          new Unreadable(Problem.of(Reasons.MALFORMED_JSON, message));
      case JsonText.TooLarge _ -> new Unreadable(Problem.of(Reasons.TOO_LARGE));
    };
  }
}

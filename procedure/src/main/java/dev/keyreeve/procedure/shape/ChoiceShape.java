package dev.keyreeve.procedure.shape;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One constant of an enum.
final class ChoiceShape<E extends Enum<E>> extends Shape<E> {
  private final Form.ChoiceForm form;
  private final Map<String, E> constants = new LinkedHashMap<>();
  private final Map<E, String> words;

  ChoiceShape(Class<E> type) {
    this.words = new EnumMap<>(type);
    for (var constant : type.getEnumConstants()) {
      var word = constant.name().toLowerCase(Locale.ROOT);
      constants.put(word, constant);
      words.put(constant, word);
    }
    this.form = new Form.ChoiceForm(type.getSimpleName(), type, List.copyOf(constants.keySet()));
  }

  @Override
  public Form form() {
    return form;
  }

  @Override
  @Nullable E read(JsonNode node, Reading reading) {
    if (!node.isTextual()) return reading.refuse("wrong_type", "This must be a string.");
    var constant = constants.get(node.textValue());
    return constant != null
        ? constant
        : reading.refuse(
            "not_one_of", "This must be one of " + String.join(", ", form.values()) + ".");
  }

  @Override
  void write(E value, JsonGenerator out, boolean withSecrets) throws IOException {
    out.writeString(words.get(value));
  }
}

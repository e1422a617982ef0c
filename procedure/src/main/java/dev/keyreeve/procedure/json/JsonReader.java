package dev.keyreeve.procedure.json;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;

/// Reads the bytes of one JSON text, and builds its tree, counting as it goes.
///
/// The bytes are decoded by the JDK first: Jackson's own decoder lets overlong forms and encoded
/// surrogates pass and guesses UTF-16. Names are neither interned nor kept in a table, so that no
/// text leaves anything behind.
public final class JsonReader {
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNameLength(Integer.MAX_VALUE)
                  .maxStringLength(Integer.MAX_VALUE)
                  .build())
          .build();

  private static final JsonNodeFactory NODES = new JsonNodeFactory(true);

  /// Beyond every `double`. Without it a few characters could unfold to gigabytes in whoever rounds
  /// them.
  private static final int MAX_SCALE = 400;

  private final JsonParser parser;
  private final Caps caps;
  private int values;

  private JsonReader(JsonParser parser, Caps caps) {
    this.parser = parser;
    this.caps = caps;
  }

  /// Whether some bytes are JSON, and which.
  public static JsonText read(byte[] utf8, Caps caps) {
    if (utf8.length > caps.maxBytes()) return new JsonText.TooLarge(caps.maxBytes());

    var bytes = ByteBuffer.wrap(utf8);
    var text = CharBuffer.allocate(utf8.length);
    if (StandardCharsets.UTF_8.newDecoder().decode(bytes, text, true).isError()) {
      return new JsonText.Malformed(
          "The text is not UTF-8 at byte " + (bytes.position() + 1) + ".");
    }
    try (var parser = FACTORY.createParser(text.array(), 0, text.position())) {
      return new JsonReader(parser, caps).document();
    } catch (IOException e) {
      throw new UncheckedIOException("memory cannot fail to be read", e);
    }
  }

  private JsonText document() throws IOException {
    try {
      if (parser.nextToken() == null) {
        return new JsonText.Malformed("The text holds no value.");
      }
      var value = value(0);
      if (parser.nextToken() != null) throw new Refusal("Something follows the value");
      return new JsonText.Parsed(value);
    } catch (Refusal refusal) {
      return malformed(refusal.what, parser.currentTokenLocation());
    } catch (StreamConstraintsException _) {
      return malformed(numberTooLong(), parser.currentLocation());
    } catch (JacksonException _) {
      return malformed("The text is not JSON", parser.currentLocation());
    }
  }

  private static JsonText malformed(String what, JsonLocation where) {
    return new JsonText.Malformed(
        what + ", at line " + where.getLineNr() + ", column " + where.getColumnNr() + ".");
  }

  private JsonNode value(int depth) throws IOException {
    return switch (parser.currentToken()) {
      case START_OBJECT -> object(deeper(depth));
      case START_ARRAY -> list(deeper(depth));
      case VALUE_STRING -> NODES.textNode(wellFormed(parser.getText()));
      case VALUE_NUMBER_INT -> integer();
      case VALUE_NUMBER_FLOAT -> decimal();
      case VALUE_TRUE -> NODES.booleanNode(true);
      case VALUE_FALSE -> NODES.booleanNode(false);
      case VALUE_NULL -> NODES.nullNode();
      case NOT_AVAILABLE, END_OBJECT, END_ARRAY, FIELD_NAME, VALUE_EMBEDDED_OBJECT ->
          throw new IllegalStateException("a value cannot begin with " + parser.currentToken());
    };
  }

  private ObjectNode object(int depth) throws IOException {
    var object = NODES.objectNode();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      count();
      var name = wellFormed(parser.currentName());
      if (object.has(name)) throw new Refusal("A name stands twice in one object");
      parser.nextToken();
      object.set(name, value(depth));
    }
    return object;
  }

  private ArrayNode list(int depth) throws IOException {
    var list = NODES.arrayNode();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      count();
      list.add(value(depth));
    }
    return list;
  }

  private JsonNode integer() throws IOException {
    checkNumberLength();
    return switch (parser.getNumberType()) {
      case INT -> NODES.numberNode(parser.getIntValue());
      case LONG -> NODES.numberNode(parser.getLongValue());
      default -> NODES.numberNode(new BigInteger(parser.getText()));
    };
  }

  private JsonNode decimal() throws IOException {
    checkNumberLength();
    try {
      var number = new BigDecimal(parser.getText());
      if (Math.abs((long) number.scale()) <= MAX_SCALE) return NODES.numberNode(number);
    } catch (NumberFormatException _) {
      // the exponent does not even fit an int
    }
    throw new Refusal("A number has too large an exponent");
  }

  private int deeper(int depth) throws Refusal {
    if (depth == caps.maxDepth()) {
      throw new Refusal("The text is more than " + caps.maxDepth() + " levels deep");
    }
    return depth + 1;
  }

  private void count() throws Refusal {
    if (++values > caps.maxValues()) {
      throw new Refusal("The text has more than " + caps.maxValues() + " members and items");
    }
  }

  private void checkNumberLength() throws IOException {
    if (parser.getTextLength() > caps.maxNumberLength()) throw new Refusal(numberTooLong());
  }

  private String numberTooLong() {
    return "A number has more than " + caps.maxNumberLength() + " characters";
  }

  private static String wellFormed(String text) throws Refusal {
    if (text.codePoints()
        .anyMatch(point -> Character.MIN_SURROGATE <= point && point <= Character.MAX_SURROGATE)) {
      throw new Refusal("A string holds half of a surrogate pair");
    }
    return text;
  }

  private static final class Refusal extends IOException {
    private static final long serialVersionUID = 1;

    private final String what;

    Refusal(String what) {
      super(what);
      this.what = what;
    }
  }
}

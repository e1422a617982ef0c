package dev.keyreeve.server.config;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The YAML file of settings: mappings, lists and scalars, and nothing else of YAML. Groups are
/// written as mappings or with dots, so `http: {port: 80}` and `http.port: 80` are the same.
///
/// @param texts by name, as they are written; a list as its items with commas between
record SettingsFile(Map<String, String> texts) {
  private static final int MAX_BYTES = 256 * 1024;
  private static final YAMLFactory YAML =
      YAMLFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  SettingsFile {
    texts = Map.copyOf(texts);
  }

  /// What is wrong with a file: one sentence that repeats none of its values.
  static final class Malformed extends Exception {
    private static final long serialVersionUID = 1;

    Malformed(String message) {
      super(message);
    }

    Malformed(String message, @Nullable JsonLocation place) {
      this(place == null ? message : message + " (line " + place.getLineNr() + ")");
    }
  }

  static SettingsFile read(Path file) throws Malformed {
    try {
      if (Files.size(file) > MAX_BYTES) throw new Malformed("it is longer than 256 KiB");
      return parse(Files.readString(file));
    } catch (CharacterCodingException e) {
      throw new Malformed("it is not UTF-8");
    } catch (IOException e) {
      throw new Malformed("it cannot be read");
    }
  }

  static SettingsFile parse(String text) throws Malformed {
    try (var parser = YAML.createParser(text)) {
      var texts = new LinkedHashMap<String, String>();
      var first = parser.nextToken();
      if (first != null) {
        if (first != JsonToken.START_OBJECT) {
          throw new Malformed("it must be names with values, such as 'http.port: 8080'");
        }
        readGroup(parser, "", texts);
        if (parser.nextToken() != null) throw new Malformed("it must be one document");
      }
      return new SettingsFile(texts);
    } catch (JsonProcessingException e) {
      // Its message quotes the file.
      throw new Malformed("it is no YAML, or names something twice", e.getLocation());
    } catch (IOException e) {
      throw new Malformed("it cannot be read");
    }
  }

  private static void readGroup(YAMLParser parser, String prefix, Map<String, String> texts)
      throws IOException, Malformed {
    requirePlain(parser);
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      var name = prefix + parser.currentName();
      var token = parser.nextToken();
      requirePlain(parser);
      switch (token) {
        case START_OBJECT -> readGroup(parser, name + ".", texts);
        case START_ARRAY -> put(parser, name, items(parser), texts);
        case VALUE_NULL -> put(parser, name, "", texts);
        default -> put(parser, name, parser.getText(), texts);
      }
    }
  }

  private static String items(YAMLParser parser) throws IOException, Malformed {
    var items = new ArrayList<String>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      requirePlain(parser);
      if (!parser.currentToken().isScalarValue()) {
        throw new Malformed("a list holds texts alone", parser.currentTokenLocation());
      }
      items.add(parser.getText());
    }
    return items.isEmpty() ? "none" : String.join(",", items);
  }

  private static void put(YAMLParser parser, String name, String text, Map<String, String> texts)
      throws Malformed {
    if (texts.putIfAbsent(name, text.strip()) != null) {
      throw new Malformed("it names " + name + " twice", parser.currentTokenLocation());
    }
  }

  /// Anchors, aliases and tags make a text mean what it does not say.
  private static void requirePlain(YAMLParser parser) throws IOException, Malformed {
    if (parser.isCurrentAlias() || parser.getObjectId() != null || parser.getTypeId() != null) {
      throw new Malformed("anchors, aliases and tags are not read", parser.currentTokenLocation());
    }
  }
}

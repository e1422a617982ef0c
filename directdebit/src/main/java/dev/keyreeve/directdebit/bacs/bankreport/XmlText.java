package dev.keyreeve.directdebit.bacs.bankreport;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/// Puts XML together, one element a line. It is ISO-8859-1, as the reports of banks are; a
/// character beyond that is written by its number.
final class XmlText {

  private final StringBuilder text =
      new StringBuilder("<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>\n");
  private final ArrayDeque<String> open = new ArrayDeque<>();

  /// Begins an element that others are put into.
  ///
  /// @param attributes names and values in turn; an attribute whose value is null is left out
  XmlText open(String name, @Nullable String... attributes) {
    tag(name, attributes).append(">\n");
    open.push(name);
    return this;
  }

  /// An element with nothing inside.
  XmlText empty(String name, @Nullable String... attributes) {
    tag(name, attributes).append("/>\n");
    return this;
  }

  /// An element that holds a text.
  XmlText text(String name, String value, @Nullable String... attributes) {
    tag(name, attributes).append('>').append(escaped(value));
    text.append("</").append(name).append(">\n");
    return this;
  }

  XmlText close() {
    var name = open.pop();
    indented().append("</").append(name).append(">\n");
    return this;
  }

  byte[] bytes() {
    return text.toString().getBytes(StandardCharsets.ISO_8859_1);
  }

  private StringBuilder tag(String name, @Nullable String... attributes) {
    indented().append('<').append(name);
    for (var i = 0; i < attributes.length; i += 2) {
      var value = attributes[i + 1];
      if (value == null) continue;

      text.append(' ').append(attributes[i]).append("=\"").append(escaped(value)).append('"');
    }
    return text;
  }

  private StringBuilder indented() {
    return text.append("  ".repeat(open.size()));
  }

  private static String escaped(String value) {
    var escaped = new StringBuilder(value.length());
    value.codePoints().forEach(each -> escape(each, escaped));
    return escaped.toString();
  }

  private static void escape(int character, StringBuilder escaped) {
    switch (character) {
      case '&' -> escaped.append("&amp;");
      case '<' -> escaped.append("&lt;");
      case '>' -> escaped.append("&gt;");
      case '"' -> escaped.append("&quot;");
      default -> {
        if (character < 0x100) escaped.append((char) character);
        else escaped.append("&#").append(character).append(';');
      }
    }
  }
}

package dev.keyreeve.procedure.json;

import com.fasterxml.jackson.databind.JsonNode;

/// The answer to the question whether some bytes are JSON, as RFC 8259 has it, within [Caps].
///
/// Refused as well: UTF-8 that is not strictly valid, a byte order mark, half of a surrogate pair
/// (escaped or not), a name that stands twice in one object, anything after the value. Whole
/// numbers become integral nodes; a fraction or an exponent makes an exact decimal node, never a
/// `double`.
public sealed interface JsonText {
  record Parsed(JsonNode value) implements JsonText {}

  /// The message says what is wrong and where, and quotes nothing of the text.
  record Malformed(String message) implements JsonText {}

  record TooLarge(int maxBytes) implements JsonText {}
}

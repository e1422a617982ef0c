package dev.keyreeve.directdebit.bacs.bankreport;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// Turns the bytes of an XML file into text, by its byte order mark or else by the encoding that it
/// declares (XML 1.0, section 4.3.3 and appendix F). The parser of the JDK could do it too, but
/// writes to the terminal where bytes are no text.
final class XmlBytes {

  private static final Pattern DECLARATION =
      Pattern.compile(
          "<\\?xml[^>]*?\\sencoding\\s*=\\s*[\"']([A-Za-z0-9._-]{1,40})[\"'].*", Pattern.DOTALL);

  private static final int LONGEST_DECLARATION = 200;

  private static final Map<String, Charset> ENCODINGS =
      Map.of(
          "utf-8", StandardCharsets.UTF_8,
          "iso-8859-1", StandardCharsets.ISO_8859_1,
          "us-ascii", StandardCharsets.US_ASCII,
          "windows-1252", Charset.forName("windows-1252"));

  private XmlBytes() {}

  /// The text without its byte order mark; empty if the bytes are no text in their encoding, or if
  /// it is none that reports are written in.
  static Optional<String> decode(byte[] bytes) {
    if (begins(bytes, 0xEF, 0xBB, 0xBF)) return decode(bytes, 3, StandardCharsets.UTF_8);
    if (begins(bytes, 0xFE, 0xFF)) return decode(bytes, 2, StandardCharsets.UTF_16BE);
    if (begins(bytes, 0xFF, 0xFE)) return decode(bytes, 2, StandardCharsets.UTF_16LE);

    return Optional.ofNullable(ENCODINGS.get(declared(bytes)))
        .flatMap(charset -> decode(bytes, 0, charset));
  }

  private static boolean begins(byte[] bytes, int... mark) {
    if (bytes.length < mark.length) return false;

    for (var i = 0; i < mark.length; i++) {
      if (Byte.toUnsignedInt(bytes[i]) != mark[i]) return false;
    }
    return true;
  }

  private static String declared(byte[] bytes) {
    var beginning =
        new String(
            Arrays.copyOf(bytes, Math.min(bytes.length, LONGEST_DECLARATION)),
            StandardCharsets.ISO_8859_1);
    var declaration = DECLARATION.matcher(beginning);
    return declaration.matches() ? declaration.group(1).toLowerCase(Locale.ROOT) : "utf-8";
  }

  private static Optional<String> decode(byte[] bytes, int from, Charset charset) {
    try {
      var text = ByteBuffer.wrap(bytes, from, bytes.length - from);
      return Optional.of(charset.newDecoder().decode(text).toString());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }
}

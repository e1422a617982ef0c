package dev.keyreeve.procedure.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/// Percent-encoded UTF-8 (RFC 3986, section 2.1) in text that is otherwise ASCII.
public final class PercentEncoding {
  private static final AsciiSet UNRESERVED = AsciiSet.of(AsciiSet.ALPHANUMERIC + "-._~");
  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  private PercentEncoding() {}

  /// One segment of a path, or one value: whatever is not unreserved is encoded (RFC 3986, section
  /// 2.3).
  public static String encode(String text) {
    var encoded = new StringBuilder(text.length());
    for (byte octet : text.getBytes(UTF_8)) {
      char c = (char) (octet & 0xff);
      if (UNRESERVED.contains(c)) {
        encoded.append(c);
      } else {
        encoded.append('%').append(HEX.toHexDigits(octet));
      }
    }
    return encoded.toString();
  }

  /// The octet that the triplet at this index stands for, or -1 where there is no whole triplet.
  static int octet(String text, int percent) {
    if (percent + 2 >= text.length()) return -1;

    int high = hexDigit(text.charAt(percent + 1));
    int low = hexDigit(text.charAt(percent + 2));
    return high < 0 || low < 0 ? -1 : high << 4 | low;
  }

  /// The text between two indices, decoded; null where a triplet is broken or the octets are not
  /// UTF-8.
  static @Nullable String decode(String text, int start, int end) {
    return decode(text, start, end, false);
  }

  /// The same for `application/x-www-form-urlencoded`, where `+` is a space.
  static @Nullable String decodeForm(String text, int start, int end) {
    return decode(text, start, end, true);
  }

  private static @Nullable String decode(String text, int start, int end, boolean plusIsSpace) {
    var octets = new byte[end - start];
    int length = 0;
    for (int i = start; i < end; i++) {
      char c = text.charAt(i);
      if (c == '%') {
        int octet = i + 2 < end ? octet(text, i) : -1;
        if (octet < 0) return null;
        octets[length++] = (byte) octet;
        i += 2;
      } else {
        octets[length++] = (byte) (plusIsSpace && c == '+' ? ' ' : c);
      }
    }
    try {
      return UTF_8.newDecoder().decode(ByteBuffer.wrap(octets, 0, length)).toString();
    } catch (CharacterCodingException _) {
      return null;
    }
  }

  private static int hexDigit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    return -1;
  }
}

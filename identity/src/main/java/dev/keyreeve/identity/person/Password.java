package dev.keyreeve.identity.person;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.keyreeve.procedure.shape.Text;
import java.text.Normalizer;

/// A password as somebody typed it, in Unicode's composed form (NFC), so that two keyboards that
/// write one character differently write one password (NIST SP 800-63B-4, section 3.1.1.2). It
/// prints as `[redacted]`.
@Text(max = Password.MAX_LENGTH)
public final class Password {
  /// In code points.
  static final int MAX_LENGTH = 256;

  private final String text;

  private Password(String text) {
    this.text = text;
  }

  public static Password parse(String text) {
    return new Password(Normalizer.normalize(text, Normalizer.Form.NFC));
  }

  String text() {
    return text;
  }

  byte[] bytes() {
    return text.getBytes(UTF_8);
  }

  @Override
  public String toString() {
    return "[redacted]";
  }
}

package dev.keyreeve.access.credential;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;

/// A text that must not be seen: it prints as `[redacted]`, compares in time that does not depend
/// on where two texts differ, and is not serialisable. [#reveal] is the one way out.
public final class Secret {
  private final String text;

  private Secret(String text) {
    this.text = text;
  }

  public static Secret of(String text) {
    return new Secret(text);
  }

  public String reveal() {
    return text;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Secret secret
        && MessageDigest.isEqual(text.getBytes(UTF_8), secret.text.getBytes(UTF_8));
  }

  /// The same for all secrets, since a hash of the text would tell part of it.
  @Override
  public int hashCode() {
    return 0;
  }

  @Override
  public String toString() {
    return "[redacted]";
  }
}

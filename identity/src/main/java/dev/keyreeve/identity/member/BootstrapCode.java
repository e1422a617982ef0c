package dev.keyreeve.identity.member;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.keyreeve.platform.token.Token;
import java.security.SecureRandom;
import java.util.Locale;

/// The code with which the first person becomes an owner: 140 random bits as seven groups of four
/// characters of Crockford's base 32, such as `8F2K-...`. It is read from a terminal and typed, so
/// case, dashes and spaces do not matter, and neither does an O for a 0 or an I or L for a 1. It
/// prints as `[redacted]`, and only its SHA-256 is kept.
public final class BootstrapCode {
  private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  private static final int GROUPS = 7;
  private static final int GROUP = 4;

  private final String characters;

  private BootstrapCode(String characters) {
    this.characters = characters;
  }

  /// Takes any text: one that is no code is found out like a wrong one.
  public static BootstrapCode parse(String text) {
    return new BootstrapCode(
        text.toUpperCase(Locale.ROOT)
            .replaceAll("[ -]", "")
            .replace('O', '0')
            .replaceAll("[IL]", "1"));
  }

  static BootstrapCode random(SecureRandom random) {
    var characters = new StringBuilder();
    for (int i = 0; i < GROUPS * GROUP; i++) {
      characters.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    return new BootstrapCode(characters.toString());
  }

  /// As it is shown, once.
  public String reveal() {
    return String.join("-", characters.split("(?<=\\G.{" + GROUP + "})"));
  }

  byte[] digest() {
    return Token.sha256(characters.getBytes(US_ASCII));
  }

  @Override
  public String toString() {
    return "[redacted]";
  }
}

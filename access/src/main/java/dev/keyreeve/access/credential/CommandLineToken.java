package dev.keyreeve.access.credential;

import java.security.SecureRandom;
import java.util.Base64;

/// The authority of the command line over one running server: `kop_` and 256 random bits, made anew
/// at each start and kept in a file that only the server's owner can read.
public final class CommandLineToken {
  private static final String PREFIX = "kop_";
  private static final int BYTES = 32;

  /// Shorter than any key, so that a key of the brand `kop` is not taken for one of these.
  private static final int LENGTH = PREFIX.length() + (BYTES * 8 + 5) / 6;

  private final Secret secret;

  private CommandLineToken(Secret secret) {
    this.secret = secret;
  }

  public static CommandLineToken random(SecureRandom random) {
    var bytes = new byte[BYTES];
    random.nextBytes(bytes);
    return new CommandLineToken(
        Secret.of(PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes)));
  }

  /// Whether a presented token has the form of an operator's, and is therefore no key.
  public static boolean isOne(String presented) {
    return presented.length() == LENGTH && presented.startsWith(PREFIX);
  }

  public boolean matches(Secret presented) {
    return secret.equals(presented);
  }

  public Secret secret() {
    return secret;
  }
}

package dev.keyreeve.identity.person;

import java.util.Base64;
import java.util.regex.Pattern;

/// A password's hash as it is kept: `$argon2id$v=19$m=19456,t=2,p=1$salt$tag`, in base64 without
/// padding.
@SuppressWarnings("ArrayRecordComponent") // never compared as a whole
record PhcString(Argon2Cost cost, byte[] salt, byte[] tag) {
  private static final Pattern FORM =
      Pattern.compile(
          "\\$argon2id\\$v=19\\$m=(\\d{1,9}),t=(\\d{1,9}),p=(\\d{1,3})"
              + "\\$([A-Za-z0-9+/]+)\\$([A-Za-z0-9+/]+)");

  /// @throws IllegalStateException if it is none, which is then not told
  static PhcString parse(String text) {
    var parts = FORM.matcher(text);
    if (!parts.matches()) throw new IllegalStateException("what is kept is no Argon2id hash");

    var decoder = Base64.getDecoder();
    return new PhcString(
        new Argon2Cost(
            Integer.parseInt(parts.group(1)),
            Integer.parseInt(parts.group(2)),
            Integer.parseInt(parts.group(3))),
        decoder.decode(parts.group(4)),
        decoder.decode(parts.group(5)));
  }

  @Override
  public String toString() {
    var encoder = Base64.getEncoder().withoutPadding();
    return "$argon2id$v=19$m=%d,t=%d,p=%d$%s$%s"
        .formatted(
            cost.memoryKib(),
            cost.passes(),
            cost.lanes(),
            encoder.encodeToString(salt),
            encoder.encodeToString(tag));
  }
}

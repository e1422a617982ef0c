package dev.keyreeve.directdebit.rail.gocardless;

import dev.keyreeve.procedure.shape.Text;
import java.util.regex.Pattern;

/// What a GoCardless account's owner lets this server act with. It prints as `[redacted]`.
@Text(max = 600)
public final class AccessToken {

  /// A b64token of RFC 6750, section 2.1.
  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9._~+/-]{1,512}=*");

  private final String text;

  private AccessToken(String text) {
    this.text = text;
  }

  /// @throws IllegalArgumentException if it is no bearer token; the message does not repeat it
  public static AccessToken parse(String text) {
    if (!FORM.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "A GoCardless access token is 1 to 512 of A-Z, a-z, 0-9 and ._~+/-.");
    }

    return new AccessToken(text);
  }

  String reveal() {
    return text;
  }

  @Override
  public String toString() {
    return "[redacted]";
  }
}

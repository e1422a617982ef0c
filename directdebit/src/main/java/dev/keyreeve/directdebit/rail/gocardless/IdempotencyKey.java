package dev.keyreeve.directdebit.rail.gocardless;

import java.util.regex.Pattern;

/// Names one intent to create something, so that GoCardless creates it at most once however often
/// it is asked. It belongs to the intent, not to the request: whoever asks again, after a restart
/// too, has to bring the same key.
public record IdempotencyKey(String text) {

  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9._:-]{1,128}");

  public IdempotencyKey {
    if (!FORM.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "An idempotency key is 1 to 128 of A-Z, a-z, 0-9 and ._:-.");
    }
  }

  @Override
  public String toString() {
    return text;
  }
}

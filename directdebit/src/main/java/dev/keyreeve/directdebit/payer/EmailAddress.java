package dev.keyreeve.directdebit.payer;

import dev.keyreeve.procedure.shape.Format;
import java.util.regex.Pattern;

/// An address that mail can be sent to, in the plain form that people write.
@Format(pattern = "^[^@\\s]{1,64}@[^@\\s]{1,189}$", example = "sam@example.com")
public record EmailAddress(String text) {
  private static final Pattern FORM = Pattern.compile("[^@\\s]{1,64}@[^@\\s.]+(\\.[^@\\s.]+)+");
  private static final int MAX_LENGTH = 254;

  public EmailAddress {
    if (text.length() > MAX_LENGTH
        || !FORM.matcher(text).matches()
        || text.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException("An e-mail address reads name@example.com.");
    }
  }

  public static EmailAddress parse(String text) {
    return new EmailAddress(text);
  }

  @Override
  public String toString() {
    return text;
  }
}

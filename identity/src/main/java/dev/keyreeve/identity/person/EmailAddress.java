package dev.keyreeve.identity.person;

import dev.keyreeve.procedure.shape.Format;
import java.util.Locale;
import java.util.regex.Pattern;

/// The address by which a person signs in, in ASCII: letters that only look alike are never two
/// people. Its domain is in lower case; the part before the `@` stands as it was written. Two
/// addresses that differ in case alone are one.
@Format(pattern = "^[!-?A-~]{1,64}@[!-?A-~]{1,189}$", example = "sam@example.com")
public record EmailAddress(String text) {
  private static final Pattern FORM =
      Pattern.compile("[!-?A-~]{1,64}@[A-Za-z0-9-]+(\\.[A-Za-z0-9-]+)+");
  private static final int MAX_LENGTH = 254;

  /// @throws IllegalArgumentException if it is none
  public EmailAddress {
    if (text.length() > MAX_LENGTH || !FORM.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "An e-mail address reads name@example.com, in ASCII characters.");
    }
    int at = text.lastIndexOf('@');
    text = text.substring(0, at) + text.substring(at).toLowerCase(Locale.ROOT);
  }

  public static EmailAddress parse(String text) {
    return new EmailAddress(text);
  }

  /// What stands before the `@`.
  public String localPart() {
    return text.substring(0, text.lastIndexOf('@'));
  }

  /// The same text for addresses that are one.
  public String compared() {
    return text.toLowerCase(Locale.ROOT);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof EmailAddress address && compared().equals(address.compared());
  }

  @Override
  public int hashCode() {
    return compared().hashCode();
  }

  @Override
  public String toString() {
    return text;
  }
}

package dev.keyreeve.identity.person;

import dev.keyreeve.platform.mail.EmailAddress;
import dev.keyreeve.procedure.shape.Format;

/// The address by which a person signs in or is invited, as a call gives it.
@Format(pattern = "^[!-?A-~]{1,64}@[!-?A-~]{1,189}$", example = "sam@example.com")
public record SignInAddress(EmailAddress address) {

  public static SignInAddress parse(String text) {
    return new SignInAddress(EmailAddress.inAscii(text));
  }

  @Override
  public String toString() {
    return address.text();
  }
}

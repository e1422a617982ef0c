package dev.keyreeve.platform.mail;

import java.util.regex.Pattern;

/// An address that a message can name without quotation: a dot-atom, `@` and a domain in ASCII (RFC
/// 5322, section 3.4.1). Nothing in it can end a header or begin another address.
public record MailAddress(String text) {
  private static final String ATOM = "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+";
  private static final String LABEL = "[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?";
  private static final Pattern FORM =
      Pattern.compile(
          "(?=.{3,254}$)(?=[^@]{1,64}@)"
              + (ATOM + "(?:\\." + ATOM + ")*@" + LABEL + "(?:\\." + LABEL + ")*"));

  public MailAddress {
    if (!isOne(text)) {
      throw new IllegalArgumentException("An address reads name@example.com, in ASCII characters.");
    }
  }

  /// Whether mail can be sent to a text.
  public static boolean isOne(String text) {
    return FORM.matcher(text).matches();
  }

  public String domain() {
    return text.substring(text.lastIndexOf('@') + 1);
  }

  @Override
  public String toString() {
    return text;
  }
}

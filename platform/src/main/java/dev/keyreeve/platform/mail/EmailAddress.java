package dev.keyreeve.platform.mail;

import dev.keyreeve.procedure.shape.Format;
import dev.keyreeve.procedure.shape.PlainText;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// The address of a mailbox: a local part, `@` and a domain (RFC 5321, section 4.1.2), and neither
/// a name beside it nor comments.
///
/// **The rule.** At most 254 characters, of which 1 to 64 come before the only `@`; a domain of
/// labels with dots between them; no white space and no control character. Letters beyond ASCII are
/// allowed (RFC 6531).
///
/// It stands as it was written, and who corrects the case of a letter has changed it. Whether two
/// are one mailbox, only the mailbox's own server knows (RFC 5321, section 2.4); where it must not
/// be two people's, case does not [count][#isSameAs].
///
/// Some doors are narrower. [#parse] takes what people give as the address of somebody else,
/// [#inAscii] that by which somebody signs in, [#deliverable] that which our own mail can name.
@Format(pattern = "^[^@\\s]{1,64}@[^@\\s]{1,189}$", example = "sam@example.com")
public record EmailAddress(String text) {
  private static final int MAX_LENGTH = 254;
  private static final Pattern FORM = Pattern.compile("[^@\\s]{1,64}@[^@\\s.]+(\\.[^@\\s.]+)*");
  private static final Pattern ASCII =
      Pattern.compile("[!-?A-~]{1,64}@[A-Za-z0-9-]+(\\.[A-Za-z0-9-]+)+");

  private static final String ATOM = "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+";
  private static final String LABEL = "[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?";
  private static final Pattern DOT_ATOM =
      Pattern.compile(ATOM + "(?:\\." + ATOM + ")*@" + LABEL + "(?:\\." + LABEL + ")*");

  /// @throws IllegalArgumentException if it is none
  public EmailAddress {
    check(isOne(text), "An e-mail address reads name@example.com.");
  }

  private static boolean isOne(String text) {
    return text.length() <= MAX_LENGTH
        && FORM.matcher(text).matches()
        && text.chars().noneMatch(Character::isISOControl);
  }

  private static void check(boolean holds, String otherwise) {
    if (!holds) throw new IllegalArgumentException(otherwise);
  }

  /// An address in the plain form that people write: its domain has a dot. Spaces around it, and
  /// characters that nobody sees, came with pasting and are dropped.
  ///
  /// @throws IllegalArgumentException if it is none
  public static EmailAddress parse(String text) {
    var address = new EmailAddress(PlainText.of(text));
    check(address.domain().indexOf('.') >= 0, "An e-mail address reads name@example.com.");
    return address;
  }

  /// An address in ASCII, so that letters that only look alike are never two people. Its domain has
  /// a dot and is put in lower case. What came with pasting is dropped as in [#parse].
  ///
  /// @throws IllegalArgumentException if it is none
  public static EmailAddress inAscii(String given) {
    var text = PlainText.of(given);
    check(
        text.length() <= MAX_LENGTH && ASCII.matcher(text).matches(),
        "An e-mail address reads name@example.com, in ASCII characters.");
    int at = text.indexOf('@');
    return new EmailAddress(text.substring(0, at) + text.substring(at).toLowerCase(Locale.ROOT));
  }

  /// An address that a message can name without quotation: a dot-atom, `@` and a domain in ASCII
  /// (RFC 5322, section 3.4.1), be it of this machine alone. Nothing in it can end a header or
  /// begin another address.
  ///
  /// @throws IllegalArgumentException if it is none
  public static EmailAddress deliverable(String text) {
    return ifDeliverable(text)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "An e-mail address reads name@example.com, in ASCII characters."));
  }

  /// The same, or nothing if the text is no such address.
  public static Optional<EmailAddress> ifDeliverable(String text) {
    return isOne(text)
        ? Optional.of(new EmailAddress(text)).filter(EmailAddress::isDeliverable)
        : Optional.empty();
  }

  /// Whether a message can name it, so that mail can be sent to it.
  public boolean isDeliverable() {
    return DOT_ATOM.matcher(text).matches();
  }

  /// What stands before the `@`.
  public String localPart() {
    return text.substring(0, text.indexOf('@'));
  }

  public String domain() {
    return text.substring(text.indexOf('@') + 1);
  }

  /// Whether they differ at most in case.
  public boolean isSameAs(EmailAddress other) {
    return compared().equals(other.compared());
  }

  /// The same text for addresses that differ at most in case.
  public String compared() {
    return text.toLowerCase(Locale.ROOT);
  }

  @Override
  public String toString() {
    return text;
  }
}

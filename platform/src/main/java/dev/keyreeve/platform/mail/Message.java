package dev.keyreeve.platform.mail;

/// Plain text for one recipient. It holds no line break but those of the body, so that no part of
/// it can become a header. Its body may hold a secret, so it prints as its length alone.
///
/// @param to one that is deliverable
/// @param subject one line of 1 to 200 characters
/// @param body 1 to 20,000 characters, whose lines end in `\n`
public record Message(EmailAddress to, String subject, String body) {
  private static final int LONGEST_SUBJECT = 200;
  private static final int LONGEST_BODY = 20_000;

  public Message {
    if (!to.isDeliverable()) throw new IllegalArgumentException("Mail cannot be sent there.");
    if (subject.isBlank() || subject.length() > LONGEST_SUBJECT || !isPrintable(subject)) {
      throw new IllegalArgumentException("A subject is one line of 1 to 200 characters.");
    }
    if (body.isBlank() || body.length() > LONGEST_BODY || !isPrintable(body.replace('\n', ' '))) {
      throw new IllegalArgumentException("A body is 1 to 20,000 characters in lines.");
    }
  }

  /// Whether a text is on one line and shows every character that it holds, in their order.
  static boolean isPrintable(String text) {
    return text.codePoints()
        .noneMatch(
            c ->
                switch (Character.getType(c)) {
                  case Character.CONTROL,
                      Character.FORMAT,
                      Character.LINE_SEPARATOR,
                      Character.PARAGRAPH_SEPARATOR,
                      Character.SURROGATE,
                      Character.UNASSIGNED ->
                      true;
                  default -> false;
                });
  }

  @Override
  public String toString() {
    return "a message of " + body.length() + " characters";
  }
}

package dev.keyreeve.platform.mail;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.UnsupportedEncodingException;
import java.util.Date;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Messages as they travel (RFC 5322), and the words of servers as they are kept.
final class MailFormat {
  /// The id of a mail in the `Message-ID` that it was given, whatever the domain was then.
  static final Pattern MESSAGE_ID = Pattern.compile("<(mai_[0-9A-Z]{26})@[^<>@\\s]{1,255}>");

  private static final Pattern ADDRESS = Pattern.compile("<?[^\\s<>@:]+@[^\\s<>@]+[^\\s<>@:;,.]>?");
  private static final int LONGEST_ANSWER = 300;

  private MailFormat() {}

  static String messageId(String mailId, From from) {
    return "<" + mailId + "@" + from.address().domain() + ">";
  }

  /// @param encoding of the body; null for whichever suits the text
  static MimeMessage write(
      Session session, Mailer.Outgoing mail, From from, @Nullable String encoding)
      throws MessagingException {
    var written = new Identified(session, messageId(mail.id(), from));
    try {
      written.setFrom(new InternetAddress(from.address().text(), from.name(), UTF_8.name()));
    } catch (UnsupportedEncodingException e) {
      throw new IllegalStateException("UTF-8 is missing", e);
    }
    var message = mail.message();
    written.setRecipient(
        jakarta.mail.Message.RecipientType.TO, new InternetAddress(message.to().text(), true));
    written.setSubject(message.subject(), UTF_8.name());
    written.setSentDate(Date.from(mail.queuedAt()));
    // No answer that a machine writes is wanted (RFC 3834, section 5).
    written.setHeader("Auto-Submitted", "auto-generated");
    written.setText(message.body().replace("\n", "\r\n"), UTF_8.name());
    if (encoding != null) written.setHeader("Content-Transfer-Encoding", encoding);
    written.saveChanges();
    return written;
  }

  /// One line of a server's answer, bounded, and without addresses: what is kept of a mail names
  /// nobody.
  static String answer(String said) {
    var line =
        ADDRESS
            .matcher(said.replaceAll("[\\p{Cntrl}\\p{Cf}\\p{Zl}\\p{Zp}]+", " "))
            .replaceAll("[address]")
            .strip();
    return line.length() <= LONGEST_ANSWER ? line : line.substring(0, LONGEST_ANSWER);
  }

  /// A message whose id is given, and not made up anew each time.
  private static final class Identified extends MimeMessage {
    private final String id;

    Identified(Session session, String id) {
      super(session);
      this.id = id;
    }

    @Override
    protected void updateMessageID() throws MessagingException {
      setHeader("Message-ID", id);
    }
  }
}

package dev.keyreeve.platform.mail;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.keyreeve.procedure.shape.PlainText;
import jakarta.mail.BodyPart;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Session;
import jakarta.mail.internet.ContentType;
import jakarta.mail.internet.InternetHeaders;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A report that a mail of ours did not arrive (RFC 3464), as other people's servers write it: a
/// `multipart/report` with a `message/delivery-status` and the message that failed, or its headers.
///
/// @param mailId from the `Message-ID` of the message that failed
record Bounce(String mailId, DeliveryStatus.Bounced status) {
  private static final Pattern STATUS = Pattern.compile("\\s*([245]\\.\\d{1,3}\\.\\d{1,3})\\b.*");
  private static final String UNKNOWN = "5.0.0";

  /// Empty for any other message: one that tells of a delay, or an answer that a person wrote.
  static Optional<Bounce> read(String raw) {
    try {
      var message =
          new MimeMessage(
              Session.getInstance(new Properties()),
              new ByteArrayInputStream(PlainText.withoutByteOrderMark(raw).getBytes(UTF_8)));
      var type = new ContentType(message.getContentType());
      if (!type.match("multipart/report")
          || !"delivery-status".equalsIgnoreCase(type.getParameter("report-type"))) {
        return Optional.empty();
      }
      return read(new MimeMultipart(message.getDataHandler().getDataSource()));
    } catch (MessagingException | IOException | RuntimeException e) {
      // Nobody vouches for what a stranger's server wrote, nor for how a reader bears it.
      return Optional.empty();
    }
  }

  private static Optional<Bounce> read(Multipart parts) throws MessagingException, IOException {
    DeliveryStatus.@Nullable Bounced failure = null;
    @Nullable String mailId = null;
    for (int i = 0; i < parts.getCount(); i++) {
      var part = parts.getBodyPart(i);
      if (part.isMimeType("message/delivery-status")) {
        failure = failure(part);
      } else if (part.isMimeType("message/rfc822") || part.isMimeType("text/rfc822-headers")) {
        mailId = mailId(part);
      }
    }
    return failure == null || mailId == null
        ? Optional.empty()
        : Optional.of(new Bounce(mailId, failure));
  }

  /// The first group of fields is about the message, each further one about a recipient; of these a
  /// mail of ours has one.
  private static DeliveryStatus.@Nullable Bounced failure(BodyPart part)
      throws MessagingException, IOException {
    try (var stream = content(part)) {
      while (stream.available() > 0) {
        var fields = new InternetHeaders(stream);
        if ("failed".equalsIgnoreCase(strip(field(fields, "Action")))) {
          var status = STATUS.matcher(field(fields, "Status"));
          var said = field(fields, "Diagnostic-Code").replaceFirst("^\\s*\\S+?;", "");
          return new DeliveryStatus.Bounced(
              status.matches() ? status.group(1) : UNKNOWN, MailFormat.answer(said));
        }
      }
      return null;
    }
  }

  private static @Nullable String mailId(BodyPart part) throws MessagingException, IOException {
    try (var stream = content(part)) {
      var id =
          MailFormat.MESSAGE_ID.matcher(strip(field(new InternetHeaders(stream), "Message-ID")));
      return id.matches() ? id.group(1) : null;
    }
  }

  /// The bytes of a part, whatever a reader of its type would make of them.
  private static InputStream content(BodyPart part) throws MessagingException, IOException {
    return new ByteArrayInputStream(part.getDataHandler().getInputStream().readAllBytes());
  }

  private static String field(InternetHeaders fields, String name) {
    var value = fields.getHeader(name, null);
    return value == null ? "" : value.replaceAll("[\\r\\n\\t ]+", " ");
  }

  private static String strip(String text) {
    return text.strip();
  }
}

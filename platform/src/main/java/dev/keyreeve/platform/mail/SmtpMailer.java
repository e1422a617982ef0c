package dev.keyreeve.platform.mail;

import jakarta.mail.Address;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import java.time.Duration;
import java.util.Objects;
import java.util.Properties;
import javax.net.ssl.SSLContext;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;
import org.jspecify.annotations.Nullable;

/// Hands messages to an SMTP server (RFC 5321), each on a connection of its own.
public final class SmtpMailer implements Mailer {
  private static final Duration CONNECT = Duration.ofSeconds(10);
  private static final Duration ANSWER = Duration.ofSeconds(30);
  private static final int PERMANENT = 500;

  private final SmtpServer server;
  private final From from;
  private final String protocol;
  private final Session session;

  /// Trusts the certificates that this Java trusts.
  public SmtpMailer(SmtpServer server, From from) {
    this(server, from, null);
  }

  /// @param trust whose certificates are believed; null for those that this Java trusts
  public SmtpMailer(SmtpServer server, From from, @Nullable SSLContext trust) {
    this.server = server;
    this.from = from;
    this.protocol = server.tls() == SmtpServer.Tls.IMPLICIT ? "smtps" : "smtp";
    this.session = Session.getInstance(properties(trust));
  }

  private Properties properties(@Nullable SSLContext trust) {
    var properties = new Properties();
    boolean starttls = server.tls() == SmtpServer.Tls.STARTTLS;
    set(properties, "starttls.enable", starttls);
    set(properties, "starttls.required", starttls);
    set(properties, "ssl.checkserveridentity", true);
    set(properties, "ssl.protocols", "TLSv1.3 TLSv1.2");
    set(properties, "auth", server.user() != null);
    set(properties, "from", from.envelope().text());
    set(properties, "connectiontimeout", CONNECT.toMillis());
    set(properties, "timeout", ANSWER.toMillis());
    set(properties, "writetimeout", ANSWER.toMillis());
    // The host that we say we are must not be looked up, which may take long.
    set(properties, "localhost", "localhost");
    if (trust != null) {
      properties.put("mail." + protocol + ".ssl.socketFactory", trust.getSocketFactory());
    }
    return properties;
  }

  private void set(Properties properties, String name, Object value) {
    properties.setProperty("mail." + protocol + "." + name, value.toString());
  }

  @Override
  public Handover deliver(Outgoing mail) {
    try (var transport = session.getTransport(protocol)) {
      var written = MailFormat.write(session, mail, from, null);
      var password = server.password();
      transport.connect(
          server.host(), server.port(), server.user(), password == null ? null : password.reveal());
      transport.sendMessage(
          written, Objects.requireNonNullElse(written.getAllRecipients(), new Address[0]));
      return new Accepted();
    } catch (SendFailedException e) {
      return refusal(e);
    } catch (MessagingException e) {
      return new Failed(MailFormat.answer(e.getClass().getSimpleName() + ": " + e.getMessage()));
    }
  }

  /// A recipient, or a message, that the server refuses for good is refused; a sender that it does
  /// not let in is our own fault, which can be mended.
  private static Handover refusal(SendFailedException failure) {
    Exception last = failure;
    for (Exception cause = failure; cause != null; cause = next(cause)) {
      last = cause;
      switch (cause) {
        case SMTPSenderFailedException e -> {
          return new Failed(said(e));
        }
        case SMTPAddressFailedException e when e.getReturnCode() >= PERMANENT -> {
          return new Refused(Integer.toString(e.getReturnCode()), said(e));
        }
        case SMTPSendFailedException e when isForGood(e) -> {
          return new Refused(Integer.toString(e.getReturnCode()), said(e));
        }
        default -> {}
      }
    }
    return new Failed(said(last));
  }

  /// Not refused before there was a recipient, as for want of a sign-in; and not merely summing up
  /// what was said of each recipient, which follows.
  private static boolean isForGood(SMTPSendFailedException failure) {
    return failure.getReturnCode() >= PERMANENT
        && !failure.getCommand().startsWith("MAIL")
        && !(failure.getNextException() instanceof SMTPAddressFailedException);
  }

  private static String said(Exception failure) {
    return MailFormat.answer(String.valueOf(failure.getMessage()));
  }

  private static @Nullable Exception next(Exception failure) {
    return failure instanceof MessagingException e ? e.getNextException() : null;
  }
}

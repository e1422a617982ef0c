package dev.keyreeve.server.config;

import dev.keyreeve.access.credential.Pepper;
import dev.keyreeve.platform.database.Database;
import dev.keyreeve.platform.mail.EmailAddress;
import dev.keyreeve.platform.mail.SmtpServer;
import dev.keyreeve.platform.setting.Kind;
import java.util.Base64;
import java.util.regex.Pattern;

/// How the texts of settings are read that the server alone has.
final class ServerKinds {
  private static final Pattern PEPPER =
      Pattern.compile("(?:([1-9][0-9]{0,3}):)?([A-Za-z0-9+/]+=*)");

  private ServerKinds() {}

  static Kind<Database.Location> database() {
    return Kind.one(
        "a URL of the form postgresql://user:password@host:5432/name", DatabaseUrl::parse);
  }

  /// Its version, a colon, and its bytes in base 64. Version 1 may be left out.
  static Kind<Pepper> pepper() {
    return Kind.one(
        "32 to 64 random bytes in base 64, after their version and a colon unless that is 1",
        text -> {
          var form = PEPPER.matcher(text);
          if (!form.matches()) return null;
          int version = form.group(1) == null ? 1 : Integer.parseInt(form.group(1));
          return new Pepper(version, Base64.getDecoder().decode(form.group(2)));
        });
  }

  static Kind<EmailAddress> mailAddress() {
    return Kind.one(
        "an address such as no-reply@example.com",
        text -> EmailAddress.ifDeliverable(text).orElse(null));
  }

  static Kind<SmtpServer.Tls> mailTls() {
    return Kind.one(
        "starttls, implicit or none",
        text ->
            switch (text) {
              case "starttls" -> SmtpServer.Tls.STARTTLS;
              case "implicit" -> SmtpServer.Tls.IMPLICIT;
              case "none" -> SmtpServer.Tls.NONE;
              default -> null;
            });
  }
}

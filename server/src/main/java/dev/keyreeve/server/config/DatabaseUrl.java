package dev.keyreeve.server.config;

import dev.keyreeve.access.credential.Secret;
import dev.keyreeve.platform.database.Database;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;

/// `postgresql://user:password@host:5432/name`, as PostgreSQL's own tools write it, with options of
/// the driver behind a `?`.
final class DatabaseUrl {
  private DatabaseUrl() {}

  /// @throws IllegalArgumentException if the text is none; the message does not repeat it, since it
  ///   holds a password
  static Database.Location parse(String text) {
    URI url;
    try {
      url = URI.create(text);
    } catch (IllegalArgumentException e) {
      throw notOne();
    }
    var user = url.getRawUserInfo();
    boolean known = "postgresql".equals(url.getScheme()) || "postgres".equals(url.getScheme());
    if (!known || url.getHost() == null || user == null || user.indexOf(':') < 1) {
      throw notOne();
    }
    int colon = user.indexOf(':');
    var port = url.getPort() < 0 ? "" : ":" + url.getPort();
    var options = url.getRawQuery() == null ? "" : "?" + url.getRawQuery();
    return new Database.Location(
        "jdbc:postgresql://" + url.getHost() + port + url.getRawPath() + options,
        decode(user.substring(0, colon)),
        Secret.of(decode(user.substring(colon + 1))));
  }

  private static String decode(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  private static IllegalArgumentException notOne() {
    return new IllegalArgumentException(
        "A database URL reads postgresql://user:password@host:5432/name.");
  }
}

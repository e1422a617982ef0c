package dev.keyreeve.server.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import org.jspecify.annotations.Nullable;

/// The query of a path, put together from what was given on the command line.
final class Query {
  private final StringBuilder text;

  Query(String path) {
    text = new StringBuilder(path);
  }

  /// Leaves out what is null.
  Query with(String name, @Nullable Object value) {
    if (value != null) {
      text.append(text.indexOf("?") < 0 ? '?' : '&')
          .append(name)
          .append('=')
          .append(URLEncoder.encode(value.toString(), UTF_8));
    }
    return this;
  }

  @Override
  public String toString() {
    return text.toString();
  }
}

package dev.keyreeve.directdebit.rail.gocardless;

import java.net.URI;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Where the API is: a scheme, a host and perhaps a port. Only this machine itself is spoken to
/// without TLS.
public record ApiAddress(URI root) {

  public static final ApiAddress LIVE = new ApiAddress(URI.create("https://api.gocardless.com"));
  public static final ApiAddress SANDBOX =
      new ApiAddress(URI.create("https://api-sandbox.gocardless.com"));

  private static final Set<String> THIS_MACHINE = Set.of("127.0.0.1", "[::1]", "localhost");

  public ApiAddress {
    if (root.getHost() == null
        || root.getUserInfo() != null
        || !isNothing(root.getPath())
        || root.getQuery() != null
        || root.getFragment() != null) {
      throw new IllegalArgumentException("An API's address is a scheme, a host and a port.");
    }
    var plain = "http".equals(root.getScheme()) && THIS_MACHINE.contains(root.getHost());
    if (!plain && !"https".equals(root.getScheme())) {
      throw new IllegalArgumentException("An API's address is of https.");
    }
  }

  private static boolean isNothing(@Nullable String path) {
    return path == null || path.isEmpty();
  }

  /// @param path begins with a slash
  URI at(String path) {
    return URI.create(root + path);
  }
}

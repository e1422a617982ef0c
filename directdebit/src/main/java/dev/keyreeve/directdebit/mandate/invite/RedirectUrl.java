package dev.keyreeve.directdebit.mandate.invite;

import dev.keyreeve.procedure.shape.Format;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Set;

/// Where a payer can go on to when the invite is completed: an `https` URL, or an `http` one of the
/// machine itself, for those who try things out. At most 200 characters, and no user in it.
@Format(pattern = "^https?://\\S{1,193}$", example = "https://agent.example/tenants/42")
public record RedirectUrl(String text) {
  private static final int MAX_LENGTH = 200;
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

  public RedirectUrl {
    if (!isAllowed(text)) {
      throw new IllegalArgumentException(
          "A redirect URL begins with https:// and a host, or with http:// and this machine.");
    }
  }

  public static RedirectUrl parse(String text) {
    return new RedirectUrl(text);
  }

  private static boolean isAllowed(String text) {
    if (text.length() > MAX_LENGTH) return false;
    try {
      var url = new URI(text);
      if (url.getHost() == null || url.getRawUserInfo() != null) return false;
      return text.startsWith("https://")
          || (text.startsWith("http://") && LOOPBACK.contains(url.getHost()));
    } catch (URISyntaxException notAUrl) {
      return false;
    }
  }

  @Override
  public String toString() {
    return text;
  }
}

package dev.keyreeve.platform.webhook;

import dev.keyreeve.access.network.Address;
import dev.keyreeve.access.network.SpecialPurpose;
import dev.keyreeve.access.subject.Reach;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Decides where a request that somebody else chose the URL of may go: to hosts of the public
/// internet, by https, and nowhere else.
///
/// A host is resolved once for each judgement and every address that it has must be allowed, so
/// that one good address does not let a bad one pass. Whoever connects uses the addresses of the
/// judgement and resolves nothing again.
public final class AddressGuard {
  private static final int LONGEST_URL = 2048;
  private static final int MAX_PORT = 65_535;

  /// Labels of letters, digits and hyphens. The last begins with a letter: a name that ends in a
  /// number is read as an IPv4 address by some, in forms that others do not know.
  private static final Pattern NAME =
      Pattern.compile(
          "(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?");

  private static final int LONGEST_NAME = 253;

  private final Reach reach;
  private final Resolver resolver;

  /// How far requests may go.
  public enum Reach {
    PUBLIC,
    /// Also to this machine itself, by http too: for development and tests alone. Whoever may
    /// register an endpoint can then speak to everything that listens on loopback.
    PUBLIC_AND_LOOPBACK
  }

  /// Finds all addresses of a host.
  public interface Resolver {
    InetAddress[] resolve(String host) throws UnknownHostException;
  }

  /// The answer for one URL.
  public sealed interface Verdict {}

  /// @param addresses at least one
  public record Allowed(URI url, List<InetAddress> addresses) implements Verdict {
    public Allowed {
      addresses = List.copyOf(addresses);
    }
  }

  public record Forbidden(Why why) implements Verdict {}

  /// Why a URL may not be used. A host with an inner address and one that does not exist are told
  /// alike, so that nobody can find out inner names.
  public enum Why {
    SYNTAX("The URL cannot be read."),
    SCHEME("The URL must begin with https://."),
    USER_INFO("The URL must not hold a user or password."),
    FRAGMENT("The URL must not have a fragment."),
    PORT("The port must be 1 to 65535."),
    HOST("The host must be a full domain name or a literal address."),
    ADDRESS("The host has no address on the public internet.");

    private final String sentence;

    Why(String sentence) {
      this.sentence = sentence;
    }

    public String sentence() {
      return sentence;
    }
  }

  public AddressGuard(Reach reach, Resolver resolver) {
    this.reach = reach;
    this.resolver = resolver;
  }

  /// A guard that asks the system's resolver.
  public AddressGuard(Reach reach) {
    this(reach, InetAddress::getAllByName);
  }

  public Verdict judge(String text) {
    var url = read(text);
    if (url == null) return new Forbidden(Why.SYNTAX);
    boolean plain = "http".equals(url.getScheme());
    if (!plain && !"https".equals(url.getScheme())) return new Forbidden(Why.SCHEME);
    if (plain && reach == Reach.PUBLIC) return new Forbidden(Why.SCHEME);
    if (url.getRawUserInfo() != null) return new Forbidden(Why.USER_INFO);
    if (url.getRawFragment() != null) return new Forbidden(Why.FRAGMENT);
    if (url.getHost() == null || url.getRawAuthority().endsWith(":")) {
      return new Forbidden(Why.HOST);
    }
    if (url.getPort() == 0 || url.getPort() > MAX_PORT) return new Forbidden(Why.PORT);

    return judge(url, plain);
  }

  private Verdict judge(URI url, boolean plain) {
    var addresses = addresses(url.getHost());
    if (addresses == null) return new Forbidden(Why.HOST);
    if (addresses.isEmpty()) return new Forbidden(Why.ADDRESS);

    for (var address : addresses) {
      if (!allows(Address.of(address.getAddress()), plain)) return new Forbidden(Why.ADDRESS);
    }
    return new Allowed(url, addresses);
  }

  private boolean allows(Address address, boolean plain) {
    if (SpecialPurpose.isLoopback(address)) return reach == Reach.PUBLIC_AND_LOOPBACK;
    return !plain && !SpecialPurpose.contains(address);
  }

  /// Null for a host that is neither a name nor an address; none for a name without any.
  private @Nullable List<InetAddress> addresses(String host) {
    var literal = literal(host);
    if (literal != null) return List.of(literal);

    boolean isName =
        (host.length() <= LONGEST_NAME && NAME.matcher(host).matches())
            || (reach == Reach.PUBLIC_AND_LOOPBACK && host.equals("localhost"));
    if (!isName) return null;

    try {
      return List.of(resolver.resolve(host));
    } catch (UnknownHostException e) {
      return List.of();
    }
  }

  /// An address in its one strict form, as bytes, so that no resolver reads it in another way.
  private static @Nullable InetAddress literal(String host) {
    boolean bracketed = host.startsWith("[") && host.endsWith("]");
    var address = Address.parseOrNull(bracketed ? host.substring(1, host.length() - 1) : host);
    if (address == null || (!bracketed && !address.isIpv4())) return null;

    try {
      return InetAddress.getByAddress(bytes(address));
    } catch (UnknownHostException e) {
      throw new IllegalStateException("16 bytes are an address", e);
    }
  }

  private static byte[] bytes(Address address) {
    return ByteBuffer.allocate(16).putLong(address.high()).putLong(address.low()).array();
  }

  /// The URL with scheme and host in lower case, or null.
  private static @Nullable URI read(String text) {
    if (text.length() > LONGEST_URL || !text.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
      return null;
    }
    try {
      var url = new URI(text);
      if (url.isOpaque() || url.getScheme() == null || url.getRawAuthority() == null) return null;
      return lowerCase(url);
    } catch (URISyntaxException e) {
      return null;
    }
  }

  private static URI lowerCase(URI url) throws URISyntaxException {
    var parts = new ArrayList<String>();
    parts.add(url.getScheme().toLowerCase(Locale.ROOT));
    parts.add("://");
    parts.add(url.getHost() == null ? url.getRawAuthority() : authority(url));
    parts.add(url.getRawPath().isEmpty() ? "/" : url.getRawPath());
    if (url.getRawQuery() != null) parts.add("?" + url.getRawQuery());
    if (url.getRawFragment() != null) parts.add("#" + url.getRawFragment());
    return new URI(String.join("", parts));
  }

  private static String authority(URI url) {
    var host = url.getHost();
    int at = url.getRawAuthority().lastIndexOf(host);
    return url.getRawAuthority().substring(0, at)
        + host.toLowerCase(Locale.ROOT)
        + url.getRawAuthority().substring(at + host.length());
  }
}

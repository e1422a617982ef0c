package dev.keyreeve.procedure.http;

import dev.keyreeve.access.network.Address;
import dev.keyreeve.procedure.http.Canonical.Refused;
import org.jspecify.annotations.Nullable;

/// The address that a request is held to come from.
sealed interface Client permits Client.Known, Refused {
  record Known(Address address) implements Client {}

  static Client of(Address peer, HeaderLines lines, TrustedProxies trusted) {
    if (!lines.anyForwarding) return new Known(peer);
    if (!trusted.trusts(peer)) return Refused.UNTRUSTED_FORWARDING;
    if (isPlain(lines.forwardedProto)) return Refused.HTTPS_REQUIRED;

    var hops = lines.forwardedFor;
    if (lines.forwarded || (lines.realIp && hops == null)) return Refused.UNSUPPORTED_FORWARDING;
    return hops == null ? new Known(peer) : firstUntrusted(hops, trusted);
  }

  /// Whether any proxy, or the client in a proxy's name, says that the request was not encrypted.
  private static boolean isPlain(@Nullable String protocols) {
    if (protocols == null) return false;
    for (var protocol : protocols.split(",", -1)) {
      if (!protocol.strip().equalsIgnoreCase("https")) return true;
    }
    return false;
  }

  /// Each proxy appends the peer that it saw, so the list is believed from its right end, as far as
  /// the proxies are trusted and one hop further. What stands left of that was written by the
  /// client, and is not read.
  private static Client firstUntrusted(String hops, TrustedProxies trusted) {
    int end = hops.length();
    while (true) {
      int comma = hops.lastIndexOf(',', end - 1);
      var hop = hop(hops.substring(comma + 1, end));
      if (hop == null || hop.isUnknown()) return Refused.AMBIGUOUS_FORWARDING;
      if (comma < 0 || !trusted.trusts(hop)) return new Known(hop);
      end = comma;
    }
  }

  /// An address, to which some proxies add the port: `192.0.2.1`, `192.0.2.1:443`, `2001:db8::1`,
  /// `[2001:db8::1]:443`.
  private static @Nullable Address hop(String text) {
    var node = text.strip();
    if (node.startsWith("[")) {
      int close = node.indexOf(']');
      boolean closed = close > 0 && (close + 1 == node.length() || isPort(node, close + 1));
      return closed && node.lastIndexOf(':', close) > 0
          ? Address.parseOrNull(node.substring(1, close))
          : null;
    }
    int colon = node.indexOf(':');
    boolean withPort = colon > 0 && node.indexOf('.') > 0 && isPort(node, colon);
    return Address.parseOrNull(withPort ? node.substring(0, colon) : node);
  }

  private static boolean isPort(String node, int colon) {
    int digits = node.length() - colon - 1;
    if (node.charAt(colon) != ':' || digits < 1 || digits > 5) return false;
    for (int i = colon + 1; i < node.length(); i++) {
      if (node.charAt(i) < '0' || node.charAt(i) > '9') return false;
    }
    return true;
  }
}

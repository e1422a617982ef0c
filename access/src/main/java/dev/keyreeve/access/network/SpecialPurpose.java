package dev.keyreeve.access.network;

import java.util.stream.Stream;

/// The addresses that are not those of a host on the public internet: the special-purpose blocks of
/// IANA's registries (RFC 6890), multicast, whatever IPv6 has not given out as global unicast (RFC
/// 4291, section 2.4), and the forms of IPv6 address in which an IPv4 address hides.
///
/// It errs on the strict side: a few blocks in which some hosts can be reached are special as a
/// whole.
public final class SpecialPurpose {
  private static final Cidr GLOBAL_UNICAST = Cidr.parse("2000::/3");

  private static final Cidr[] RANGES =
      Stream.of(
              "0.0.0.0/8", // this network
              "10.0.0.0/8", // private use, RFC 1918
              "100.64.0.0/10", // shared address space, RFC 6598
              "127.0.0.0/8", // loopback
              "169.254.0.0/16", // link local, RFC 3927
              "172.16.0.0/12", // private use
              "192.0.0.0/24", // protocol assignments
              "192.0.2.0/24", // documentation, RFC 5737
              "192.31.196.0/24", // AS112, RFC 7535
              "192.52.193.0/24", // automatic multicast tunnelling, RFC 7450
              "192.88.99.0/24", // relays of 6to4, RFC 7526
              "192.168.0.0/16", // private use
              "192.175.48.0/24", // AS112, RFC 7534
              "198.18.0.0/15", // benchmarks, RFC 2544
              "198.51.100.0/24", // documentation
              "203.0.113.0/24", // documentation
              "224.0.0.0/4", // multicast
              "240.0.0.0/4", // reserved, and the limited broadcast
              "2001::/23", // protocol assignments: Teredo, benchmarks, ORCHID
              "2001:db8::/32", // documentation
              "2002::/16", // 6to4, RFC 3056
              "2620:4f:8000::/48", // AS112
              "3fff::/20") // documentation, RFC 9637
          .map(Cidr::parse)
          .toArray(Cidr[]::new);

  private static final Cidr LOOPBACK_V4 = Cidr.parse("127.0.0.0/8");
  private static final Cidr LOOPBACK_V6 = Cidr.parse("::1");

  private SpecialPurpose() {}

  /// Whether no public host has this address. [Address#UNKNOWN] is special.
  public static boolean contains(Address address) {
    if (!address.isIpv4() && !GLOBAL_UNICAST.contains(address)) return true;

    for (var range : RANGES) {
      if (range.contains(address)) return true;
    }
    return false;
  }

  public static boolean isLoopback(Address address) {
    return LOOPBACK_V4.contains(address) || LOOPBACK_V6.contains(address);
  }
}

package dev.keyreeve.access.network;

import org.jspecify.annotations.Nullable;

/// An IPv4 or IPv6 address, as the 128 bits of its IPv6 form in network order.
///
/// An IPv4 address is held as its IPv4-mapped form (RFC 4291, section 2.5.5.2), so `10.0.0.1` and
/// `::ffff:10.0.0.1` are one value, which prints as IPv4. Zone identifiers do not exist here.
///
/// @param high the first 64 bits
/// @param low the last 64 bits
public record Address(long high, long low) {

  /// The absence of an address: `::`, which no node may ever have (RFC 4291, section 2.5.2). No
  /// range contains it.
  public static final Address UNKNOWN = new Address(0, 0);

  private static final long MAPPED = 0xffffL;

  /// Reads a literal address, as [#parseOrNull] does.
  ///
  /// @throws IllegalArgumentException where the text is not one
  public static Address parse(String text) {
    var address = parseOrNull(text);
    if (address == null) {
      throw new IllegalArgumentException("not an IPv4 or IPv6 address: " + text);
    }
    return address;
  }

  /// Reads four decimal octets without leading zeros, or the text forms of RFC 4291, section 2.2,
  /// without brackets, port or zone; null for any other text.
  public static @Nullable Address parseOrNull(String text) {
    return AddressText.read(text);
  }

  /// The address of 4 or 16 bytes in network order, as the socket knows it.
  public static Address of(byte[] bytes) {
    return switch (bytes.length) {
      case 4 -> ipv4(bits(bytes, 0, 4));
      case 16 -> new Address(bits(bytes, 0, 8), bits(bytes, 8, 16));
      default ->
          throw new IllegalArgumentException("an address has 4 or 16 bytes, not " + bytes.length);
    };
  }

  public boolean isIpv4() {
    return high == 0 && low >>> 32 == MAPPED;
  }

  public boolean isUnknown() {
    return high == 0 && low == 0;
  }

  /// The form of RFC 5952, section 4: lower case, the longest run of zeros shortened.
  @Override
  public String toString() {
    return AddressText.write(this);
  }

  static Address ipv4(long octets) {
    return new Address(0, MAPPED << 32 | octets);
  }

  private static long bits(byte[] bytes, int from, int to) {
    long bits = 0;
    for (int i = from; i < to; i++) {
      bits = bits << 8 | (bytes[i] & 0xff);
    }
    return bits;
  }
}

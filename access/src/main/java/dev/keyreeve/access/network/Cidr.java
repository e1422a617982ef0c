package dev.keyreeve.access.network;

/// A range of addresses of one family, such as `10.0.0.0/8` or `2001:db8::/32` (RFC 4632, RFC 4291
/// section 2.3); a single address is the range of itself.
///
/// Bits after the prefix must be zero: whoever writes `10.0.0.1/8` may mean one address or sixteen
/// million, so it is refused. An IPv6 range contains no IPv4 address, not even `::/0`; a range
/// written as IPv4-mapped is the IPv4 range.
///
/// @param prefix the number of fixed bits, 0 to 32 for IPv4 and 0 to 128 for IPv6
public record Cidr(Address base, int prefix) {
  public Cidr {
    if (prefix < 0 || prefix > width(base)) {
      throw new IllegalArgumentException(
          "the prefix of " + base + " is 0 to " + width(base) + ", not " + prefix);
    }
    int fixed = fixedBits(base, prefix);
    var first = new Address(base.high() & highMask(fixed), base.low() & lowMask(fixed));
    if (!first.equals(base)) {
      throw new IllegalArgumentException(
          base + "/" + prefix + " has bits after its prefix; the range is " + first + "/" + prefix);
    }
  }

  /// Reads `address/prefix` or a single address.
  ///
  /// @throws IllegalArgumentException saying what is wrong with the text
  public static Cidr parse(String text) {
    int slash = text.indexOf('/');
    if (slash < 0) {
      var address = Address.parse(text);
      return new Cidr(address, width(address));
    }

    var address = Address.parse(text.substring(0, slash));
    int prefix = prefix(text, slash + 1);
    boolean writtenAsMapped = address.isIpv4() && text.lastIndexOf(':', slash) >= 0;
    if (!writtenAsMapped) return new Cidr(address, prefix);

    if (prefix < 96) {
      throw new IllegalArgumentException("an IPv4-mapped range has a prefix of 96 to 128: " + text);
    }
    return new Cidr(address, prefix - 96);
  }

  /// Whether the address lies in this range. Allocates nothing.
  public boolean contains(Address address) {
    int fixed = fixedBits(base, prefix);
    return address.isIpv4() == base.isIpv4()
        && !address.isUnknown()
        && ((address.high() ^ base.high()) & highMask(fixed)) == 0
        && ((address.low() ^ base.low()) & lowMask(fixed)) == 0;
  }

  /// The shortest text that [#parse] reads back: a single address has no prefix.
  @Override
  public String toString() {
    return prefix == width(base) ? base.toString() : base + "/" + prefix;
  }

  private static int prefix(String text, int start) {
    int digits = text.length() - start;
    boolean leadingZero = digits > 1 && text.charAt(start) == '0';
    int prefix = digits >= 1 && digits <= 3 && !leadingZero ? 0 : -1;
    for (int i = start; i < text.length() && prefix >= 0; i++) {
      char c = text.charAt(i);
      prefix = c >= '0' && c <= '9' ? prefix * 10 + c - '0' : -1;
    }
    if (prefix < 0) throw new IllegalArgumentException("not a range of addresses: " + text);
    return prefix;
  }

  private static int width(Address address) {
    return address.isIpv4() ? 32 : 128;
  }

  private static int fixedBits(Address base, int prefix) {
    return 128 - width(base) + prefix;
  }

  private static long highMask(int fixed) {
    if (fixed >= 64) return -1;
    return fixed == 0 ? 0 : -1L << (64 - fixed);
  }

  private static long lowMask(int fixed) {
    return fixed <= 64 ? 0 : -1L << (128 - fixed);
  }
}

package dev.keyreeve.access.network;

import org.jspecify.annotations.Nullable;

/// The text forms of an [Address].
final class AddressText {
  private static final int GROUPS = 8;
  private static final int LONGEST = "ffff:ffff:ffff:ffff:ffff:ffff:255.255.255.255".length();

  private AddressText() {}

  static @Nullable Address read(String text) {
    if (text.length() > LONGEST) return null;
    if (text.indexOf(':') >= 0) return readIpv6(text);

    long octets = readOctets(text, 0);
    return octets < 0 ? null : Address.ipv4(octets);
  }

  static String write(Address address) {
    return address.isIpv4() ? writeOctets(address.low()) : writeGroups(address);
  }

  /// Four octets from `start` to the end of the text, or -1. A leading zero is refused, since some
  /// read it as octal.
  private static long readOctets(String text, int start) {
    long octets = 0;
    int at = start;
    for (int i = 0; i < 4; i++) {
      if (i > 0 && (at == text.length() || text.charAt(at++) != '.')) return -1;

      int first = at;
      int octet = 0;
      while (at < text.length() && at - first < 3 && isDigit(text.charAt(at))) {
        octet = octet * 10 + text.charAt(at++) - '0';
      }
      boolean leadingZero = at - first > 1 && text.charAt(first) == '0';
      if (at == first || octet > 255 || leadingZero) return -1;
      octets = octets << 8 | octet;
    }
    return at == text.length() ? octets : -1;
  }

  private static @Nullable Address readIpv6(String text) {
    var groups = new int[GROUPS];
    int count = 0;
    int gap = -1;
    int at = 0;

    if (text.startsWith("::")) {
      gap = 0;
      at = 2;
    }
    while (at < text.length()) {
      if (count == GROUPS) return null;
      int end = endOfGroup(text, at);
      if (end < text.length() && text.charAt(end) == '.') {
        long octets = readOctets(text, at);
        if (octets < 0 || count > GROUPS - 2) return null;
        groups[count++] = (int) (octets >>> 16);
        groups[count++] = (int) (octets & 0xffff);
        break;
      }
      if (end == at || end - at > 4) return null;
      groups[count++] = Integer.parseInt(text, at, end, 16);
      if (end == text.length()) break;

      if (text.charAt(end) != ':' || end + 1 == text.length()) return null;
      at = end + 1;
      if (text.charAt(at) == ':') {
        if (gap >= 0) return null;
        gap = count;
        at++;
      }
    }
    if (gap < 0 ? count < GROUPS : count == GROUPS) return null;
    return fill(groups, count, gap);
  }

  private static int endOfGroup(String text, int start) {
    int end = start;
    while (end < text.length() && isHexDigit(text.charAt(end))) end++;
    return end;
  }

  private static Address fill(int[] groups, int count, int gap) {
    int zeros = GROUPS - count;
    long high = 0;
    long low = 0;
    for (int i = 0; i < GROUPS; i++) {
      boolean inGap = gap >= 0 && i >= gap && i < gap + zeros;
      long group = inGap ? 0 : groups[gap < 0 || i < gap ? i : i - zeros];
      if (i < 4) {
        high = high << 16 | group;
      } else {
        low = low << 16 | group;
      }
    }
    return new Address(high, low);
  }

  private static String writeOctets(long octets) {
    return (octets >>> 24 & 0xff)
        + "."
        + (octets >>> 16 & 0xff)
        + "."
        + (octets >>> 8 & 0xff)
        + "."
        + (octets & 0xff);
  }

  private static String writeGroups(Address address) {
    int gap = -1;
    int gapEnd = -1;
    for (int start = 0; start < GROUPS; start++) {
      int end = start;
      while (end < GROUPS && group(address, end) == 0) end++;
      if (end - start >= 2 && end - start > gapEnd - gap) {
        gap = start;
        gapEnd = end;
      }
    }

    var text = new StringBuilder();
    for (int i = 0; i < GROUPS; i++) {
      if (i == gap) {
        text.append("::");
        i = gapEnd - 1;
      } else {
        if (i > 0 && i != gapEnd) text.append(':');
        text.append(Integer.toHexString(group(address, i)));
      }
    }
    return text.toString();
  }

  private static int group(Address address, int index) {
    long half = index < 4 ? address.high() : address.low();
    return (int) (half >>> (48 - 16 * (index & 3))) & 0xffff;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static boolean isHexDigit(char c) {
    return isDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
  }
}

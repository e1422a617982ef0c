package dev.keyreeve.procedure.http;

import java.util.Locale;

/// One header line of a reply. The name is held in lower case; the value has no character that
/// could end the line.
public record Header(String name, String value) {
  /// `tchar` of RFC 9110, section 5.6.2.
  private static final AsciiSet NAME = AsciiSet.of(AsciiSet.ALPHANUMERIC + "!#$%&'*+-.^_`|~");

  public Header {
    name = name.toLowerCase(Locale.ROOT);
    if (name.isEmpty() || !NAME.containsAll(name)) {
      throw new IllegalArgumentException("not the name of a header: " + name);
    }
    if (!isPrintable(value)) {
      throw new IllegalArgumentException("the value of " + name + " is not printable ASCII");
    }
  }

  private static boolean isPrintable(String value) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c != '\t' && (c < ' ' || c >= 0x7f)) return false;
    }
    return true;
  }

  /// The line, of which a cookie's value is hidden.
  @Override
  public String toString() {
    return name + ": " + (name.equals("set-cookie") ? "[redacted]" : value);
  }
}

package dev.keyreeve.procedure.http;

import java.util.regex.Pattern;

/// What tells one state of a thing from its others: an entity-tag of RFC 9110, section 8.8.3.
///
/// @param opaque what stands between the quotes: visible ASCII without `"`
/// @param weak whether two states that differ a little may share it
public record ETag(String opaque, boolean weak) {
  static final String PATTERN = "(W/)?\"([!#-~]*)\"";
  private static final Pattern OPAQUE = Pattern.compile("[!#-~]*");

  public ETag {
    if (!OPAQUE.matcher(opaque).matches()) {
      throw new IllegalArgumentException("not what an entity-tag may hold");
    }
  }

  /// The tag of a thing that counts its versions.
  public static ETag of(long version) {
    return new ETag(Long.toString(version), false);
  }

  /// Whether both are of one state, byte for byte.
  public boolean equalsStrongly(ETag other) {
    return !weak && !other.weak && opaque.equals(other.opaque);
  }

  /// Whether one may stand for the other.
  public boolean equalsWeakly(ETag other) {
    return opaque.equals(other.opaque);
  }

  /// As headers spell it, its quotes included.
  @Override
  public String toString() {
    return (weak ? "W/\"" : "\"") + opaque + '"';
  }
}

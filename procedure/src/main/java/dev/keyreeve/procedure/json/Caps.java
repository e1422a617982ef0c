package dev.keyreeve.procedure.json;

/// How much JSON is read from a stranger before it is refused.
///
/// @param maxBytes length of the text in UTF-8
/// @param maxDepth objects and lists inside each other, at most 500; a bare number has depth 0
/// @param maxValues members of all objects and items of all lists, together
/// @param maxNumberLength characters of one number, sign, point and exponent included
public record Caps(int maxBytes, int maxDepth, int maxValues, int maxNumberLength) {
  /// For one call: 64 KiB.
  public static final Caps DEFAULT = new Caps(64 * 1024, 32, 1_000, 64);

  /// For a call that carries up to 500 items: 1 MiB.
  public static final Caps BULK = new Caps(1024 * 1024, 32, 20_000, 64);

  /// The same with room for a text of this many bytes.
  public Caps plus(long bytes) {
    return new Caps(Math.toIntExact(maxBytes + bytes), maxDepth, maxValues, maxNumberLength);
  }

  public Caps {
    if (maxBytes < 1 || maxDepth < 0 || maxDepth > 500 || maxValues < 0 || maxNumberLength < 1) {
      throw new IllegalArgumentException("caps are positive, and the depth is at most 500");
    }
  }
}

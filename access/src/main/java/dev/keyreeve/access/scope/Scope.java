package dev.keyreeve.access.scope;

/// A permission that a credential may carry, such as `mandates:read`: a scope-token of RFC 6749
/// section 3.3, narrowed to lower-case ASCII words joined by `:`, `.`, `_` or `-`.
///
/// Scopes are compared whole: `mandates:write` does not imply `mandates:read`. Only a
/// [ScopeCatalogue] may let one stand for others.
public record Scope(String token) implements Comparable<Scope> {
  private static final int MAX_LENGTH = 64;

  public Scope {
    if (token.isEmpty()
        || token.length() > MAX_LENGTH
        || !token.chars().allMatch(Scope::isScopeCharacter)) {
      throw new IllegalArgumentException(
          "A scope is 1 to 64 characters of a-z, 0-9, ':', '.', '_' and '-'.");
    }
  }

  /// @throws IllegalArgumentException if the text is not a scope-token
  public static Scope parse(String text) {
    return new Scope(text);
  }

  private static boolean isScopeCharacter(int c) {
    return (c >= 'a' && c <= 'z')
        || (c >= '0' && c <= '9')
        || c == ':'
        || c == '.'
        || c == '_'
        || c == '-';
  }

  @Override
  public int compareTo(Scope other) {
    return token.compareTo(other.token);
  }

  @Override
  public String toString() {
    return token;
  }
}

package dev.keyreeve.directdebit.bacs;

/// The characters that Bacs carries: `A-Z 0-9 . & / -` and space.
public final class BacsCharacters {

  private BacsCharacters() {}

  public static boolean include(int character) {
    return (character >= 'A' && character <= 'Z')
        || (character >= '0' && character <= '9')
        || " .&/-".indexOf(character) >= 0;
  }

  public static boolean includeAll(CharSequence text) {
    return text.chars().allMatch(BacsCharacters::include);
  }
}

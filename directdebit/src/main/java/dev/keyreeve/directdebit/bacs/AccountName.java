package dev.keyreeve.directdebit.bacs;

import java.text.Normalizer;
import java.util.Locale;

/// A name as a record of Bacs holds it: 1 to 18 of its characters, with no space at either end.
public record AccountName(String text) {

  private static final int MAX_LENGTH = 18;

  public AccountName {
    if (text.isEmpty()
        || text.length() > MAX_LENGTH
        || !text.equals(text.strip())
        || !BacsCharacters.includeAll(text)) {
      throw new IllegalArgumentException(
          "A name in a Bacs record is 1 to 18 of A-Z, 0-9, . & / - and space, and neither begins nor"
              + " ends with a space.");
    }
  }

  /// Writes a name in the characters of Bacs.
  ///
  /// Letters become capitals and lose their marks; those of the Latin alphabet that have no
  /// unmarked form are written with two letters or their nearest one (`ß` as `SS`, `ø` as `O`).
  /// Dashes become `-`; every other character becomes a space. Spaces in a row become one, those at
  /// the ends none, and what is longer than 18 characters is cut.
  ///
  /// @throws IllegalArgumentException if a letter or digit belongs to another script, or nothing is
  ///   left; a name that payers and banks could not tell is not sent
  public static AccountName transliterate(String name) {
    var carried = new StringBuilder();
    Normalizer.normalize(name, Normalizer.Form.NFKD)
        .toUpperCase(Locale.ROOT)
        .codePoints()
        .forEach(character -> carried.append(carried(character)));

    var text = carried.toString().strip().replaceAll(" {2,}", " ");
    return new AccountName(text.substring(0, Math.min(MAX_LENGTH, text.length())).strip());
  }

  private static String carried(int character) {
    if (BacsCharacters.include(character)) return Character.toString(character);

    return switch (character) {
      case 'Æ' -> "AE";
      case 'Œ' -> "OE";
      case 'Þ' -> "TH";
      case 'Ð', 'Đ' -> "D";
      case 'Ø' -> "O";
      case 'Ł' -> "L";
      case 'Ħ' -> "H";
      case 'Ŧ' -> "T";
      case 'ẞ' -> "SS";
      case 'Ŋ' -> "NG";
      default -> nearest(character);
    };
  }

  private static String nearest(int character) {
    if (isMark(character)) return "";
    if (Character.getType(character) == Character.DASH_PUNCTUATION) return "-";
    if (Character.isLetterOrDigit(character)
        && Character.getType(character) != Character.MODIFIER_LETTER) {
      throw new IllegalArgumentException(
          "A Bacs record cannot carry the character U+%04X.".formatted(character));
    }

    return " ";
  }

  private static boolean isMark(int character) {
    return switch (Character.getType(character)) {
      case Character.NON_SPACING_MARK,
          Character.ENCLOSING_MARK,
          Character.COMBINING_SPACING_MARK,
          Character.FORMAT ->
          true;
      default -> false;
    };
  }

  @Override
  public String toString() {
    return text;
  }
}

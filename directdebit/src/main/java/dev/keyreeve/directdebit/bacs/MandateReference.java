package dev.keyreeve.directdebit.bacs;

import dev.keyreeve.procedure.shape.PlainText;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The reference by which banks and collector know an instruction, as the AUDDIS rules for core
/// references have it: 6 to 18 of `A-Z 0-9 . & / -` and space, a letter or digit at the beginning,
/// no space at the end (fixed-width records would lose it), not one character over and over, and
/// not beginning with DDIC.
public record MandateReference(String text) {

  /// Without those that people take for one another.
  private static final String LETTERS_AND_DIGITS = "23456789ABCDEFGHJKMNPQRSTVWXYZ";

  private static final Pattern FORM = Pattern.compile("[A-Z0-9][A-Z0-9.&/ -]{4,16}[A-Z0-9.&/-]");

  public MandateReference {
    if (!FORM.matcher(text).matches()
        || text.startsWith("DDIC")
        || text.chars().distinct().count() == 1) {
      throw new IllegalArgumentException(
          "A reference is 6 to 18 of A-Z, 0-9, . & / - and space, begins with a letter or digit, does"
              + " not end with a space, is not one character over and over and does not begin with"
              + " DDIC.");
    }
  }

  /// Reads a reference as people paste it, which may have spaces around it that nobody sees.
  public static MandateReference parse(String text) {
    return new MandateReference(PlainText.of(text));
  }

  /// The reference that an agent names, or a random one.
  public static MandateReference orRandom(
      @Nullable MandateReference named, RandomGenerator random) {
    return named == null ? random(random) : named;
  }

  /// A reference of ten characters for a mandate whose agent names none.
  public static MandateReference random(RandomGenerator random) {
    var text = new StringBuilder("KR");
    while (text.length() < 10) {
      text.append(LETTERS_AND_DIGITS.charAt(random.nextInt(LETTERS_AND_DIGITS.length())));
    }
    return new MandateReference(text.toString());
  }

  @Override
  public String toString() {
    return text;
  }
}

package dev.keyreeve.procedure.shape;

import static dev.keyreeve.procedure.shape.Json.issuesOf;
import static dev.keyreeve.procedure.shape.Json.json;
import static dev.keyreeve.procedure.shape.Json.valid;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@NullMarked
class PlainTextTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Sam Hale",
        "Sam\u00A0Hale\u200B", // no-break and zero-width space
        "\uFEFFSam Hale", // byte order mark
        " Sam\u202FHale ", // narrow no-break space
        "Sam\u2007Hale\u2060", // figure space, word joiner
        "S\u00ADam\u3000Hale", // soft hyphen, ideographic space
        "\u202ASam Hale\u202C", // marks of direction around a copied number or name
        "\u200ESam\u2009Hale\u200F",
        "Sam\u2028Hale", // line separator
        "Sam\u200D Hale\u200C", // joiners that join nothing
        "\u00A0\u200B\u00A0Sam Hale\u00A0\u200B ",
        "\u2066Sam Hale\u2069"
      })
  void holdsNothingThatNobodySees(String pasted) {
    assertThat(PlainText.of(pasted)).isEqualTo("Sam Hale");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Zoë O’Neill-Łęcka",
        "two  spaces",
        "e\u0301", // a mark of its own
        "\u0DC1\u0DCA\u200D\u0DBB\u0DD3", // Sinhala, spelled with a joiner
        "\u0645\u06CC\u200C\u062E\u0648\u0627\u0647\u0645", // Persian, spelled with a non-joiner
        "\uD83D\uDC69\u200D\uD83D\uDCBB", // one sign of two
        "a\tb",
        "a\u0000b\u0085",
        "\n"
      })
  void keepsWhatIsSeenAndWhatIsForOthersToRefuse(String text) {
    assertThat(PlainText.of(text)).isEqualTo(text);
  }

  @Test
  void dropsOneByteOrderMarkAndOnlyBefore() {
    assertThat(PlainText.withoutByteOrderMark("\uFEFFa\uFEFF")).isEqualTo("a\uFEFF");
    assertThat(PlainText.withoutByteOrderMark("\uFEFF\uFEFFa")).isEqualTo("\uFEFFa");
    assertThat(PlainText.withoutByteOrderMark("a")).isEqualTo("a");
    assertThat(PlainText.withoutByteOrderMark("")).isEmpty();
  }

  record Person(
      @Text(max = 8, plain = true) String name,
      @Nullable @Text(max = 8) String token,
      @Nullable @Text(max = 3, pattern = "^[a-z]+$", plain = true) String word) {}

  private static final Shape<Person> PERSON = Shapes.of(Person.class);

  @Test
  void isWhatTheLimitsOfATextThatPeopleTypeAreAbout() {
    assertThat(
            valid(PERSON.decode(json("{'name': ' Sam\\u00a0Hale\\u200b', 'word': 'abc\\ufeff '}"))))
        .isEqualTo(new Person("Sam Hale", null, "abc"));
    assertThat(issuesOf(PERSON.decode(json("{'name': '\\u00a0\\u200b'}"))))
        .extracting(Issue::code)
        .containsExactly("too_short");
    assertThat(issuesOf(PERSON.decode(json("{'name': 'Sam Haley'}"))))
        .extracting(Issue::code)
        .containsExactly("too_long");
    assertThat(issuesOf(PERSON.decode(json("{'name': 'Sam\\tHale'}"))))
        .extracting(Issue::code)
        .containsExactly("bad_format");
  }

  @Test
  void isNotMadeOfWhatProgramsName() {
    assertThat(valid(PERSON.decode(json("{'name': 'Sam', 'token': 'a\\u00a0 '}"))).token())
        .isEqualTo("a\u00A0 ");
  }

  @Test
  void hasOneLine() {
    record Lines(@Text(multiline = true, plain = true) String text) {}

    assertThatThrownBy(() -> Shapes.of(Lines.class)).isInstanceOf(IllegalArgumentException.class);
  }
}

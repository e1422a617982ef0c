package dev.keyreeve.procedure.json;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.keyreeve.procedure.json.JsonText.Malformed;
import dev.keyreeve.procedure.json.JsonText.Parsed;
import dev.keyreeve.procedure.json.JsonText.TooLarge;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@NullMarked
class JsonTextTest {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  @Test
  void parsesEveryKindOfValue() {
    var text =
        """
        {"a": [1, -9007199254740993, 99999999999999999999, 1.50, 1e3],
         "b": {"c": "\\ud83d\\ude00 é", "d": true, "e": false, "f": null}}
        """;

    var parsed = parse(text);

    var tree = NODES.objectNode();
    tree.putArray("a")
        .add(1)
        .add(-9007199254740993L)
        .add(new BigInteger("99999999999999999999"))
        .add(new BigDecimal("1.50"))
        .add(new BigDecimal("1e3"));
    tree.putObject("b").put("c", "\uD83D\uDE00 é").put("d", true).put("e", false).putNull("f");
    assertThat(parsed).isEqualTo(new Parsed(tree));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          ``                     | The text holds no value.
          ` `                    | The text holds no value.
          {"a":1,"a":2}          | A name stands twice in one object, at line 1, column 8.
          {"a":1,"\\u0061":2}    | A name stands twice in one object, at line 1, column 8.
          {"a":{"b":1,"b":2}}    | A name stands twice in one object, at line 1, column 13.
          {} {}                  | Something follows the value, at line 1, column 4.
          [1]]                   | The text is not JSON, at line 1, column 5.
          1 x                    | The text is not JSON, at line 1, column 4.
          "\\ud800"              | A string holds half of a surrogate pair, at line 1, column 1.
          "\\udc00\\ud800"       | A string holds half of a surrogate pair, at line 1, column 1.
          {"\\ud800": 1}         | A string holds half of a surrogate pair, at line 1, column 2.
          1e401                  | A number has too large an exponent, at line 1, column 1.
          1e99999999999          | A number has too large an exponent, at line 1, column 1.
          """)
  void saysWhatIsMalformedAndWhere(String text, String message) {
    assertThat(parse(text)).isEqualTo(new Malformed(message));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{",
        "[1",
        "[1,]",
        "{\"a\":1,}",
        "{a:1}",
        "{'a':1}",
        "{\"a\"}",
        "\"abc",
        "\"a\nb\"",
        "\"\\x\"",
        "\"\\u12\"",
        "NaN",
        "Infinity",
        "-Infinity",
        "+1",
        "01",
        "-",
        "1.",
        ".5",
        "0x1",
        "1e",
        "tru",
        "nul",
        "True",
        "/* c */ 1",
        "# c\n1",
        "1 // c",
        "\uFEFF{}",
        "[1 2]",
        "\"\u0000\""
      })
  void refusesWhatIsAlmostJsonWithoutQuotingIt(String text) {
    var answer = parse(text);

    assertThat(answer).isInstanceOf(Malformed.class);
    assertThat(((Malformed) answer).message())
        .matches("The text is not JSON, at line [12], column \\d+\\.");
  }

  @Test
  void countsLinesAndColumns() {
    var answer = parse("{\n  \"é\": 1,\n  \"b\": oops\n}");

    assertThat(((Malformed) answer).message()).startsWith("The text is not JSON, at line 3,");
  }

  @ParameterizedTest
  @CsvSource({
    // a lone continuation byte, an overlong slash, an encoded surrogate, a code point too high, a
    // cut sequence
    "\"\u0080\", 2",
    "\"\u00C0\u00AF\", 2",
    "\"\u00ED\u00A0\u0080\", 2",
    "\"\u00F4\u0090\u0080\u0080\", 2",
    "\"ab\u00E2\u0082, 4",
  })
  void refusesWhatIsNotStrictlyUtf8(String bytes, int position) {
    var answer = JsonReader.read(bytes.getBytes(ISO_8859_1), Caps.DEFAULT);

    assertThat(answer).isEqualTo(new Malformed("The text is not UTF-8 at byte " + position + "."));
  }

  @Test
  void doesNotGuessAnotherEncoding() {
    var answer = JsonReader.read("{\"a\":1}".getBytes(UTF_16LE), Caps.DEFAULT);

    assertThat(answer).isInstanceOf(Malformed.class);
  }

  @Test
  void holdsEachCapExactly() {
    var caps = new Caps(100, 3, 4, 5);

    assertThat(parse("[[[1]]]", caps)).isInstanceOf(Parsed.class);
    assertThat(parse("[[[[1]]]]", caps))
        .isEqualTo(new Malformed("The text is more than 3 levels deep, at line 1, column 4."));
    assertThat(parse("{\"a\":[1,2],\"b\":3}", caps)).isInstanceOf(Parsed.class);
    assertThat(parse("{\"a\":[1,2],\"b\":[3]}", caps))
        .isEqualTo(
            new Malformed("The text has more than 4 members and items, at line 1, column 17."));
    assertThat(parse("-1234", caps)).isInstanceOf(Parsed.class);
    assertThat(parse("-12345", caps))
        .isEqualTo(new Malformed("A number has more than 5 characters, at line 1, column 1."));
    assertThat(parse("1.2e45", caps))
        .isEqualTo(new Malformed("A number has more than 5 characters, at line 1, column 1."));
    assertThat(parse(" ".repeat(99) + "1", caps)).isInstanceOf(Parsed.class);
    assertThat(parse(" ".repeat(100) + "1", caps)).isEqualTo(new TooLarge(100));
  }

  @Test
  void refusesBombsOfEveryKind() {
    var names =
        IntStream.range(0, 50_000)
            .mapToObj(i -> "\"" + i + "\":0")
            .collect(Collectors.joining(",", "{", "}"));

    assertThat(parse("[".repeat(500_000), Caps.BULK)).isInstanceOf(Malformed.class);
    assertThat(parse("{\"a\":".repeat(200_000), Caps.BULK)).isInstanceOf(Malformed.class);
    assertThat(parse("9".repeat(1_000_000), Caps.BULK)).isInstanceOf(Malformed.class);
    assertThat(parse("0." + "9".repeat(1_000_000), Caps.BULK)).isInstanceOf(Malformed.class);
    assertThat(parse("[" + "0,".repeat(500_000) + "0]", Caps.BULK)).isInstanceOf(Malformed.class);
    assertThat(parse(names, Caps.BULK)).isInstanceOf(Malformed.class);
  }

  @Test
  void takesALongNameAndALongString() {
    var name = "n".repeat(100_000);
    var text = "t".repeat(900_000);

    var answer = parse("{\"" + name + "\":\"" + text + "\"}", Caps.BULK);

    assertThat(answer).isEqualTo(new Parsed(NODES.objectNode().put(name, text)));
  }

  @Test
  void answersWhateverTheBytes() {
    var random = new Random(44);
    var text =
        "{\"a\":[1,-2.5e3,true,null,\"\\ud83d\\ude00 é\"],\"b\":{\"c\":\"\"}}".getBytes(UTF_8);
    for (int turn = 0; turn < 20_000; turn++) {
      var bytes = text.clone();
      for (int i = random.nextInt(1, 4); i > 0; i--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }

      var answer = JsonReader.read(bytes, Caps.DEFAULT);

      assertThat(answer).isNotInstanceOf(TooLarge.class);
    }
  }

  @Test
  void capsCannotBeNonsense() {
    assertThatThrownBy(() -> new Caps(0, 1, 1, 1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Caps(1, 501, 1, 1)).isInstanceOf(IllegalArgumentException.class);
  }

  private static JsonText parse(String text) {
    return parse(text, Caps.DEFAULT);
  }

  private static JsonText parse(String text, Caps caps) {
    return JsonReader.read(text.getBytes(UTF_8), caps);
  }
}

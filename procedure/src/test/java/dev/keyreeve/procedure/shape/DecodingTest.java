package dev.keyreeve.procedure.shape;

import static dev.keyreeve.procedure.shape.Json.issuesOf;
import static dev.keyreeve.procedure.shape.Json.json;
import static dev.keyreeve.procedure.shape.Json.valid;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.keyreeve.procedure.shape.Decoded.Valid;
import dev.keyreeve.procedure.shape.Samples.Instalment;
import dev.keyreeve.procedure.shape.Samples.InviteMandate;
import dev.keyreeve.procedure.shape.Samples.ListMandates;
import dev.keyreeve.procedure.shape.Samples.MandateId;
import dev.keyreeve.procedure.shape.Samples.MandateState;
import dev.keyreeve.procedure.shape.Samples.Page;
import dev.keyreeve.procedure.shape.Samples.Payer;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@NullMarked
class DecodingTest {
  private static final Shape<InviteMandate> INVITE = Shapes.of(InviteMandate.class);
  private static final Shape<ListMandates> LIST = Shapes.of(ListMandates.class);

  /// A component of each kind, none required, so that one of them can be wrong alone.
  record Everything(
      @Nullable @Text(min = 2, max = 4) String text,
      @Nullable @Text(max = 3, pattern = "^[a-z]+$") String word,
      @Nullable @Text(max = 9, multiline = true) String lines,
      @Nullable @Range(min = 1, max = 600) Integer limit,
      @Nullable Integer number,
      @Nullable Long big,
      @Nullable Boolean flag,
      @Nullable LocalDate day,
      @Nullable Instant moment,
      @Nullable MandateState state,
      @Nullable MandateId id,
      @Nullable Payer payer,
      @Nullable @Items(min = 1, max = 2) List<@Text(max = 3) String> tags,
      @Nullable @Items(min = 1, max = 2) Map<@Text(max = 3) String, String> metadata) {}

  private static final Shape<Everything> EVERYTHING = Shapes.of(Everything.class);

  @Test
  void decodesEveryKindOfComponent() {
    var input =
        json(
            """
            {'payer': {'name': 'Ada', 'email': 'ada@example.org', 'note': 'one\\ntwo'},
             'schedule': [{'amountMinor': 1250, 'due': '2026-02-28'}],
             'expiresInDays': 14, 'sendEmail': true, 'metadata': {'flat': '7b'}, 'from': null}
            """);

    var decoded = INVITE.decode(input);

    assertThat(decoded)
        .isEqualTo(
            new Valid<>(
                new InviteMandate(
                    new Payer("Ada", "ada@example.org", "one\ntwo"),
                    List.of(new Instalment(1250, LocalDate.of(2026, 2, 28))),
                    14,
                    true,
                    Map.of("flat", "7b"),
                    null,
                    null)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {'text': 1}                            | text         | wrong_type
          {'text': ['ab']}                       | text         | wrong_type
          {'text': 'a'}                          | text         | too_short
          {'text': 'abcde'}                      | text         | too_long
          {'text': 'a\\u0000b'}                  | text         | bad_format
          {'text': 'a\\nb'}                      | text         | bad_format
          {'text': 'a\\u0085b'}                  | text         | bad_format
          {'word': 'Ab'}                         | word         | bad_format
          {'word': ''}                           | word         | too_short
          {'lines': 'a\\u0007b'}                 | lines        | bad_format
          {'limit': 0}                           | limit        | out_of_range
          {'limit': 601}                         | limit        | out_of_range
          {'limit': 1.0}                         | limit        | wrong_type
          {'limit': 1e2}                         | limit        | wrong_type
          {'limit': '60'}                        | limit        | wrong_type
          {'limit': true}                        | limit        | wrong_type
          {'number': 2147483648}                 | number       | out_of_range
          {'number': -2147483649}                | number       | out_of_range
          {'big': 9007199254740992}              | big          | out_of_range
          {'big': 99999999999999999999}          | big          | out_of_range
          {'flag': 'true'}                       | flag         | wrong_type
          {'flag': 1}                            | flag         | wrong_type
          {'day': 20260131}                      | day          | wrong_type
          {'day': '2026-02-29'}                  | day          | bad_format
          {'day': '2026-1-31'}                   | day          | bad_format
          {'day': '+12026-01-31'}                | day          | bad_format
          {'day': '0000-01-31'}                  | day          | bad_format
          {'day': '2026-01-31T00:00:00Z'}        | day          | bad_format
          {'moment': '2026-01-31'}               | moment       | bad_format
          {'moment': '2026-01-31T09:30:00'}      | moment       | bad_format
          {'moment': '2026-01-31T09:30Z'}        | moment       | bad_format
          {'moment': '2026-01-31T24:00:00Z'}     | moment       | bad_format
          {'moment': '2016-12-31T23:59:60Z'}     | moment       | bad_format
          {'moment': '2026-01-31t09:30:00z'}     | moment       | bad_format
          {'moment': '9999-12-31T23:59:59-01:00'} | moment      | bad_format
          {'moment': '2026-01-31T09:30:00.1234567890Z'} | moment | bad_format
          {'state': 'ACTIVE'}                    | state        | not_one_of
          {'state': 'unheard'}                   | state        | not_one_of
          {'state': 1}                           | state        | wrong_type
          {'id': 'man_1'}                        | id           | bad_format
          {'id': 7}                              | id           | wrong_type
          {'payer': 'Ada'}                       | payer        | wrong_type
          {'payer': []}                          | payer        | wrong_type
          {'payer': {}}                          | payer.name   | required
          {'payer': {'name': null}}              | payer.name   | required
          {'payer': {'name': 'A', 'naem': 1}}    | payer.naem   | unknown_field
          {'tags': {}}                           | tags         | wrong_type
          {'tags': []}                           | tags         | too_few
          {'tags': ['a', 'b', 'c']}              | tags         | too_many
          {'tags': ['a', null]}                  | tags[1]      | required
          {'tags': ['a', 'long']}                | tags[1]      | too_long
          {'metadata': []}                       | metadata     | wrong_type
          {'metadata': {}}                       | metadata     | too_few
          {'metadata': {'a': 'x', 'b': 'x', 'c': 'x'}} | metadata | too_many
          {'metadata': {'a': 1}}                 | metadata.a   | wrong_type
          {'metadata': {'a': null}}              | metadata.a   | wrong_type
          {'metadata': {'a': ''}}                | metadata.a   | too_short
          {'metadata': {'long': 'x'}}            | metadata.long | too_long
          {'Text': 'ab'}                         | Text         | unknown_field
          []                                     | ``           | wrong_type
          'text'                                 | ``           | wrong_type
          """)
  void saysWhatIsWrongAndWhere(String input, String path, String code) {
    var decoded = EVERYTHING.decode(json(input));

    assertThat(issuesOf(decoded))
        .singleElement()
        .satisfies(
            issue -> {
              assertThat(issue.path()).isEqualTo(path);
              assertThat(issue.code()).isEqualTo(code);
              assertThat(issue.message()).endsWith(code.equals("unknown_field") ? "?" : ".");
            });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'text': 'ab'}",
        "{'text': '\uD83D\uDE00\uD83D\uDE00\uD83D\uDE00\uD83D\uDE00'}",
        "{'lines': 'a\\r\\n\\tb'}",
        "{'limit': 1}",
        "{'limit': 600}",
        "{'number': -2147483648}",
        "{'number': -0}",
        "{'big': 9007199254740991}",
        "{'big': -9007199254740991}",
        "{'day': '0001-01-01'}",
        "{'day': '2028-02-29'}",
        "{'moment': '2026-01-31T09:30:00.123456789Z'}",
        "{'state': 'pending_submission'}",
        "{'id': 'man_0001'}",
        "{'tags': ['a', 'b']}",
        "{'metadata': {'a': 'x'}}",
        "{'text': null, 'tags': null, 'payer': null, 'flag': null}",
        "{}",
      })
  void takesWhatIsWithinTheLimits(String input) {
    var decoded = EVERYTHING.decode(json(input));

    assertThat(decoded).isInstanceOf(Valid.class);
  }

  @Test
  void readsAnyOffsetOfAMoment() {
    var decoded = Shapes.of(Instant.class).decode(json("'2026-01-31T09:30:00+01:00'"));

    assertThat(decoded).isEqualTo(new Valid<>(Instant.parse("2026-01-31T08:30:00Z")));
  }

  @Test
  void reportsAllIssuesOfAnInputTogether() {
    var input =
        json(
            """
            {'payer': {'email': 'nobody', 'emial': 1},
             'schedule': [{'amountMinor': 0, 'due': '2026-02-30'}, 7, {'due': '2026-02-01', 'amountMinor': 1.5}],
             'expiresInDays': '14', 'metadata': {'a': 1, 'b': 'x'}, 'sendMail': true}
            """);

    var issues = issuesOf(INVITE.decode(input));

    assertThat(issues.stream().map(issue -> issue.path() + " " + issue.code()))
        .containsExactly(
            "payer.name required",
            "payer.email bad_format",
            "payer.emial unknown_field",
            "schedule[0].amountMinor out_of_range",
            "schedule[0].due bad_format",
            "schedule[1] wrong_type",
            "schedule[2].amountMinor wrong_type",
            "expiresInDays wrong_type",
            "sendEmail required",
            "metadata.a wrong_type",
            "sendMail unknown_field");
  }

  @Test
  void turnsTheRuleOfACompactConstructorIntoAnIssueOfTheRecord() {
    var input =
        json(
            "{'payer': {'name': 'A'}, 'sendEmail': false, 'from': '2026-02-02', 'to': '2026-02-01'}");

    var issues = issuesOf(INVITE.decode(input));

    assertThat(issues)
        .containsExactly(new Issue("", "invalid", "The end must not be before the beginning."));
  }

  @Test
  void saysInWhichNestedRecordARuleIsBroken() {
    var input =
        json(
            "{'items': [{'payer': {'name': 'A'}, 'sendEmail': true, 'from': '2026-02-02', 'to': '2026-02-01'}]}");

    var issues = issuesOf(Page.of(INVITE).decode(input));

    assertThat(issues)
        .containsExactly(
            new Issue("items[0]", "invalid", "The end must not be before the beginning."));
  }

  @Test
  void readsAnAbsentInputAsARecordWithoutFields() {
    var nothing = (JsonNode) null;

    assertThat(LIST.decode(nothing)).isEqualTo(new Valid<>(new ListMandates(null, null, null)));
    assertThat(LIST.decode(json("null")))
        .isEqualTo(new Valid<>(new ListMandates(null, null, null)));
    assertThat(issuesOf(INVITE.decode(nothing)).stream().map(Issue::path))
        .containsExactly("payer", "sendEmail");
    assertThat(issuesOf(Shapes.of(String.class).decode(nothing)))
        .containsExactly(new Issue("", "required", "This is required."));
  }

  @Test
  void namesTheKnownFieldThatAnUnknownOneIsNearest() {
    var input = json("{'limt': 1, 'IDS': [], 'somethingElse': 1}");

    var issues = issuesOf(LIST.decode(input));

    assertThat(issues.stream().map(Issue::message))
        .containsExactly(
            "This field is not known; did you mean limit?",
            "This field is not known; did you mean ids?",
            "This field is not known.");
  }

  @Test
  void showsAnUnknownNameClippedAndInPrintableAscii() {
    var input =
        JsonNodeFactory.instance.objectNode().put("x\u0000\u202E\uD83D\uDE00" + "y".repeat(100), 1);

    var issues = issuesOf(LIST.decode(input));

    assertThat(issues.getFirst().path()).isEqualTo("x????" + "y".repeat(35));
  }

  @Test
  void listsAHundredIssuesAndThenStops() {
    var input = JsonNodeFactory.instance.objectNode();
    for (int i = 0; i < 5_000; i++) input.put("unknown" + i, i);

    var issues = issuesOf(LIST.decode(input));

    assertThat(issues).hasSize(101);
    assertThat(issues.getLast())
        .isEqualTo(new Issue("", "too_many_issues", "There are more issues than are listed."));
  }

  @Test
  void refusesHalfOfASurrogatePairWhereverTheTextComesFrom() {
    var decoded = Shapes.of(String.class).decode(new TextNode("a\uD800b"));

    assertThat(issuesOf(decoded).getFirst().code()).isEqualTo("bad_format");
  }

  @Test
  void refusesANumberThatFillsALongManyTimesOver() {
    var decoded =
        Shapes.of(long.class).decode(JsonNodeFactory.instance.numberNode(BigInteger.TWO.pow(200)));

    assertThat(issuesOf(decoded).getFirst().code()).isEqualTo("out_of_range");
  }

  @Test
  void decodesNothingThatTheClientCanStillChange() {
    var decoded = EVERYTHING.decode(json("{'tags': ['a'], 'metadata': {'a': 'x'}}"));

    var value = valid(decoded);

    assertThat(value.tags()).isUnmodifiable();
    assertThat(value.metadata()).isUnmodifiable();
  }

  record Indiscreet(String text) {
    public static Indiscreet parse(String text) {
      if (!text.isEmpty()) throw new IllegalArgumentException("not what I wanted: " + text);
      return new Indiscreet(text);
    }
  }

  record Amount(long value) {
    public static Amount parse(String text) {
      return new Amount(Long.parseLong(text));
    }
  }

  @Test
  void passesNoValueOnEvenIfAParserQuotesIt() {
    var secret = json("'s3cret-s3cret'");

    var indiscreet = issuesOf(Shapes.of(Indiscreet.class).decode(secret));
    var amount = issuesOf(Shapes.of(Amount.class).decode(secret));

    assertThat(indiscreet)
        .containsExactly(new Issue("", "bad_format", "This does not have the right form."));
    assertThat(amount).isEqualTo(indiscreet);
  }

  record Broken(String text) {
    Broken {
      if (text.length() > 1) throw new IllegalStateException("a bug");
    }
  }

  @Test
  void letsABugOfAConstructorThrough() {
    assertThatThrownBy(() -> Shapes.of(Broken.class).decode(json("{'text': 'ab'}")))
        .isInstanceOf(IllegalStateException.class);
  }
}

package dev.keyreeve.procedure.shape;

import static dev.keyreeve.procedure.shape.Json.json;
import static dev.keyreeve.procedure.shape.Json.stored;
import static dev.keyreeve.procedure.shape.Json.valid;
import static dev.keyreeve.procedure.shape.Json.written;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.keyreeve.procedure.shape.Decoded.Invalid;
import dev.keyreeve.procedure.shape.Decoded.Valid;
import dev.keyreeve.procedure.shape.Form.BooleanForm;
import dev.keyreeve.procedure.shape.Form.ChoiceForm;
import dev.keyreeve.procedure.shape.Form.ClearableForm;
import dev.keyreeve.procedure.shape.Form.ContentForm;
import dev.keyreeve.procedure.shape.Form.DateForm;
import dev.keyreeve.procedure.shape.Form.IntegerForm;
import dev.keyreeve.procedure.shape.Form.ListForm;
import dev.keyreeve.procedure.shape.Form.MapForm;
import dev.keyreeve.procedure.shape.Form.RecordForm;
import dev.keyreeve.procedure.shape.Form.TextForm;
import dev.keyreeve.procedure.shape.Form.TimestampForm;
import dev.keyreeve.procedure.shape.Form.ValueForm;
import dev.keyreeve.procedure.shape.Samples.Dashboard;
import dev.keyreeve.procedure.shape.Samples.InviteMandate;
import dev.keyreeve.procedure.shape.Samples.Letter;
import dev.keyreeve.procedure.shape.Samples.ListMandates;
import dev.keyreeve.procedure.shape.Samples.MandateView;
import dev.keyreeve.procedure.shape.Samples.Page;
import dev.keyreeve.procedure.shape.Samples.PatchMandate;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Base64;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Random inputs, generated from the form alone.
@NullMarked
class RoundTripTest {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final String CANARY = "c4nary-c4nary";

  static Stream<Shape<?>> shapes() {
    return Stream.of(
        Shapes.of(InviteMandate.class),
        Shapes.of(ListMandates.class),
        Shapes.of(PatchMandate.class),
        Shapes.of(Letter.class),
        Shapes.of(Dashboard.class),
        Page.of(Page.of(Shapes.of(MandateView.class))));
  }

  @ParameterizedTest
  @MethodSource("shapes")
  <T> void writesWhatItHasRead(Shape<T> shape) {
    var random = new Random(42);
    for (int turn = 0; turn < 500; turn++) {
      var input = fitting(shape.form(), random);

      var value = valid(shape.decode(input));

      assertThat(json(written(shape, value))).isEqualTo(input);
      assertThat(shape.decodeStored(json(stored(shape, value)))).isEqualTo(new Valid<>(value));
    }
  }

  @ParameterizedTest
  @MethodSource("shapes")
  <T> void repeatsNoValueOfAnInputThatIsWrong(Shape<T> shape) {
    var random = new Random(43);
    for (int turn = 0; turn < 500; turn++) {
      var input = spoilt(fitting(shape.form(), random), random);

      var decoded = shape.decode(input);

      if (decoded instanceof Invalid<T>(var issues)) {
        assertThat(issues).noneMatch(issue -> issue.message().contains("c4nary"));
      }
    }
  }

  private static JsonNode fitting(Form form, Random random) {
    return switch (form) {
      case BooleanForm _ -> NODES.booleanNode(random.nextBoolean());
      case IntegerForm integer -> integer(integer, random);
      case DateForm _ ->
          NODES.textNode(LocalDate.of(2027, 1, 1).plusDays(random.nextInt(3650)).toString());
      case TimestampForm _ ->
          NODES.textNode(
              Instant.ofEpochSecond(random.nextLong(4_000_000_000L), random.nextInt(1_000_000_000))
                  .toString());
      case ChoiceForm choice ->
          NODES.textNode(choice.values().get(random.nextInt(choice.values().size())));
      case ValueForm value -> NODES.textNode(value.example());
      case TextForm text -> NODES.textNode(text(text, random));
      case ListForm list -> {
        var items = NODES.arrayNode();
        int size = random.nextInt(list.min(), Math.min(list.max(), 5) + 1);
        for (int i = 0; i < size; i++) items.add(fitting(list.item(), random));
        yield items;
      }
      case ContentForm content -> {
        var bytes = new byte[random.nextInt(1, 20)];
        random.nextBytes(bytes);
        var fields =
            NODES
                .objectNode()
                .put("mediaType", content.mediaTypes().getLast())
                .put("base64", Base64.getEncoder().encodeToString(bytes));
        yield random.nextBoolean() ? fields : fields.put("fileName", "r\u00e9sum\u00e9.csv");
      }
      case ClearableForm clearable ->
          random.nextBoolean() ? NODES.nullNode() : fitting(clearable.form(), random);
      case MapForm map -> {
        var entries = NODES.objectNode();
        for (int i = random.nextInt(map.max() + 1); i > 0; i--) {
          entries.put("key" + i, text(map.value(), random));
        }
        yield entries;
      }
      case RecordForm record -> {
        var fields = NODES.objectNode();
        for (var field : record.fields()) {
          // "from" alone stays within the rule of the constructor, whatever "to" would be.
          if (field.required() || (random.nextBoolean() && !field.name().equals("to"))) {
            fields.set(field.name(), fitting(field.form(), random));
          }
        }
        yield fields;
      }
    };
  }

  /// In the narrowest node, as a parser would answer.
  private static JsonNode integer(IntegerForm integer, Random random) {
    long number = random.nextLong(integer.min(), integer.max());
    return number == (int) number ? NODES.numberNode((int) number) : NODES.numberNode(number);
  }

  private static String text(TextForm text, Random random) {
    if (text.pattern() != null) return "someone" + random.nextInt(100) + "@example.org";

    var letters = new StringBuilder();
    int length = random.nextInt(text.min(), text.max() + 1);
    for (int i = 0; i < length; i++) {
      letters.appendCodePoint(
          random.nextInt(10) == 0 ? 0x1F600 + random.nextInt(50) : ' ' + random.nextInt(94));
    }
    return letters.toString().replace('\'', ' ');
  }

  /// The same tree with about one leaf in three replaced.
  private static JsonNode spoilt(JsonNode node, Random random) {
    if (node.isArray()) {
      var items = NODES.arrayNode();
      node.forEach(item -> items.add(spoilt(item, random)));
      return items;
    }
    if (node.isObject()) {
      var fields = NODES.objectNode();
      node.properties()
          .forEach(field -> fields.set(field.getKey(), spoilt(field.getValue(), random)));
      return fields;
    }
    return random.nextInt(3) == 0 ? NODES.textNode(CANARY.repeat(random.nextInt(1, 30))) : node;
  }
}

package dev.keyreeve.procedure.shape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyreeve.procedure.shape.Form.ChoiceForm;
import dev.keyreeve.procedure.shape.Form.Field;
import dev.keyreeve.procedure.shape.Form.IntegerForm;
import dev.keyreeve.procedure.shape.Form.ListForm;
import dev.keyreeve.procedure.shape.Form.RecordForm;
import dev.keyreeve.procedure.shape.Form.TextForm;
import dev.keyreeve.procedure.shape.Form.ValueForm;
import dev.keyreeve.procedure.shape.Samples.Dashboard;
import dev.keyreeve.procedure.shape.Samples.ListMandates;
import dev.keyreeve.procedure.shape.Samples.MandateId;
import dev.keyreeve.procedure.shape.Samples.MandateState;
import dev.keyreeve.procedure.shape.Samples.Page;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@NullMarked
class DerivationTest {
  @Test
  void describesTheComponentsOfARecord() {
    var form = Shapes.of(ListMandates.class).form();

    var states =
        new ChoiceForm(
            "MandateState",
            MandateState.class,
            List.of("pending_submission", "active", "cancelled"));
    var ids = new ValueForm(MandateId.class, "^man_[0-9]{4}$", "man_0001");
    assertThat(form)
        .isEqualTo(
            new RecordForm(
                "ListMandates",
                ListMandates.class,
                List.of(
                    new Field("state", new ListForm(states, 0, 3), false),
                    new Field("ids", new ListForm(ids, 0, 50), false),
                    new Field("limit", new IntegerForm(int.class, 1, 200), false))));
  }

  @Test
  void namesAGenericRecordAfterItsArguments() {
    var form = (RecordForm) Shapes.of(Dashboard.class).form();

    assertThat(form.fields().getFirst().form())
        .isEqualTo(Page.of(Shapes.of(Samples.MandateView.class)).form())
        .extracting("name")
        .isEqualTo("PageOfMandateView");
    assertThat(form.fields().getLast().form()).extracting("item.name").isEqualTo("PageOfText");
  }

  @Test
  void givesTextAndNumbersLimitsEvenIfNobodyDid() {
    assertThat(Shapes.of(String.class).form()).isEqualTo(new TextForm(1, 200, false, null, false));
    assertThat(Shapes.of(long.class).form())
        .isEqualTo(new IntegerForm(long.class, -9_007_199_254_740_991L, 9_007_199_254_740_991L));
  }

  record Outer(@Nullable Inner inner) {}

  record Inner(BigDecimal amount) {}

  record Loop(@Nullable List<Loop> more) {}

  record Growing<T>(@Nullable Growing<List<T>> more) {}

  record NotNullable(OneTime secret) {}

  record Listed(@Nullable List<OneTime> secrets) {}

  record Holed(List<@Nullable String> texts) {}

  record Raw(Map<String, Integer> counts) {}

  record Sorted(Set<String> texts) {}

  record Wild(List<? extends String> texts) {}

  record RangedText(@Range(min = 1, max = 2) String text) {}

  record TextRecord(@Text(max = 5) Inner inner) {}

  record EmptyRange(@Range(min = 2, max = 1) int number) {}

  record WideRange(@Range(min = 0, max = 1L << 40) int number) {}

  record EmptyLength(@Text(min = 5, max = 4) String text) {}

  record LoosePattern(@Text(pattern = "[a-z]+") String text) {}

  record ImpossibleItems(@Items(min = 3, max = 2) List<String> texts) {}

  record Unsaid(Content content) {}

  record Upper(@Media(types = "Image/PNG") Content content) {}

  record Twice(@Media(types = {"a/b", "a/b"}) Content content) {}

  record Huge(@Media(types = "a/b", maxBytes = 1 << 30) Content content) {}

  record MediaText(@Media(types = "a/b") String text) {}

  record NullablePatch(@Nullable Patch<String> text) {}

  @SuppressWarnings("NullAway") // It does not compile otherwise.
  record HoledPatch(Patch<@Nullable String> text) {}

  record LimitedPatch(@Text(max = 5) Patch<String> text) {}

  record PatchedItems(List<Patch<String>> texts) {}

  record Mislabelled(BadExample value) {}

  @Format(pattern = "^[a-z]+$", example = "A")
  record BadExample(String text) {
    public static BadExample parse(String text) {
      return new BadExample(text);
    }
  }

  static Stream<Arguments> misfits() {
    return Stream.of(
        Arguments.of(Outer.class, "Inner.amount: java.math.BigDecimal has no shape"),
        Arguments.of(Loop.class, "Loop.more: Loop contains itself"),
        Arguments.of(
            NotNullable.class,
            "NotNullable.secret: a OneTime is @Nullable, because it is not stored"),
        Arguments.of(
            Listed.class, "Listed.secrets: dev.keyreeve.procedure.shape.OneTime has no shape"),
        Arguments.of(
            Holed.class,
            "Holed.texts: what is inside java.util.List<java.lang.String> cannot be absent"),
        Arguments.of(
            Raw.class,
            "Raw.counts: java.util.Map<java.lang.String, java.lang.Integer> has no shape"),
        Arguments.of(Sorted.class, "Sorted.texts: java.util.Set<java.lang.String> has no shape"),
        Arguments.of(Wild.class, "Wild.texts: ? extends java.lang.String has no shape"),
        Arguments.of(RangedText.class, "RangedText.text: @Range does not apply here"),
        Arguments.of(TextRecord.class, "TextRecord.inner: @Text does not apply here"),
        Arguments.of(EmptyRange.class, "EmptyRange.number: the range is empty or exceeds the type"),
        Arguments.of(WideRange.class, "WideRange.number: the range is empty or exceeds the type"),
        Arguments.of(EmptyLength.class, "EmptyLength.text: the length of the text is impossible"),
        Arguments.of(
            LoosePattern.class, "LoosePattern.text: the pattern must begin with ^ and end with $"),
        Arguments.of(
            ImpossibleItems.class, "ImpossibleItems.texts: the number of items is impossible"),
        Arguments.of(Unsaid.class, "Unsaid.content: a Content says in @Media what it is"),
        Arguments.of(Upper.class, "Upper.content: not a media type in lower case: Image/PNG"),
        Arguments.of(Twice.class, "Twice.content: a Content says its media types, each once"),
        Arguments.of(Huge.class, "Huge.content: a Content has from 1 to 16777216 bytes"),
        Arguments.of(MediaText.class, "MediaText.text: @Media does not apply here"),
        Arguments.of(
            NullablePatch.class,
            "NullablePatch.text: a Patch is Absent, and for that not @Nullable"),
        Arguments.of(
            HoledPatch.class,
            "HoledPatch.text: what is inside dev.keyreeve.procedure.shape.Patch<java.lang.String>"
                + " cannot be absent"),
        Arguments.of(LimitedPatch.class, "LimitedPatch.text: @Text does not apply here"),
        Arguments.of(
            PatchedItems.class,
            "PatchedItems.texts: dev.keyreeve.procedure.shape.Patch<java.lang.String> has no"
                + " shape"),
        Arguments.of(Mislabelled.class, "Mislabelled.value: the example of @Format is not one"),
        Arguments.of(Page.class, "Page: Page takes 1 type arguments, not 0"),
        Arguments.of(Object.class, "Object: java.lang.Object has no shape"));
  }

  @ParameterizedTest
  @MethodSource("misfits")
  void saysAtStartWhichComponentHasNoShape(Class<?> type, String message) {
    assertThatThrownBy(() -> Shapes.of(type))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  @Test
  void endsOnARecordThatGrowsWithEveryTurn() {
    assertThatThrownBy(() -> Shapes.of(Growing.class, Shapes.of(String.class)))
        .hasMessage("Growing.more: Growing contains itself");
  }
}

package dev.keyreeve.procedure.shape;

import static dev.keyreeve.procedure.shape.Json.json;
import static dev.keyreeve.procedure.shape.Json.stored;
import static dev.keyreeve.procedure.shape.Json.written;
import static org.assertj.core.api.Assertions.assertThat;

import dev.keyreeve.procedure.shape.Decoded.Valid;
import dev.keyreeve.procedure.shape.Samples.InvitedMandate;
import dev.keyreeve.procedure.shape.Samples.MandateId;
import dev.keyreeve.procedure.shape.Samples.MandateState;
import dev.keyreeve.procedure.shape.Samples.MandateView;
import dev.keyreeve.procedure.shape.Samples.Page;
import dev.keyreeve.procedure.shape.Samples.Payer;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

@NullMarked
class WritingTest {
  private static final Shape<InvitedMandate> INVITED = Shapes.of(InvitedMandate.class);

  private static final MandateView MANDATE =
      new MandateView(
          new MandateId("man_0001"),
          MandateState.PENDING_SUBMISSION,
          new Payer("Ada", null, "\u201Cquoted\u201D"),
          3,
          Instant.parse("2026-01-31T09:30:00.5Z"));

  private static final String MANDATE_JSON =
      """
      {"id":"man_0001","state":"pending_submission",\
      "payer":{"name":"Ada","note":"\u201Cquoted\u201D"},\
      "version":3,"createdAt":"2026-01-31T09:30:00.500Z"}""";

  @Test
  void writesWhatIsThereAndOmitsWhatIsNot() {
    var json = written(Page.of(Shapes.of(MandateView.class)), new Page<>(List.of(MANDATE), null));

    assertThat(json).isEqualTo("{\"items\":[" + MANDATE_JSON + "]}");
  }

  @Test
  void writesADateAsADate() {
    var json = written(Shapes.of(LocalDate.class), LocalDate.of(2026, 1, 31));

    assertThat(json).isEqualTo("\"2026-01-31\"");
  }

  @Test
  void showsASecretOnceAndNeverStoresIt() {
    var invited = new InvitedMandate(MANDATE, new OneTime("https://example.org/i/s3cret"), false);

    assertThat(written(INVITED, invited)).contains("\"url\":\"https://example.org/i/s3cret\"");
    assertThat(stored(INVITED, invited)).doesNotContain("url").doesNotContain("s3cret");
    assertThat(invited.toString()).contains("[redacted]").doesNotContain("s3cret");
  }

  @Test
  void storesNoSecretOfAnyItemOfAList() {
    var invited = new InvitedMandate(MANDATE, new OneTime("https://example.org/i/s3cret"), false);
    var shape = Page.of(INVITED);

    var kept = stored(shape, new Page<>(List.of(invited, invited), null));

    assertThat(kept).doesNotContain("url").doesNotContain("s3cret");
  }

  @Test
  void readsBackWhatItStoredWithoutTheSecret() {
    var invited = new InvitedMandate(MANDATE, new OneTime("https://example.org/i/s3cret"), false);

    var decoded = INVITED.decodeStored(json(stored(INVITED, invited)));

    assertThat(decoded).isEqualTo(new Valid<>(new InvitedMandate(MANDATE, null, false)));
  }

  @Test
  void readsBackAnAnswerThatNoInputCouldBe() {
    var shape = Page.of(Shapes.of(String.class));
    var page = new Page<>(Collections.nCopies(500, "x".repeat(500)), "");

    var decoded = shape.decodeStored(json(stored(shape, page)));

    assertThat(decoded).isEqualTo(new Valid<>(page));
  }

  @Test
  void readsBackAnAnswerOfAVersionThatHadMoreFields() {
    var decoded = Page.of(Shapes.of(String.class)).decodeStored(json("{'items': [], 'total': 4}"));

    assertThat(decoded).isEqualTo(new Valid<>(new Page<>(List.of(), null)));
  }
}

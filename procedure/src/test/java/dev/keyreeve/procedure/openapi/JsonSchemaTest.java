package dev.keyreeve.procedure.openapi;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keyreeve.procedure.shape.Samples;
import dev.keyreeve.procedure.shape.Samples.InviteMandate;
import dev.keyreeve.procedure.shape.Samples.InvitedMandate;
import dev.keyreeve.procedure.shape.Samples.Letter;
import dev.keyreeve.procedure.shape.Samples.ListMandates;
import dev.keyreeve.procedure.shape.Samples.MandateView;
import dev.keyreeve.procedure.shape.Samples.Page;
import dev.keyreeve.procedure.shape.Shapes;
import java.io.IOException;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

@NullMarked
class JsonSchemaTest {
  private final JsonSchema schema = new JsonSchema();

  @Test
  void writesInputsStrictlyAndOutputsOpenly() throws IOException {
    schema.ofInput(Shapes.of(ListMandates.class).form());
    schema.ofInput(Shapes.of(InviteMandate.class).form());
    schema.ofOutput(Shapes.of(InvitedMandate.class).form());
    schema.ofOutput(Page.of(Shapes.of(MandateView.class)).form());

    assertThat(text(schema.definitions())).isEqualTo(golden());
  }

  @Test
  void writesASimpleFormWhereItStands() {
    var day = schema.ofOutput(Shapes.of(LocalDate.class).form());

    assertThat(day.toString()).isEqualTo("{\"type\":\"string\",\"format\":\"date\"}");
    assertThat(schema.definitions()).isEmpty();
  }

  @Test
  void saysWhatBase64StandsFor() {
    schema.ofInput(Shapes.of(Letter.class).form());
    schema.ofOutput(Shapes.of(Letter.class).form());

    var taken = schema.definitions().at("/LetterInput/properties");
    var given = schema.definitions().at("/Letter/properties");
    assertThat(taken.at("/text"))
        .hasToString(
            "{\"type\":\"object\",\"properties\":{"
                + "\"mediaType\":{\"type\":\"string\",\"enum\":[\"text/plain\",\"application/pdf\"]},"
                + "\"base64\":{\"type\":\"string\",\"contentEncoding\":\"base64\",\"maxLength\":28},"
                + "\"fileName\":{\"type\":\"string\",\"maxLength\":255}},"
                + "\"required\":[\"mediaType\",\"base64\"],\"additionalProperties\":false}");
    assertThat(given.at("/pictures/items/properties/base64"))
        .hasToString(
            "{\"type\":\"string\",\"contentEncoding\":\"base64\",\"contentMediaType\":\"image/png\"}");
  }

  @Test
  void refusesARecordWhoseNameIsThatOfAnInput() {
    record PayerInput(String name) {}
    schema.ofInput(Shapes.of(Samples.Payer.class).form());

    assertThatThrownBy(() -> schema.ofOutput(Shapes.of(PayerInput.class).form()))
        .hasMessageStartingWith("two records are called PayerInput: ");
  }

  @Test
  void refusesTwoRecordsOfOneName() {
    record Payer(List<String> names) {}
    schema.ofOutput(Shapes.of(Samples.Payer.class).form());

    assertThatThrownBy(() -> schema.ofOutput(Shapes.of(Payer.class).form()))
        .hasMessageStartingWith("two records are called Payer: ");
  }

  private static String golden() throws IOException {
    try (var file = JsonSchemaTest.class.getResourceAsStream("mandates.schemas.json")) {
      return new String(requireNonNull(file).readAllBytes(), UTF_8);
    }
  }

  private static String text(JsonNode node) {
    return node.toPrettyString().replace("\r\n", "\n") + "\n";
  }
}

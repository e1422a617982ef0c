package dev.keyreeve.procedure.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.core.type.TypeReference;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonTest {
  @Test
  void readsBackWhatItWrote() {
    var tree = Json.object().put("name", "Zoë");
    tree.set("lines", Json.array().add(1).add("two"));

    var text = Json.write(tree);

    assertThat(text).isEqualTo("{\"name\":\"Zoë\",\"lines\":[1,\"two\"]}");
    assertThat(Json.read(text)).isEqualTo(tree);
    assertThat(Json.readIfValid(text)).contains(tree);
  }

  @Test
  void readsATypeByItsClassOrItsArguments() {
    var text = Json.write(Map.of("name", "Zoë"));

    assertThat(Json.read(text, new TypeReference<Map<String, String>>() {}))
        .isEqualTo(Map.of("name", "Zoë"));
    assertThat(Json.read("[1, 2]", int[].class)).containsExactly(1, 2);
  }

  @Test
  void aTextOfOursThatIsCutOffIsAFault() {
    for (var text : List.of("{\"name\":", "{\"name\": tru", "[1")) {
      assertThatExceptionOfType(UncheckedIOException.class).isThrownBy(() -> Json.read(text));
      assertThat(Json.readIfValid(text)).isEmpty();
    }
    assertThatExceptionOfType(UncheckedIOException.class)
        .isThrownBy(() -> Json.read("{}", int[].class));
  }

  @Test
  void whatOthersHaveChangedIsNoJson() {
    for (var text : List.of("", "  ", "{\"name\":1} rubbish", "{} {}", "[1],")) {
      assertThat(Json.readIfValid(text)).as(text).isEmpty();
    }
  }
}

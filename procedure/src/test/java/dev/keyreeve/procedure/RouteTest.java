package dev.keyreeve.procedure;

import static dev.keyreeve.access.decision.Requirement.anyCaller;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyreeve.procedure.shape.Items;
import dev.keyreeve.procedure.shape.Samples.Payer;
import java.util.List;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@NullMarked
class RouteTest {
  record Simple(String id, @Nullable String note, @Nullable @Items(max = 2) List<String> tags) {}

  record Nested(String id, Payer payer) {}

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/",
        "mandates",
        "/mandates/",
        "//mandates",
        "/{id",
        "/a{id}",
        "/{Id}",
        "/Mandates",
        "/a b"
      })
  void isMadeOfWordsAndWholeVariables(String path) {
    assertThatThrownBy(() -> Route.get(path)).hasMessage("not a route: " + path);
  }

  @Test
  void namesItsVariables() {
    assertThat(Route.post("/mandates/{id}/notes/{note}").variables()).containsExactly("id", "note");
  }

  @Test
  void takesAnInputWithoutObjectsFromItsQuery() {
    assertThat(at(Kind.QUERY, Route.get("/mandates/{id}"), Simple.class).fields()).hasSize(3);
  }

  @Test
  void takesAnyInputFromItsBody() {
    assertThat(at(Kind.MUTATION, Route.post("/mandates/{id}"), Nested.class).fields()).hasSize(2);
  }

  @Test
  void doesNotTakeObjectsFromItsQuery() {
    assertThatThrownBy(() -> at(Kind.QUERY, Route.get("/mandates/{id}"), Nested.class))
        .hasMessage("a.procedure does not fit its route GET /mandates/{id}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/{nobody}", "/{note}", "/{tags}"})
  void fillsOnlyRequiredFieldsWithoutParts(String path) {
    assertThatThrownBy(() -> at(Kind.QUERY, Route.get(path), Simple.class))
        .hasMessageStartingWith("a.procedure does not fit its route");
  }

  @Test
  void changesNothingByGet() {
    assertThatThrownBy(() -> at(Kind.MUTATION, Route.get("/mandates"), Simple.class))
        .hasMessage("a.procedure does not fit its route GET /mandates");
  }

  private static Procedure<?, ?> at(Kind kind, Route route, Class<?> input) {
    return declared(kind, route, input);
  }

  private static <I> Procedure<I, I> declared(Kind kind, Route route, Class<I> input) {
    var declaration =
        kind == Kind.MUTATION
            ? Declaration.mutation("a.procedure", anyCaller(), route)
            : Declaration.query("a.procedure", anyCaller(), route);
    return declaration
        .about("Does nothing.")
        .takes(input)
        .gives(input)
        .by(call -> Outcome.done(call.input()));
  }
}

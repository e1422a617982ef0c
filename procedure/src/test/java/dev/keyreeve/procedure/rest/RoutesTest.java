package dev.keyreeve.procedure.rest;

import static dev.keyreeve.access.decision.Requirement.holds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyreeve.procedure.Declaration;
import dev.keyreeve.procedure.MandatesApi;
import dev.keyreeve.procedure.Outcome;
import dev.keyreeve.procedure.Route;
import dev.keyreeve.procedure.shape.Samples.MandateId;
import java.util.List;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@NullMarked
class RoutesTest {
  private final Routes routes = new Routes(MandatesApi.api().procedures());

  @ParameterizedTest
  @CsvSource({
    "GET, /whoami, auth.whoami, {}",
    "GET, /mandates, mandates.list, {}",
    "POST, /mandates, mandates.create, {}",
    "GET, /mandates/man_0001, mandates.get, {id=man_0001}",
    "PATCH, /mandates/man_0001, mandates.update, {id=man_0001}",
    "DELETE, /mandates/man_0001, mandates.forget, {id=man_0001}",
    "GET, /mandates/a b, mandates.get, {id=a b}",
    "POST, /mandates/man_0001/cancel, mandates.cancel, {id=man_0001}",
    "GET, /mandates/stream, mandates.stream, {}",
    "POST, /mandates/bulk-cancel, mandates.bulkCancel, {}",
  })
  void findsAProcedureByItsRoute(String method, String path, String name, String variables) {
    assertThat(routes.find(method, path))
        .isInstanceOfSatisfying(
            Routes.Match.Found.class,
            found -> {
              assertThat(found.procedure().name()).isEqualTo(name);
              assertThat(found.variables()).hasToString(variables);
            });
  }

  @ParameterizedTest
  @CsvSource({
    "POST, /whoami, 'GET, HEAD'",
    "DELETE, /mandates, 'GET, HEAD, POST'",
    "OPTIONS, /mandates/man_0001, 'GET, HEAD, PATCH, DELETE'",
    "GET, /mandates/man_0001/cancel, POST",
    "GET, /mandates/bulk-cancel, POST",
  })
  void tellsTheMethodsOfAKnownPath(String method, String path, String allow) {
    assertThat(routes.find(method, path)).isEqualTo(new Routes.Match.OtherMethods(allow));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/",
        "/nowhere",
        "/mandates/",
        "/mandates/man_0001/",
        "/mandates/man_0001/cancel/now",
        "/mandates/stream/cancel",
        "/Mandates",
        "mandates",
      })
  void findsNothingAtAnyOtherPath(String path) {
    assertThat(routes.find("GET", path)).isEqualTo(new Routes.Match.Nothing());
  }

  @Test
  void refusesTwoProceduresThatOneRequestCouldMean() {
    record ByKey(MandateId key) {}
    var other =
        Declaration.query("mandates.other", holds(MandatesApi.READ), Route.get("/mandates/{key}"))
            .about("Stands where another stands.")
            .takes(ByKey.class)
            .gives(ByKey.class)
            .by(call -> Outcome.done(call.input()));
    var get = MandatesApi.api().find("mandates.get");
    assertThat(get).isNotNull();

    assertThatThrownBy(() -> new Routes(List.of(get, other)))
        .hasMessage("two procedures stand at GET /mandates/{key}");
  }
}

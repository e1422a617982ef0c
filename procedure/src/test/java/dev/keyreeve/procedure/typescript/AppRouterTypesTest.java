package dev.keyreeve.procedure.typescript;

import dev.keyreeve.procedure.Golden;
import dev.keyreeve.procedure.MandatesApi;
import dev.keyreeve.procedure.NotesApi;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

@NullMarked
class AppRouterTypesTest {
  @Test
  void typesEveryProcedureOfAnApi() {
    Golden.assertMatches(getClass(), "app-router.d.ts", AppRouterTypes.of(MandatesApi.api()));
  }

  @Test
  void typesWhatRestTellsInHeadersAsFields() {
    Golden.assertMatches(getClass(), "notes.d.ts", AppRouterTypes.of(NotesApi.api()));
  }
}

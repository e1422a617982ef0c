package dev.keyreeve.procedure.reference;

import dev.keyreeve.procedure.Golden;
import dev.keyreeve.procedure.MandatesApi;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

@NullMarked
class ScopeMatrixTest {
  @Test
  void setsProceduresAgainstScopes() {
    Golden.assertMatches(getClass(), "procedures.md", ScopeMatrix.of(MandatesApi.api()));
  }
}

package dev.keyreeve.server.node;

import dev.keyreeve.procedure.Golden;
import dev.keyreeve.procedure.openapi.OpenApi;
import dev.keyreeve.procedure.reference.ScopeMatrix;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// The committed reference of the operators' API is what its declarations say.
class OperatorsReferenceTest {
  private static final Path REFERENCE = Path.of("../docs/reference/operators");

  private static TestServer server;

  @BeforeAll
  static void start() {
    server = TestServer.start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void saysWhichRoleEachProcedureNeeds() {
    Golden.assertMatches(REFERENCE.resolve("procedures.md"), ScopeMatrix.of(server.operatorsApi()));
  }

  @Test
  void describesTheRestForm() {
    Golden.assertMatches(
        REFERENCE.resolve("openapi.json"),
        OpenApi.document(server.operatorsApi(), "/api", "1.0.0"));
  }
}

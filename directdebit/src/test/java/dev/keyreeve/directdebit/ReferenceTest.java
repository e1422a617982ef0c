package dev.keyreeve.directdebit;

import dev.keyreeve.platform.cipher.FieldKeys;
import dev.keyreeve.platform.service.Platform;
import dev.keyreeve.procedure.Api;
import dev.keyreeve.procedure.Golden;
import dev.keyreeve.procedure.openapi.OpenApi;
import dev.keyreeve.procedure.reference.ScopeMatrix;
import dev.keyreeve.procedure.typescript.AppRouterTypes;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The committed reference is what the declarations say.
@NullMarked
class ReferenceTest {
  private static final Path REFERENCE = Path.of("../docs/reference/dd");
  private static final Path INVITES = Path.of("../docs/reference/invites");

  private Api api;
  private Api invites;

  @BeforeEach
  void declare(@TempDir Path folder) {
    var keys = FieldKeys.loadOrCreate(folder.resolve("field.keys"));
    var platform =
        Platform.on(
            Jdbi.create(ReferenceTest::noDatabase),
            keys,
            () -> "",
            InstantSource.system(),
            new SecureRandom(),
            () -> 0);
    var directDebit = new DirectDebit(platform, DirectDebitSettings.standard());
    api = directDebit.api();
    invites = directDebit.invitesApi();
  }

  private static Connection noDatabase() throws SQLException {
    throw new SQLException("nothing is called here");
  }

  @Test
  void saysWhichScopeEachProcedureNeeds() {
    Golden.assertMatches(REFERENCE.resolve("procedures.md"), ScopeMatrix.of(api));
  }

  @Test
  void describesTheRestForm() {
    Golden.assertMatches(
        REFERENCE.resolve("openapi.json"), OpenApi.document(api, "/dd/v1", "1.0.0"));
  }

  @Test
  void typesTheTrpcForm() {
    Golden.assertMatches(REFERENCE.resolve("app-router.d.ts"), AppRouterTypes.of(api));
  }

  @Test
  void saysWhatPayersCall() {
    Golden.assertMatches(INVITES.resolve("procedures.md"), ScopeMatrix.of(invites));
  }

  @Test
  void describesWhatPayersCall() {
    Golden.assertMatches(INVITES.resolve("openapi.json"), OpenApi.document(invites, "", "1.0.0"));
  }
}

package dev.keyreeve.server.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyreeve.platform.cipher.SealedColumn;
import dev.keyreeve.platform.database.Database;
import dev.keyreeve.platform.postgres.TestPostgres;
import org.junit.jupiter.api.Test;

/// Whoever adds a sealed column has it moved to new keys as well.
final class SealedColumnsTest {
  @Test
  void everySealedColumnOfTheSchemaIsKnown() {
    try (var database = Database.open(TestPostgres.migratedDatabase().location())) {
      var columns =
          database
              .jdbi()
              .withHandle(
                  handle ->
                      handle
                          .createQuery(
                              """
                              select table_name || '.' || column_name
                              from information_schema.columns
                              where table_schema = 'public' and column_name like 'sealed%'
                                and data_type = 'bytea'
                              """)
                          .mapTo(String.class)
                          .list());

      assertThat(Services.SHIPPED.sealedColumns().stream().map(SealedColumn::toString))
          .containsExactlyInAnyOrderElementsOf(columns);
    }
  }
}

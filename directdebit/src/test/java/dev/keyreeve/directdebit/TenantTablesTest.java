package dev.keyreeve.directdebit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyreeve.identity.TestIdentity;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class TenantTablesTest {
  /// What calls may not read at all.
  private static final Set<String> OPERATORS =
      Set.of(
          "api_key",
          "invite_token",
          "person",
          "session",
          "webhook_delivery",
          "webhook_endpoint",
          "workspace_opening",
          "advice");

  /// What the clock and the queues read across workspaces, as the owner.
  private static final Set<String> THE_CLOCKS =
      Set.of("mail", "mandate_due", "collector", "mandate_import");

  /// What calls left behind, which the owner merges for all workspaces.
  private static final Set<String> EVIDENCE =
      Set.of("key_usage", "key_secret_usage", "usage_rollup");

  @Test
  void everyTableWithRowsOfAWorkspaceIsHeldToIt() {
    try (var platform = TestIdentity.start()) {
      var tables =
          platform
              .database()
              .jdbi()
              .withHandle(
                  handle ->
                      handle
                          .createQuery(
                              """
                              select c.relname as name,
                                     c.relrowsecurity and c.relforcerowsecurity as bound,
                                     c.relrowsecurity as enabled,
                                     has_table_privilege('keyreeve_call', c.oid, 'select') as read
                              from pg_class c
                              join pg_attribute a on a.attrelid = c.oid
                              where c.relkind = 'r' and a.attname = 'workspace_id'
                                and c.relnamespace = 'public'::regnamespace
                              """)
                          .map(
                              (row, _) ->
                                  new Table(
                                      row.getString("name"),
                                      row.getBoolean("bound"),
                                      row.getBoolean("enabled"),
                                      row.getBoolean("read")))
                          .list());

      assertThat(tables).hasSizeGreaterThan(8);
      assertThat(tables)
          .allSatisfy(
              table -> {
                boolean isOperators = OPERATORS.contains(table.name());
                assertThat(table.readByCalls()).as(table.name()).isEqualTo(!isOperators);
                assertThat(table.enabled() || isOperators).as(table.name()).isTrue();
                boolean isOwners =
                    THE_CLOCKS.contains(table.name()) || EVIDENCE.contains(table.name());
                assertThat(table.bound() || isOperators || isOwners).as(table.name()).isTrue();
              });
    }
  }

  /// @param bound whether row-level security binds the owner too
  private record Table(String name, boolean bound, boolean enabled, boolean readByCalls) {}
}

package dev.keyreeve.platform.tenancy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyreeve.platform.TestPlatform;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jdbi.v3.core.statement.SqlStatements;

/// Proves, from PostgreSQL's own catalogue and by trying, that calls see their own workspace alone.
/// Every table is named here as one kind or the other; a new table that is neither fails.
///
/// @param tenantTables whose rows belong to workspaces, and which calls may use
/// @param operatorTables which calls may not read
public record TenantIsolation(
    TestPlatform platform, Set<String> tenantTables, Set<String> operatorTables) {

  /// The one table whose rows are the workspaces. Its owner sees them all.
  private static final String WORKSPACE = "workspace";

  /// What calls left behind: their owner writes it, for all workspaces, and calls read their own.
  private static final Set<String> EVIDENCE =
      Set.of("key_usage", "key_secret_usage", "usage_rollup", "request_log");

  /// What calls leave for the server to do later: its owner sees all of it, a call its own.
  private static final Set<String> QUEUES = Set.of("mail");

  private static final String OWN_ROWS =
      "(workspace_id = current_setting('keyreeve.workspace'::text, true))";

  /// Every table is named, and the catalogue holds for each what its kind asks.
  public void assertDeclared() {
    var all = new HashSet<>(tenantTables);
    all.addAll(operatorTables);
    all.add(WORKSPACE);
    all.addAll(EVIDENCE);
    all.addAll(QUEUES);
    assertThat(tables("relkind in ('r', 'p', 'v', 'm', 'f')"))
        .as("all tables and views")
        .isEqualTo(all);
    assertThat(tables("relrowsecurity and relforcerowsecurity"))
        .as("tables whose row-level security binds their owner too")
        .isEqualTo(tenantTables);
    for (var table : tenantTables) {
      assertThat(policiesOf(table)).as("policies of " + table).containsExactly(OWN_ROWS);
    }
    for (var table : EVIDENCE) {
      assertThat(policyOfCalls(table)).as("policies of " + table).containsExactly(OWN_ROWS);
    }
    for (var table : QUEUES) {
      assertThat(policyOfCalls(table)).as("policies of " + table).containsExactly(OWN_ROWS);
    }
    assertThat(tables("relrowsecurity")).containsAll(EVIDENCE).containsAll(QUEUES);
    for (var table : EVIDENCE) {
      assertThat(tables("has_table_privilege('keyreeve_call', oid, 'insert, update, delete')"))
          .doesNotContain(table);
    }
    var readable = new HashSet<>(tenantTables);
    readable.addAll(EVIDENCE);
    readable.addAll(QUEUES);
    readable.add(WORKSPACE);
    assertThat(tables("has_any_column_privilege('keyreeve_call', oid, 'select')"))
        .as("tables that calls may read")
        .isSubsetOf(readable);
    assertThat(tables("has_table_privilege('keyreeve_call', oid, 'truncate, trigger')")).isEmpty();
  }

  /// No call of one workspace reads or writes what the other has. Both have at least one row in
  /// every tenant table.
  public void assertKeptApart(String own, String other) {
    for (var table : tenantTables) {
      var foreign = rows(other, table);
      assertThat(foreign).as("rows to protect in " + table).isNotEmpty();
      assertThat(rows(own, table)).isNotEmpty().doesNotContainAnyElementsOf(foreign);
      assertThat(rows("", table)).isEmpty();

      assertTouchesNothing(own, "update " + table + " set workspace_id = :workspace");
      assertTouchesNothing(own, "delete from " + table);
      assertRefused(own, "update " + table + " set workspace_id = '" + other + "'");
      assertRefused(own, insertionInto(table, foreign.getFirst()));
      assertRefused("", insertionInto(table, foreign.getFirst()));

      assertThat(rows(other, table)).isEqualTo(foreign);
    }
  }

  private void assertTouchesNothing(String own, String change) {
    try {
      int touched = write(own, change + " where workspace_id <> :workspace");
      assertThat(touched).as(change).isZero();
    } catch (JdbiException refused) {
      assertThat(refused).hasMessageContaining("permission denied");
    }
  }

  private void assertRefused(String own, String change) {
    assertThatThrownBy(() -> write(own, change))
        .as(change)
        .isInstanceOf(JdbiException.class)
        .hasMessageMatching("(?s).*(permission denied|violates row-level security policy).*");
  }

  private static String insertionInto(String table, String row) {
    return "insert into %s select * from jsonb_populate_record(null::%1$s, '%s')"
        .formatted(table, row.replace("'", "''"));
  }

  /// The rows of a table as a call of this workspace sees them, as JSON.
  private List<String> rows(String workspace, String table) {
    return platform
        .tenancy()
        .read(
            workspace,
            TestPlatform.START,
            tx ->
                withUnused(tx.query("select to_jsonb(t)::text from " + table + " t order by 1"))
                    .mapTo(String.class)
                    .list());
  }

  private int write(String workspace, String change) {
    return platform
        .tenancy()
        .write(workspace, TestPlatform.START, tx -> withUnused(tx.update(change)).execute());
  }

  private static <S extends SqlStatement<S>> S withUnused(S statement) {
    statement.getConfig(SqlStatements.class).setUnusedBindingAllowed(true);
    return statement;
  }

  private Set<String> tables(String condition) {
    return platform
        .database()
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery(
                        "select relname from pg_class where relkind not in ('i', 'I', 'S', 't', 'c')"
                            + " and not relispartition"
                            + " and relnamespace = current_schema()\\:\\:regnamespace and "
                            + condition)
                    .mapTo(String.class)
                    .set());
  }

  /// What the permissive policies for every command and every role let through.
  private List<String> policiesOf(String table) {
    return policies(table, "{public}");
  }

  private List<String> policyOfCalls(String table) {
    return policies(table, "{keyreeve_call}");
  }

  private List<String> policies(String table, String roles) {
    return platform
        .database()
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery(
                        """
                        select case when permissive = 'PERMISSIVE' and cmd = 'ALL'
                                     and roles = :roles\\:\\:name[] and with_check is null
                               then qual else 'another kind' end
                        from pg_policies where schemaname = current_schema() and tablename = :table
                        """)
                    .bind("table", table)
                    .bind("roles", roles)
                    .mapTo(String.class)
                    .list());
  }
}

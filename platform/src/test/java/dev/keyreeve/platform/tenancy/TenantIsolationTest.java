package dev.keyreeve.platform.tenancy;

import static dev.keyreeve.platform.TestPlatform.WRITE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyreeve.platform.TestPlatform;
import java.util.Set;
import org.jdbi.v3.core.HandleConsumer;
import org.jdbi.v3.core.JdbiException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TenantIsolationTest {
  private static final Set<String> OPERATOR_TABLES =
      Set.of(
          "organisation",
          "api_key",
          "api_key_secret",
          "access_change",
          "audit_chain",
          "audit_checkpoint",
          "audit_entry",
          "call_loss",
          "call_source",
          "node",
          "pepper",
          "field_key",
          "field_key_node",
          "scheduled_task",
          "workspace_opening",
          "webhook_endpoint",
          "webhook_delivery",
          "webhook_attempt",
          "key_notice",
          "person",
          "member",
          "invitation",
          "bootstrap_code",
          "password_reset",
          "passkey",
          "passkey_challenge",
          "session",
          "sign_in_failure",
          "flyway_schema_history");

  private TestPlatform platform;
  private String own;
  private String other;

  @BeforeEach
  void start() {
    platform = TestPlatform.start();
    own = platform.workspace();
    other = platform.workspace();
  }

  @AfterEach
  void stop() {
    platform.close();
  }

  @Test
  void knowsEveryTable() {
    new TenantIsolation(platform, Set.of("idempotency", "event"), OPERATOR_TABLES).assertDeclared();
  }

  @Test
  void noticesATableThatIsOfNeitherKind() {
    platform
        .database()
        .jdbi()
        .useHandle(handle -> handle.execute("create table stray (workspace_id text)"));
    var isolation = new TenantIsolation(platform, Set.of("idempotency", "event"), OPERATOR_TABLES);

    assertThatThrownBy(isolation::assertDeclared)
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("stray");
  }

  @Test
  void keepsWorkspacesApart() {
    var notes = Notes.on(platform);
    for (var workspace : Set.of(own, other)) {
      platform.call(
          notes.procedure(Notes::add),
          platform.caller(workspace, WRITE),
          "{'text':'one','idempotencyKey':'k'}");
    }

    new TenantIsolation(platform, Set.of("idempotency", "event", "note"), OPERATOR_TABLES)
        .assertKeptApart(own, other);
  }

  @Test
  void showsACallItsOwnWorkspaceAlone() {
    var seen =
        platform
            .tenancy()
            .write(
                own,
                TestPlatform.START,
                tx -> {
                  int touched =
                      tx.update("update workspace set event_seq = 7 where id <> :workspace")
                          .execute();
                  assertThat(touched).isZero();
                  return tx.query("select id from workspace where :workspace <> ''")
                      .mapTo(String.class)
                      .list();
                });

    assertThat(seen).containsExactly(own);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "select 1 from organisation",
        "select 1 from api_key",
        "select 1 from api_key_secret",
        "select 1 from access_change",
        "select 1 from audit_entry",
        "select 1 from audit_chain",
        "select 1 from audit_checkpoint",
        "select 1 from node",
        "select 1 from pepper",
        "select 1 from flyway_schema_history",
        "update api_key set state = 'active'",
        "insert into access_change (subject_kind, subject_id, at) values ('key', 'x', now())",
        "update workspace set environment = 'test'",
        "delete from workspace",
        "delete from event",
        "update event set type = 'x'",
        "truncate idempotency",
        "alter table event disable row level security",
        "create table stray (id text)",
        "set local row_security = off; select 1 from event"
      })
  void grantsACallNoMoreThanItNeeds(String statement) {
    assertThatThrownBy(() -> asCall(own, handle -> handle.execute(statement)))
        .isInstanceOf(JdbiException.class)
        .hasMessageMatching("(?s).*(permission denied|must be owner|would be affected by row).*");
  }

  @ParameterizedTest
  @ValueSource(strings = {"event", "idempotency", "workspace"})
  void showsNothingWhenNoWorkspaceIsSet(String table) {
    int seen =
        platform
            .database()
            .jdbi()
            .inTransaction(
                handle -> {
                  handle.execute("set local role keyreeve_call");
                  return handle
                      .createQuery("select count(*) from " + table)
                      .mapTo(Integer.class)
                      .one();
                });

    assertThat(seen).isZero();
  }

  private void asCall(String workspace, HandleConsumer<RuntimeException> work) {
    platform
        .database()
        .jdbi()
        .useTransaction(
            handle -> {
              handle.execute("select set_config('keyreeve.workspace', ?, true)", workspace);
              handle.execute("set local role keyreeve_call");
              work.useHandle(handle);
            });
  }
}

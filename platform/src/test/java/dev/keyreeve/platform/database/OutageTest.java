package dev.keyreeve.platform.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyreeve.platform.TestPlatform;
import dev.keyreeve.platform.tenancy.Tx;
import dev.keyreeve.procedure.Unavailable;
import java.sql.SQLException;
import org.jdbi.v3.core.JdbiException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutageTest {
  private TestPlatform platform;

  @BeforeEach
  void start() {
    platform = TestPlatform.start();
  }

  @AfterEach
  void stop() {
    platform.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "select pg_terminate_backend(pg_backend_pid())",
        "set local statement_timeout = '20ms'; select pg_sleep(60)",
        "do $$ begin raise sqlstate '53200'; end $$",
        "do $$ begin raise sqlstate '58030'; end $$",
        "do $$ begin raise sqlstate '55P03'; end $$"
      })
  void tellsThatTheDatabaseFailed(String sql) {
    assertThatThrownBy(
            () ->
                platform
                    .database()
                    .jdbi()
                    .inTransaction(handle -> Outage.guard(() -> handle.execute(sql))))
        .isInstanceOf(Unavailable.class);
  }

  @Test
  void tellsATenantThatALockCannotBeHad() {
    var workspace = platform.workspace();

    try (var blocker = platform.database().jdbi().open()) {
      blocker.begin();
      blocker.execute("select from workspace where id = ? for update", workspace);

      assertThatThrownBy(
              () -> platform.tenancy().write(workspace, TestPlatform.START, OutageTest::touch))
          .isInstanceOf(Unavailable.class);
      blocker.rollback();
    }
  }

  private static int touch(Tx tx) {
    return tx.update(
            """
            update workspace set event_seq = event_seq
            where id = :workspace and created_at <= :now
            """)
        .execute();
  }

  @Test
  void leavesAMistakeOfOursAsItIs() {
    var workspace = platform.workspace();

    assertThatThrownBy(
            () ->
                platform
                    .tenancy()
                    .write(
                        workspace,
                        TestPlatform.START,
                        tx ->
                            tx.update("update nothing set a = :now where b = :workspace")
                                .execute()))
        .isInstanceOf(JdbiException.class);
    assertThat(Outage.isLockTimeout(new IllegalStateException(new SQLException("x", "42P01"))))
        .isFalse();
  }
}

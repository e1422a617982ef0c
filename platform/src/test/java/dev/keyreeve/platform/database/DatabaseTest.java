package dev.keyreeve.platform.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyreeve.access.credential.Secret;
import dev.keyreeve.platform.postgres.TestPostgres;
import dev.keyreeve.procedure.Unavailable;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import org.junit.jupiter.api.Test;

class DatabaseTest {
  @Test
  void opensADatabaseThatIsMigratedAlready() {
    var location = TestPostgres.freshDatabase().location();
    try (var first = Database.open(location)) {
      first.jdbi().useHandle(DatabaseTest::insertAnOrganisation);
    }

    try (var again = Database.open(location)) {
      int organisations =
          again
              .jdbi()
              .withHandle(
                  handle ->
                      handle
                          .createQuery("select count(*) from organisation")
                          .mapTo(Integer.class)
                          .one());

      assertThat(organisations).isEqualTo(1);
    }
  }

  @Test
  void opensForAnOwnerWhoWasGivenTheRoleOfCallsButMayMakeNone() {
    var location = TestPostgres.freshDatabase().location();
    var password = "an-owner-for-this-test";
    try (var database = Database.open(location)) {
      database
          .jdbi()
          .useHandle(
              handle ->
                  handle.execute(
                      """
                      create role plain_owner login password '%s';
                      grant plain_owner to current_user;
                      grant keyreeve_call to plain_owner;
                      create schema plain authorization plain_owner;
                      """
                          .formatted(password)));
    }
    var plain =
        new Database.Location(
            location.jdbcUrl() + "?currentSchema=plain", "plain_owner", Secret.of(password));

    try (var database = Database.open(plain)) {
      int seen =
          database
              .jdbi()
              .inTransaction(
                  handle -> {
                    handle.execute("set local role keyreeve_call");
                    return handle
                        .createQuery("select count(*) from event")
                        .mapTo(Integer.class)
                        .one();
                  });

      assertThat(seen).isZero();
    }
  }

  @Test
  void tellsNoValueInAnException() {
    try (var database = Database.open(TestPostgres.freshDatabase().location())) {
      assertThatThrownBy(
              () ->
                  database
                      .jdbi()
                      .useHandle(
                          handle ->
                              handle
                                  .createUpdate(
                                      """
                                      insert into workspace (id, organisation_id, name, environment,
                                                             created_at)
                                      values (:id, :organisation, :name, 'live', now())
                                      """)
                                  .bind("id", "c4n4ry-id")
                                  .bind("organisation", "c4n4ry-organisation")
                                  .bind("name", "c4n4ry-name")
                                  .execute()))
          .isInstanceOf(JdbiException.class)
          .satisfies(failure -> assertThat(printed(failure)).contains("foreign key"))
          .satisfies(failure -> assertThat(printed(failure)).doesNotContain("c4n4ry-"));
    }
  }

  @Test
  void isUnavailableWhenNoConnectionCanBeHad() {
    var database = Database.open(TestPostgres.freshDatabase().location());
    database.close();

    assertThatThrownBy(() -> database.jdbi().open()).isInstanceOf(Unavailable.class);
  }

  private static String printed(Throwable failure) {
    var text = new StringWriter();
    failure.printStackTrace(new PrintWriter(text));
    return text.toString();
  }

  private static void insertAnOrganisation(Handle handle) {
    handle.execute(
        """
        insert into organisation (id, name, plan, calls_per_minute, created_at)
        values ('org_1', 'Harbour Lettings', 'standard', 60, now())
        """);
  }
}

package dev.keyreeve.identity.person;

import dev.keyreeve.platform.mail.EmailAddress;
import dev.keyreeve.platform.ulid.Ulid;
import dev.keyreeve.procedure.problem.Code;
import dev.keyreeve.procedure.problem.Reason;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// The rows of people. Each statement runs in the transaction of whoever asks.
public final class People {
  /// What is answered to the command line where somebody's own things are asked for.
  public static final Reason NOBODY =
      new Reason(
          Code.FORBIDDEN,
          "person_required",
          "Only somebody who is signed in has this of their own.");

  static final String ID_PREFIX = "per_";

  private People() {}

  public static Optional<Person> find(Handle handle, String id) {
    return handle
        .createQuery(
            """
            select id, email, name, password, workspace_id from person where id = :id
            """)
        .bind("id", id)
        .map((row, _) -> read(row))
        .findOne();
  }

  public static Optional<Person> find(Handle handle, EmailAddress email) {
    return handle
        .createQuery(
            """
            select id, email, name, password, workspace_id from person
            where lower(email) = :compared
            """)
        .bind("compared", email.compared())
        .map((row, _) -> read(row))
        .findOne();
  }

  /// Adds a person whom no other has the address of.
  ///
  /// @param random makes the id
  /// @return the new person's id
  public static String insert(
      Handle handle,
      EmailAddress email,
      String name,
      String passwordHash,
      Instant now,
      RandomGenerator random) {
    var id = Ulid.generate(ID_PREFIX, now, random);
    handle
        .createUpdate(
            """
            insert into person (id, email, name, password, password_changed_at, created_at)
            values (:id, :email, :name, :password, :now, :now)
            """)
        .bind("id", id)
        .bind("email", email.text())
        .bind("name", name)
        .bind("password", passwordHash)
        .bind("now", now)
        .execute();
    return id;
  }

  public static void rename(Handle handle, String id, String name) {
    handle
        .createUpdate("update person set name = :name where id = :id")
        .bind("id", id)
        .bind("name", name)
        .execute();
  }

  /// A changed password ends every reset that is open.
  public static void changePassword(Handle handle, String id, String passwordHash, Instant now) {
    handle
        .createUpdate(
            "update person set password = :password, password_changed_at = :now where id = :id")
        .bind("id", id)
        .bind("password", passwordHash)
        .bind("now", now)
        .execute();
    handle
        .createUpdate("delete from password_reset where person_id = :id")
        .bind("id", id)
        .execute();
  }

  /// Keeps the same password at another cost, unless it was changed meanwhile.
  public static void rehash(Handle handle, Person known, String passwordHash) {
    handle
        .createUpdate("update person set password = :password where id = :id and password = :known")
        .bind("id", known.id())
        .bind("password", passwordHash)
        .bind("known", known.passwordHash())
        .execute();
  }

  /// Remembers where a session stands, for the next.
  public static void stood(Handle handle, String id, String workspace) {
    handle
        .createUpdate("update person set workspace_id = :workspace where id = :id")
        .bind("id", id)
        .bind("workspace", workspace)
        .execute();
  }

  /// Forgets whoever belongs to no organisation any more.
  public static void forgetIfAlone(Handle handle, String id) {
    handle
        .createUpdate(
            """
            delete from person
            where id = :id and not exists (select from member where person_id = :id)
            """)
        .bind("id", id)
        .execute();
  }

  private static Person read(ResultSet row) throws SQLException {
    @Nullable String password = row.getString("password");
    @Nullable String workspace = row.getString("workspace_id");
    return new Person(
        row.getString("id"),
        EmailAddress.inAscii(row.getString("email")),
        row.getString("name"),
        password,
        workspace);
  }
}

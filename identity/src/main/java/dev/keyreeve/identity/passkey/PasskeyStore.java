package dev.keyreeve.identity.passkey;

import dev.keyreeve.platform.ulid.Ulid;
import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// The rows of passkeys.
final class PasskeyStore {
  private PasskeyStore() {}

  /// What a sign-in needs of a passkey.
  @SuppressWarnings("ArrayRecordComponent") // never compared as a whole
  record Kept(
      String id,
      String person,
      byte[] credential,
      long signCount,
      boolean backupEligible,
      boolean backedUp) {}

  /// @return null if the passkey is registered already, for whomever
  static @Nullable PasskeyView insert(
      Handle handle, String person, ProvedPasskey proved, Instant now, SecureRandom random) {
    return handle
        .createQuery(
            """
            insert into passkey
              (id, person_id, credential_id, credential, sign_count, backup_eligible, backed_up,
               transports, name, created_at)
            values
              (:id, :person, :credentialId, :credential, :signCount, :backupEligible, :backedUp,
               :transports, :name, :now)
            on conflict (credential_id) do nothing
            returning id, name, backed_up, created_at, used_at
            """)
        .bind("id", Ulid.generate("pky_", now, random))
        .bind("person", person)
        .bind("credentialId", proved.credentialId())
        .bind("credential", proved.credential())
        .bind("signCount", proved.signCount())
        .bind("backupEligible", proved.backupEligible())
        .bind("backedUp", proved.backedUp())
        .bindArray("transports", String.class, proved.transports())
        .bind("name", proved.name())
        .bind("now", now)
        .map((row, _) -> view(row))
        .findOne()
        .orElse(null);
  }

  static List<PasskeyView> list(Handle handle, String person) {
    return handle
        .createQuery(
            """
            select id, name, backed_up, created_at, used_at from passkey
            where person_id = :person
            order by created_at, id
            """)
        .bind("person", person)
        .map((row, _) -> view(row))
        .list();
  }

  static List<CreationOptions.Descriptor> descriptors(Handle handle, String person) {
    return handle
        .createQuery(
            """
            select credential_id, transports from passkey
            where person_id = :person
            order by created_at, id
            """)
        .bind("person", person)
        .map(
            (row, _) ->
                new CreationOptions.Descriptor(
                    "public-key",
                    Base64Url.of(row.getBytes("credential_id")),
                    List.of((String[]) row.getArray("transports").getArray())))
        .list();
  }

  static Optional<PasskeyView> rename(Handle handle, String person, String id, String name) {
    return handle
        .createQuery(
            """
            update passkey set name = :name where id = :id and person_id = :person
            returning id, name, backed_up, created_at, used_at
            """)
        .bind("id", id)
        .bind("person", person)
        .bind("name", name)
        .map((row, _) -> view(row))
        .findOne();
  }

  static void delete(Handle handle, String person, String id) {
    handle
        .createUpdate("delete from passkey where id = :id and person_id = :person")
        .bind("id", id)
        .bind("person", person)
        .execute();
  }

  /// Finds a passkey and holds it, so that its counter moves once at a time.
  static Optional<Kept> lock(Handle handle, byte[] credentialId) {
    return handle
        .createQuery(
            """
            select id, person_id, credential, sign_count, backup_eligible, backed_up from passkey
            where credential_id = :credentialId
            for update
            """)
        .bind("credentialId", credentialId)
        .map(
            (row, _) ->
                new Kept(
                    row.getString("id"),
                    row.getString("person_id"),
                    row.getBytes("credential"),
                    row.getLong("sign_count"),
                    row.getBoolean("backup_eligible"),
                    row.getBoolean("backed_up")))
        .findOne();
  }

  static void used(Handle handle, String id, long signCount, boolean backedUp, Instant now) {
    handle
        .createUpdate(
            """
            update passkey set sign_count = :signCount, backed_up = :backedUp, used_at = :now
            where id = :id
            """)
        .bind("id", id)
        .bind("signCount", signCount)
        .bind("backedUp", backedUp)
        .bind("now", now)
        .execute();
  }

  private static PasskeyView view(ResultSet row) throws SQLException {
    @Nullable Timestamp usedAt = row.getTimestamp("used_at");
    return new PasskeyView(
        row.getString("id"),
        row.getString("name"),
        row.getBoolean("backed_up"),
        row.getTimestamp("created_at").toInstant(),
        usedAt == null ? null : usedAt.toInstant());
  }
}

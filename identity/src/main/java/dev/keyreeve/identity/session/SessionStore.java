package dev.keyreeve.identity.session;

import dev.keyreeve.access.credential.SecretDigest;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// The rows of sessions.
final class SessionStore {
  private SessionStore() {}

  /// A session that is over.
  record Ended(String id, String organisation) {}

  static void insert(
      Handle handle,
      String id,
      SecretDigest digest,
      String person,
      String organisation,
      String workspace,
      Method method,
      Client client,
      Instant now,
      Instant endsAt) {
    handle
        .createUpdate(
            """
            insert into session
              (id, digest, person_id, organisation_id, workspace_id, method, address, user_agent,
               created_at, seen_at, ends_at)
            values
              (:id, :digest, :person, :organisation, :workspace, :method, :address, :userAgent,
               :now, :now, :endsAt)
            """)
        .bind("id", id)
        .bind("digest", digest.toBytes())
        .bind("person", person)
        .bind("organisation", organisation)
        .bind("workspace", workspace)
        .bind("method", method.word())
        .bind("address", client.address().toString())
        .bind("userAgent", client.userAgent())
        .bind("now", now)
        .bind("endsAt", endsAt)
        .execute();
  }

  /// @param current id of the session that asks
  static List<SessionView> list(Handle handle, String person, String current) {
    return handle
        .createQuery(
            """
            select id, method, address, user_agent, created_at, seen_at, ends_at from session
            where person_id = :person
            order by created_at, id
            """)
        .bind("person", person)
        .map(
            (row, _) -> {
              @Nullable String userAgent = row.getString("user_agent");
              return new SessionView(
                  row.getString("id"),
                  Method.valueOf(row.getString("method").toUpperCase(Locale.ROOT)),
                  row.getString("address"),
                  userAgent,
                  row.getTimestamp("created_at").toInstant(),
                  row.getTimestamp("seen_at").toInstant(),
                  row.getTimestamp("ends_at").toInstant(),
                  row.getString("id").equals(current));
            })
        .list();
  }

  /// Ends one session of a person.
  static List<Ended> delete(Handle handle, String person, String id) {
    return handle
        .createQuery(
            """
            delete from session where person_id = :person and id = :id
            returning id, organisation_id
            """)
        .bind("person", person)
        .bind("id", id)
        .map((row, _) -> new Ended(row.getString("id"), row.getString("organisation_id")))
        .list();
  }

  /// Ends all sessions of a person but one.
  ///
  /// @param kept empty for none
  static List<Ended> deleteOthers(Handle handle, String person, String kept) {
    return handle
        .createQuery(
            """
            delete from session where person_id = :person and id <> :kept
            returning id, organisation_id
            """)
        .bind("person", person)
        .bind("kept", kept)
        .map((row, _) -> new Ended(row.getString("id"), row.getString("organisation_id")))
        .list();
  }

  /// Removes sessions that are over by now.
  static List<Ended> deleteOver(Handle handle, Instant idleSince, Instant now) {
    return handle
        .createQuery(
            """
            delete from session where ends_at <= :now or seen_at <= :idleSince
            returning id, organisation_id
            """)
        .bind("now", now)
        .bind("idleSince", idleSince)
        .map((row, _) -> new Ended(row.getString("id"), row.getString("organisation_id")))
        .list();
  }

  static void renew(Handle handle, String id, SecretDigest digest) {
    handle
        .createUpdate("update session set digest = :digest where id = :id")
        .bind("id", id)
        .bind("digest", digest.toBytes())
        .execute();
  }

  static void move(Handle handle, String id, String organisation, String workspace) {
    handle
        .createUpdate(
            """
            update session set organisation_id = :organisation, workspace_id = :workspace
            where id = :id
            """)
        .bind("id", id)
        .bind("organisation", organisation)
        .bind("workspace", workspace)
        .execute();
  }

  /// Moves the last uses of sessions on, and never back.
  static void see(Handle handle, Map<String, Instant> seen) {
    var batch =
        handle.prepareBatch(
            "update session set seen_at = :seen where id = :id and seen_at < :seen");
    seen.forEach((id, at) -> batch.bind("id", id).bind("seen", at).add());
    batch.execute();
  }
}

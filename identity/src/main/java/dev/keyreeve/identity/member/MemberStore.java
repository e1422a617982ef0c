package dev.keyreeve.identity.member;

import dev.keyreeve.access.credential.Environment;
import dev.keyreeve.access.scope.Role;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// The rows of memberships.
final class MemberStore {
  private MemberStore() {}

  static List<MemberView> list(Handle handle, String organisation) {
    return handle
        .createQuery(
            """
            select p.id, p.email, p.name, m.role, m.created_at
            from member m join person p on p.id = m.person_id
            where m.organisation_id = :organisation
            order by m.created_at, p.id
            """)
        .bind("organisation", organisation)
        .map((row, _) -> view(row))
        .list();
  }

  static Optional<MemberView> find(Handle handle, String organisation, String person) {
    return handle
        .createQuery(
            """
            select p.id, p.email, p.name, m.role, m.created_at
            from member m join person p on p.id = m.person_id
            where m.organisation_id = :organisation and m.person_id = :person
            """)
        .bind("organisation", organisation)
        .bind("person", person)
        .map((row, _) -> view(row))
        .findOne();
  }

  /// @return whether the person was no member before
  static boolean insert(Handle handle, String organisation, String person, Role role, Instant now) {
    return handle
            .createUpdate(
                """
                insert into member (organisation_id, person_id, role, created_at, changed_at)
                values (:organisation, :person, :role, :now, :now)
                on conflict do nothing
                """)
            .bind("organisation", organisation)
            .bind("person", person)
            .bind("role", role.word())
            .bind("now", now)
            .execute()
        == 1;
  }

  static void become(Handle handle, String organisation, String person, Role role, Instant now) {
    handle
        .createUpdate(
            """
            update member set role = :role, changed_at = :now
            where organisation_id = :organisation and person_id = :person
            """)
        .bind("organisation", organisation)
        .bind("person", person)
        .bind("role", role.word())
        .bind("now", now)
        .execute();
  }

  static void delete(Handle handle, String organisation, String person) {
    handle
        .createUpdate(
            """
            delete from member where organisation_id = :organisation and person_id = :person
            """)
        .bind("organisation", organisation)
        .bind("person", person)
        .execute();
  }

  static boolean hasOtherOwner(Handle handle, String organisation, String person) {
    return handle
        .createQuery(
            """
            select exists (
              select from member
              where organisation_id = :organisation and person_id <> :person and role = 'owner')
            """)
        .bind("organisation", organisation)
        .bind("person", person)
        .mapTo(Boolean.class)
        .one();
  }

  static boolean belongsElsewhere(Handle handle, String organisation, String person) {
    return handle
        .createQuery(
            """
            select exists (
              select from member
              where organisation_id <> :organisation and person_id = :person)
            """)
        .bind("organisation", organisation)
        .bind("person", person)
        .mapTo(Boolean.class)
        .one();
  }

  static boolean hasOwnerAnywhere(Handle handle) {
    return handle
        .createQuery("select exists (select from member where role = 'owner')")
        .mapTo(Boolean.class)
        .one();
  }

  static boolean isOrganisation(Handle handle, String organisation) {
    return handle
        .createQuery("select exists (select from organisation where id = :organisation)")
        .bind("organisation", organisation)
        .mapTo(Boolean.class)
        .one();
  }

  /// All memberships of a person, oldest first.
  static List<Membership> of(Handle handle, String person) {
    var places = new LinkedHashMap<String, List<Membership.Place>>();
    var memberships = new LinkedHashMap<String, Membership>();
    handle
        .createQuery(
            """
            select m.organisation_id, o.name as organisation_name, m.role,
                   w.id as workspace_id, w.name as workspace_name, w.environment
            from member m
            join organisation o on o.id = m.organisation_id
            join workspace w on w.organisation_id = m.organisation_id
            where m.person_id = :person
            order by m.created_at, m.organisation_id, w.created_at, w.id
            """)
        .bind("person", person)
        .map((row, _) -> opening(row))
        .forEach(
            opened -> {
              var id = opened.organisation();
              places.computeIfAbsent(id, _ -> new ArrayList<>()).addAll(opened.workspaces());
              memberships.put(
                  id,
                  new Membership(
                      id,
                      opened.organisationName(),
                      opened.role(),
                      List.copyOf(Objects.requireNonNull(places.get(id)))));
            });
    return List.copyOf(memberships.values());
  }

  /// A membership with one of its workspaces.
  private static Membership opening(ResultSet row) throws SQLException {
    return new Membership(
        row.getString("organisation_id"),
        row.getString("organisation_name"),
        role(row.getString("role")),
        List.of(
            new Membership.Place(
                row.getString("workspace_id"),
                row.getString("workspace_name"),
                Environment.parse(row.getString("environment")))));
  }

  private static MemberView view(ResultSet row) throws SQLException {
    return new MemberView(
        row.getString("id"),
        row.getString("email"),
        row.getString("name"),
        role(row.getString("role")),
        row.getTimestamp("created_at").toInstant());
  }

  static Role role(String word) {
    return Role.valueOf(word.toUpperCase(Locale.ROOT));
  }
}

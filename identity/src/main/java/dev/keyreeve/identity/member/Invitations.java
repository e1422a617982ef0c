package dev.keyreeve.identity.member;

import dev.keyreeve.access.scope.Role;
import dev.keyreeve.identity.access.AccessChanges;
import dev.keyreeve.identity.access.Alteration;
import dev.keyreeve.identity.access.Grantor;
import dev.keyreeve.identity.person.People;
import dev.keyreeve.platform.audit.Target;
import dev.keyreeve.platform.mail.EmailAddress;
import dev.keyreeve.platform.tenancy.Reached;
import dev.keyreeve.platform.token.Token;
import dev.keyreeve.platform.ulid.Ulid;
import dev.keyreeve.procedure.Actor;
import dev.keyreeve.procedure.Outcome;
import dev.keyreeve.procedure.problem.Code;
import dev.keyreeve.procedure.problem.Reason;
import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/// Invitations to become a member. Each has a token that works once, within seven days; it is shown
/// to whoever invites, who passes it on.
public final class Invitations {
  public static final Duration VALID = Duration.ofDays(7);

  public static final Reason NO_SUCH_INVITATION =
      new Reason(
          Code.NOT_FOUND,
          "invitation_not_found",
          "There is no such invitation: it was accepted, was taken back, or has run out.");
  public static final Reason ALREADY_MEMBER =
      new Reason(Code.CONFLICT, "already_member", "This person is a member already.");
  public static final Reason FOR_ANOTHER =
      new Reason(
          Code.CONFLICT,
          "invitation_for_another",
          "This invitation is for another e-mail address than yours.");
  public static final Reason SIGN_IN_FIRST =
      new Reason(
          Code.CONFLICT,
          "sign_in_first",
          "Somebody with this e-mail address is known: sign in, and accept the invitation then.");

  private static final String PREFIX = "inv_";

  private final Jdbi jdbi;
  private final AccessChanges changes;
  private final SecureRandom random;

  /// @param random makes ids and tokens
  public Invitations(Jdbi jdbi, AccessChanges changes, SecureRandom random) {
    this.jdbi = jdbi;
    this.changes = changes;
    this.random = random;
  }

  /// Invites somebody. The token is in this answer and never again.
  public Outcome<InvitationView> invite(
      Grantor by, String organisation, EmailAddress email, Role role, Instant now) {
    var token = Token.random(random);
    var invitation =
        new InvitationView(
            Ulid.generate(PREFIX, now, random),
            organisation,
            email.text(),
            role,
            now,
            now.plus(VALID),
            null);
    return changes
        .change(
            by.actor(),
            now,
            alteration -> {
              var handle = alteration.handle();
              if (!MemberStore.isOrganisation(handle, organisation)) {
                return Outcome.<InvitationView>refused(Reached.ORGANISATION_NOT_FOUND);
              }
              if (!by.authority().covers(role)) return Outcome.refused(Members.ABOVE_OWN_ROLE);
              if (isMember(handle, organisation, email)) return Outcome.refused(ALREADY_MEMBER);

              insert(handle, invitation, token, by.actor().id());
              alteration.records(
                  organisation,
                  "member.invited",
                  new Target("invitation", invitation.id()),
                  Map.of("email", email.text(), "role", role.word()));
              return Outcome.done(invitation);
            })
        .then(confirmed -> Outcome.done(confirmed.value().with(token.once())));
  }

  private static boolean isMember(Handle handle, String organisation, EmailAddress email) {
    return People.find(handle, email)
        .flatMap(person -> MemberStore.find(handle, organisation, person.id()))
        .isPresent();
  }

  /// The open invitations of an organisation, oldest first.
  public List<InvitationView> list(String organisation, Instant now) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select id, organisation_id, email, role, created_at, expires_at
                    from invitation
                    where organisation_id = :organisation and expires_at > :now
                    order by created_at, id
                    """)
                .bind("organisation", organisation)
                .bind("now", now)
                .map((row, _) -> view(row))
                .list());
  }

  /// Takes an invitation back.
  public Outcome<InvitationView> withdraw(Grantor by, String organisation, String id, Instant now) {
    return changes
        .change(
            by.actor(),
            now,
            alteration -> {
              var withdrawn = delete(alteration.handle(), organisation, id, now).orElse(null);
              if (withdrawn == null) return Outcome.<InvitationView>refused(NO_SUCH_INVITATION);

              alteration.records(
                  organisation,
                  "member.invitation_withdrawn",
                  new Target("invitation", id),
                  Map.of("email", withdrawn.email()));
              return Outcome.done(withdrawn);
            })
        .then(confirmed -> Outcome.done(confirmed.value()));
  }

  /// The open invitation that this token is for.
  public Optional<InvitationView> find(Token token, Instant now) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select id, organisation_id, email, role, created_at, expires_at
                    from invitation
                    where digest = :digest and expires_at > :now
                    """)
                .bind("digest", token.digest())
                .bind("now", now)
                .map((row, _) -> view(row))
                .findOne());
  }

  /// Uses an invitation up for somebody who is known.
  ///
  /// @return the organisation that the person now belongs to
  Outcome<String> accept(Actor actor, String person, Token token, Instant now) {
    return changes
        .change(
            actor,
            now,
            alteration -> {
              var handle = alteration.handle();
              var taken = take(handle, token, now).orElse(null);
              if (taken == null) return Outcome.<String>refused(NO_SUCH_INVITATION);

              var known = People.find(handle, person).orElseThrow();
              if (!EmailAddress.inAscii(taken.email()).isSameAs(known.email())) {
                return Outcome.refused(FOR_ANOTHER);
              }
              return Members.add(alteration, taken.organisationId(), person, taken.role(), now)
                  ? Outcome.done(taken.organisationId())
                  : Outcome.refused(ALREADY_MEMBER);
            })
        .then(confirmed -> Outcome.done(confirmed.value()));
  }

  /// Uses an invitation up for somebody new.
  ///
  /// @return the id of the new person
  public Outcome<String> acceptAsNew(
      Alteration alteration, Token token, String name, String passwordHash, Instant now) {
    var handle = alteration.handle();
    var taken = take(handle, token, now).orElse(null);
    if (taken == null) return Outcome.refused(NO_SUCH_INVITATION);

    var email = EmailAddress.inAscii(taken.email());
    if (People.find(handle, email).isPresent()) return Outcome.refused(SIGN_IN_FIRST);

    var person = People.insert(handle, email, name, passwordHash, now, random);
    Members.add(alteration, taken.organisationId(), person, taken.role(), now);
    return Outcome.done(person);
  }

  private static Optional<InvitationView> take(Handle handle, Token token, Instant now) {
    return handle
        .createQuery(
            """
            delete from invitation where digest = :digest and expires_at > :now
            returning id, organisation_id, email, role, created_at, expires_at
            """)
        .bind("digest", token.digest())
        .bind("now", now)
        .map((row, _) -> view(row))
        .findOne();
  }

  private static Optional<InvitationView> delete(
      Handle handle, String organisation, String id, Instant now) {
    return handle
        .createQuery(
            """
            delete from invitation
            where organisation_id = :organisation and id = :id and expires_at > :now
            returning id, organisation_id, email, role, created_at, expires_at
            """)
        .bind("organisation", organisation)
        .bind("id", id)
        .bind("now", now)
        .map((row, _) -> view(row))
        .findOne();
  }

  private static void insert(
      Handle handle, InvitationView invitation, Token token, String invitedBy) {
    handle
        .createUpdate(
            """
            insert into invitation
              (id, organisation_id, email, role, digest, invited_by, created_at, expires_at)
            values
              (:id, :organisation, :email, :role, :digest, :invitedBy, :createdAt, :expiresAt)
            """)
        .bind("id", invitation.id())
        .bind("organisation", invitation.organisationId())
        .bind("email", invitation.email())
        .bind("role", invitation.role().word())
        .bind("digest", token.digest())
        .bind("invitedBy", invitedBy)
        .bind("createdAt", invitation.createdAt())
        .bind("expiresAt", invitation.expiresAt())
        .execute();
  }

  private static InvitationView view(ResultSet row) throws SQLException {
    return new InvitationView(
        row.getString("id"),
        row.getString("organisation_id"),
        row.getString("email"),
        MemberStore.role(row.getString("role")),
        row.getTimestamp("created_at").toInstant(),
        row.getTimestamp("expires_at").toInstant(),
        null);
  }
}

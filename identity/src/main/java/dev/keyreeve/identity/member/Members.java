package dev.keyreeve.identity.member;

import dev.keyreeve.access.scope.Role;
import dev.keyreeve.access.subject.Basis;
import dev.keyreeve.access.subject.Reach;
import dev.keyreeve.identity.access.AccessChanges;
import dev.keyreeve.identity.access.Alteration;
import dev.keyreeve.identity.access.Confirmed;
import dev.keyreeve.identity.access.Grantor;
import dev.keyreeve.identity.person.PasswordResets;
import dev.keyreeve.identity.person.People;
import dev.keyreeve.platform.audit.Target;
import dev.keyreeve.platform.tenancy.Reached;
import dev.keyreeve.platform.token.Token;
import dev.keyreeve.procedure.Actor;
import dev.keyreeve.procedure.Outcome;
import dev.keyreeve.procedure.problem.Code;
import dev.keyreeve.procedure.problem.Reason;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/// Who belongs to which organisation, and as what. When a change is answered, no session holds more
/// than it leaves.
public final class Members {
  public static final Reason NO_SUCH_MEMBER =
      new Reason(Code.NOT_FOUND, "member_not_found", "There is no such member.");
  public static final Reason ABOVE_OWN_ROLE =
      new Reason(
          Code.FORBIDDEN,
          "role_above_own",
          "Nobody gives or takes a role that is above their own.");
  public static final Reason LAST_OWNER =
      new Reason(
          Code.CONFLICT,
          "last_owner",
          "An organisation has an owner: make somebody else one first.");
  public static final Reason BELONGS_ELSEWHERE =
      new Reason(
          Code.CONFLICT,
          "belongs_elsewhere",
          "This person belongs to another organisation too: whoever runs the server resets the"
              + " password.");

  private final Jdbi jdbi;
  private final AccessChanges changes;
  private final SecureRandom random;

  /// @param random makes ids and tokens
  public Members(Jdbi jdbi, AccessChanges changes, SecureRandom random) {
    this.jdbi = jdbi;
    this.changes = changes;
    this.random = random;
  }

  public Outcome<List<MemberView>> list(String organisation) {
    return jdbi.withHandle(
        handle ->
            MemberStore.isOrganisation(handle, organisation)
                ? Outcome.done(MemberStore.list(handle, organisation))
                : Outcome.refused(Reached.ORGANISATION_NOT_FOUND));
  }

  /// All memberships of a person, oldest first.
  public static List<Membership> of(Handle handle, String person) {
    return MemberStore.of(handle, person);
  }

  public Outcome<MemberView> changeRole(
      Grantor by, String organisation, String person, Role role, Instant now) {
    return changes
        .change(
            by.actor(),
            now,
            alteration -> {
              var handle = alteration.handle();
              var member = MemberStore.find(handle, organisation, person).orElse(null);
              if (member == null) return Outcome.<MemberView>refused(NO_SUCH_MEMBER);
              if (!by.authority().covers(role) || !by.authority().covers(member.role())) {
                return Outcome.refused(ABOVE_OWN_ROLE);
              }
              if (isLastOwner(handle, organisation, member) && role != Role.OWNER) {
                return Outcome.refused(LAST_OWNER);
              }
              MemberStore.become(handle, organisation, person, role, now);
              touch(alteration, person);
              alteration.records(
                  organisation,
                  "member.role_changed",
                  Target.person(person),
                  Map.of("from", member.role().word(), "to", role.word()));
              return Outcome.done(MemberStore.find(handle, organisation, person).orElseThrow());
            })
        .then(Members::value);
  }

  /// Ends a membership, and every session that stands on it.
  public Outcome<MemberView> remove(Grantor by, String organisation, String person, Instant now) {
    return changes
        .change(
            by.actor(),
            now,
            alteration -> {
              var member = MemberStore.find(alteration.handle(), organisation, person).orElse(null);
              if (member == null) return Outcome.<MemberView>refused(NO_SUCH_MEMBER);
              if (!by.authority().covers(member.role())) return Outcome.refused(ABOVE_OWN_ROLE);

              return end(alteration, organisation, member, "member.removed");
            })
        .then(Members::value);
  }

  /// Ends one's own membership.
  public Outcome<MemberView> leave(Actor actor, String organisation, String person, Instant now) {
    return changes
        .change(
            actor,
            now,
            alteration ->
                MemberStore.find(alteration.handle(), organisation, person)
                    .map(member -> end(alteration, organisation, member, "member.left"))
                    .orElseGet(() -> Outcome.refused(NO_SUCH_MEMBER)))
        .then(Members::value);
  }

  private static Outcome<MemberView> end(
      Alteration alteration, String organisation, MemberView member, String event) {
    var handle = alteration.handle();
    if (isLastOwner(handle, organisation, member)) return Outcome.refused(LAST_OWNER);

    MemberStore.delete(handle, organisation, member.id());
    People.forgetIfAlone(handle, member.id());
    touch(alteration, member.id());
    alteration.records(
        organisation,
        event,
        Target.person(member.id()),
        Map.of("email", member.email(), "role", member.role().word()));
    return Outcome.done(member);
  }

  private static boolean isLastOwner(Handle handle, String organisation, MemberView member) {
    return member.role() == Role.OWNER
        && !MemberStore.hasOtherOwner(handle, organisation, member.id());
  }

  /// Opens the reset of a member's password. Who grants for one organisation alone does so for
  /// members of no other.
  public Outcome<PasswordResetView> resetPassword(
      Grantor by, String organisation, String person, Instant now) {
    var token = Token.random(random);
    return changes
        .change(
            by.actor(),
            now,
            alteration -> {
              var handle = alteration.handle();
              var member = MemberStore.find(handle, organisation, person).orElse(null);
              if (member == null) return Outcome.<PasswordResetView>refused(NO_SUCH_MEMBER);
              if (!by.authority().covers(member.role())) return Outcome.refused(ABOVE_OWN_ROLE);
              if (!(by.reach() instanceof Reach.Everywhere)
                  && MemberStore.belongsElsewhere(handle, organisation, person)) {
                return Outcome.refused(BELONGS_ELSEWHERE);
              }
              PasswordResets.open(handle, person, token, now);
              alteration.records(
                  organisation, "member.password_reset_opened", Target.person(person), Map.of());
              return Outcome.done(
                  new PasswordResetView(
                      person, member.email(), now.plus(PasswordResets.VALID), token.once()));
            })
        .then(Members::value);
  }

  /// Adds a person to an organisation.
  ///
  /// @return whether the person was no member before
  static boolean add(
      Alteration alteration, String organisation, String person, Role role, Instant now) {
    if (!MemberStore.insert(alteration.handle(), organisation, person, role, now)) return false;

    touch(alteration, person);
    alteration.records(
        organisation, "member.added", Target.person(person), Map.of("role", role.word()));
    return true;
  }

  /// All sessions of the member are to be read again.
  private static void touch(Alteration alteration, String person) {
    alteration.touches(Basis.Kind.MEMBER, person);
  }

  private static <T> Outcome<T> value(Confirmed<T> confirmed) {
    return Outcome.done(confirmed.value());
  }
}

package dev.keyreeve.identity.member;

import static dev.keyreeve.access.decision.Requirement.signedIn;
import static dev.keyreeve.procedure.Declaration.mutation;
import static dev.keyreeve.procedure.Declaration.query;
import static dev.keyreeve.procedure.Route.delete;
import static dev.keyreeve.procedure.Route.get;
import static dev.keyreeve.procedure.Route.post;

import dev.keyreeve.access.scope.Role;
import dev.keyreeve.identity.access.Grantor;
import dev.keyreeve.identity.person.People;
import dev.keyreeve.identity.person.SignInAddress;
import dev.keyreeve.platform.tenancy.Reached;
import dev.keyreeve.platform.token.Token;
import dev.keyreeve.procedure.Call;
import dev.keyreeve.procedure.Declared;
import dev.keyreeve.procedure.Outcome;
import dev.keyreeve.procedure.Procedure;
import dev.keyreeve.procedure.shape.SnakeCase;
import dev.keyreeve.procedure.shape.Text;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Members and invitations, for operators. A session speaks for its own organisation; the command
/// line names one.
public final class MemberProcedures {
  static final Declared<InOrganisation, MemberList> MEMBERS_LIST =
      query("members.list", signedIn(Role.VIEWER), get("/members"))
          .about("Lists the members of an organisation, oldest first.")
          .takes(InOrganisation.class)
          .gives(MemberList.class)
          .refuses(Reached.ORGANISATION_NOT_FOUND, Reached.ORGANISATION_NOT_NAMED);

  static final Declared<ChangeRole, MemberView> MEMBERS_CHANGE_ROLE =
      mutation("members.changeRole", signedIn(Role.ADMIN), post("/members/{id}/role"))
          .about("Gives a member another role. When this is answered, every session has it.")
          .takes(ChangeRole.class)
          .gives(MemberView.class)
          .refuses(
              Reached.ORGANISATION_NOT_FOUND,
              Reached.ORGANISATION_NOT_NAMED,
              Members.NO_SUCH_MEMBER,
              Members.ABOVE_OWN_ROLE,
              Members.LAST_OWNER);

  static final Declared<OneMember, MemberView> MEMBERS_REMOVE =
      mutation("members.remove", signedIn(Role.ADMIN), delete("/members/{id}"))
          .about("Removes a member. When this is answered, the member's sessions are over.")
          .takes(OneMember.class)
          .gives(MemberView.class)
          .refuses(
              Reached.ORGANISATION_NOT_FOUND,
              Reached.ORGANISATION_NOT_NAMED,
              Members.NO_SUCH_MEMBER,
              Members.ABOVE_OWN_ROLE,
              Members.LAST_OWNER);

  static final Declared<OneMember, PasswordResetView> MEMBERS_RESET_PASSWORD =
      mutation("members.resetPassword", signedIn(Role.OWNER), post("/members/{id}/reset-password"))
          .about("Opens the reset of a member's password. Its token is in this answer alone.")
          .takes(OneMember.class)
          .gives(PasswordResetView.class)
          .refuses(
              Reached.ORGANISATION_NOT_FOUND,
              Reached.ORGANISATION_NOT_NAMED,
              Members.NO_SUCH_MEMBER,
              Members.ABOVE_OWN_ROLE,
              Members.BELONGS_ELSEWHERE);

  static final Declared<Invite, InvitationView> INVITATIONS_CREATE =
      mutation("invitations.create", signedIn(Role.ADMIN), post("/members/invitations"))
          .about("Invites somebody by e-mail address. The token is in this answer alone.")
          .takes(Invite.class)
          .gives(InvitationView.class)
          .refuses(
              Reached.ORGANISATION_NOT_FOUND,
              Reached.ORGANISATION_NOT_NAMED,
              Members.ABOVE_OWN_ROLE,
              Invitations.ALREADY_MEMBER);

  private final Members members;
  private final Invitations invitations;

  public MemberProcedures(Members members, Invitations invitations) {
    this.members = members;
    this.invitations = invitations;
  }

  public List<Procedure<?, ?>> procedures() {
    return List.of(
        MEMBERS_LIST.by(this::list),
        MEMBERS_CHANGE_ROLE.by(this::changeRole),
        MEMBERS_REMOVE.by(this::remove),
        mutation("members.leave", signedIn(Role.VIEWER), post("/members/leave"))
            .about("Leaves the organisation of one's session, which is over then.")
            .takes(Nothing.class)
            .gives(MemberView.class)
            .refuses(People.NOBODY, Members.NO_SUCH_MEMBER, Members.LAST_OWNER)
            .by(this::leave),
        MEMBERS_RESET_PASSWORD.by(this::resetPassword),
        INVITATIONS_CREATE.by(this::invite),
        query("invitations.list", signedIn(Role.ADMIN), get("/members/invitations"))
            .about("Lists the invitations that nobody has accepted yet, oldest first.")
            .takes(InOrganisation.class)
            .gives(InvitationList.class)
            .refuses(Reached.ORGANISATION_NOT_FOUND, Reached.ORGANISATION_NOT_NAMED)
            .by(this::invited),
        mutation("invitations.withdraw", signedIn(Role.ADMIN), delete("/members/invitations/{id}"))
            .about("Takes an invitation back.")
            .takes(OneInvitation.class)
            .gives(InvitationView.class)
            .refuses(
                Reached.ORGANISATION_NOT_FOUND,
                Reached.ORGANISATION_NOT_NAMED,
                Invitations.NO_SUCH_INVITATION)
            .by(this::withdraw),
        mutation("invitations.accept", signedIn(Role.VIEWER), post("/members/invitations/accept"))
            .about("Accepts an invitation as whoever is signed in.")
            .takes(Accept.class)
            .gives(Joined.class)
            .refuses(
                People.NOBODY,
                Invitations.NO_SUCH_INVITATION,
                Invitations.FOR_ANOTHER,
                Invitations.ALREADY_MEMBER)
            .by(this::accept));
  }

  record Nothing() {}

  @SnakeCase
  record InOrganisation(@Nullable @Text(max = 40) String organisationId) {}

  @SnakeCase
  record OneMember(@Text(max = 40) String id, @Nullable @Text(max = 40) String organisationId) {}

  @SnakeCase
  record OneInvitation(
      @Text(max = 40) String id, @Nullable @Text(max = 40) String organisationId) {}

  @SnakeCase
  record ChangeRole(
      @Text(max = 40) String id, Role role, @Nullable @Text(max = 40) String organisationId) {}

  @SnakeCase
  record Invite(SignInAddress email, Role role, @Nullable @Text(max = 40) String organisationId) {}

  @SnakeCase
  record Accept(Token token) {}

  @SnakeCase
  record Joined(String organisationId) {}

  @SnakeCase
  record MemberList(List<MemberView> items) {}

  @SnakeCase
  record InvitationList(List<InvitationView> items) {}

  private Outcome<MemberList> list(Call<InOrganisation, MemberList> call) {
    return Reached.organisation(call.caller(), call.input().organisationId())
        .then(members::list)
        .then(all -> Outcome.done(new MemberList(all)));
  }

  private Outcome<MemberView> changeRole(Call<ChangeRole, MemberView> call) {
    var input = call.input();
    return Reached.organisation(call.caller(), input.organisationId())
        .then(
            organisation ->
                members.changeRole(
                    Grantor.of(call.caller()), organisation, input.id(), input.role(), call.at()));
  }

  private Outcome<MemberView> remove(Call<OneMember, MemberView> call) {
    var input = call.input();
    return Reached.organisation(call.caller(), input.organisationId())
        .then(
            organisation ->
                members.remove(Grantor.of(call.caller()), organisation, input.id(), call.at()));
  }

  private Outcome<MemberView> leave(Call<Nothing, MemberView> call) {
    return call.caller()
        .person()
        .map(
            me ->
                Reached.organisation(call.caller(), null)
                    .then(
                        organisation ->
                            members.leave(call.caller().actor(), organisation, me, call.at())))
        .orElseGet(() -> Outcome.refused(People.NOBODY));
  }

  private Outcome<PasswordResetView> resetPassword(Call<OneMember, PasswordResetView> call) {
    var input = call.input();
    return Reached.organisation(call.caller(), input.organisationId())
        .then(
            organisation ->
                members.resetPassword(
                    Grantor.of(call.caller()), organisation, input.id(), call.at()));
  }

  private Outcome<InvitationView> invite(Call<Invite, InvitationView> call) {
    var input = call.input();
    return Reached.organisation(call.caller(), input.organisationId())
        .then(
            organisation ->
                invitations.invite(
                    Grantor.of(call.caller()),
                    organisation,
                    input.email().address(),
                    input.role(),
                    call.at()));
  }

  private Outcome<InvitationList> invited(Call<InOrganisation, InvitationList> call) {
    return Reached.organisation(call.caller(), call.input().organisationId())
        .then(
            organisation ->
                Outcome.done(new InvitationList(invitations.list(organisation, call.at()))));
  }

  private Outcome<InvitationView> withdraw(Call<OneInvitation, InvitationView> call) {
    var input = call.input();
    return Reached.organisation(call.caller(), input.organisationId())
        .then(
            organisation ->
                invitations.withdraw(
                    Grantor.of(call.caller()), organisation, input.id(), call.at()));
  }

  private Outcome<Joined> accept(Call<Accept, Joined> call) {
    return call.caller()
        .person()
        .map(me -> invitations.accept(call.caller().actor(), me, call.input().token(), call.at()))
        .orElseGet(() -> Outcome.refused(People.NOBODY))
        .then(organisation -> Outcome.done(new Joined(organisation)));
  }
}

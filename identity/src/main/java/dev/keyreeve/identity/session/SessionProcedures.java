package dev.keyreeve.identity.session;

import static dev.keyreeve.access.decision.Requirement.signedIn;
import static dev.keyreeve.procedure.Declaration.mutation;
import static dev.keyreeve.procedure.Declaration.query;
import static dev.keyreeve.procedure.Route.delete;
import static dev.keyreeve.procedure.Route.get;
import static dev.keyreeve.procedure.Route.patch;
import static dev.keyreeve.procedure.Route.post;

import dev.keyreeve.access.scope.Role;
import dev.keyreeve.access.subject.Session;
import dev.keyreeve.identity.access.AccessChanges;
import dev.keyreeve.identity.person.Password;
import dev.keyreeve.identity.person.PasswordRules;
import dev.keyreeve.identity.person.People;
import dev.keyreeve.platform.audit.Target;
import dev.keyreeve.platform.mail.EmailAddress;
import dev.keyreeve.platform.tenancy.Reached;
import dev.keyreeve.procedure.Call;
import dev.keyreeve.procedure.Caller;
import dev.keyreeve.procedure.Headed;
import dev.keyreeve.procedure.Outcome;
import dev.keyreeve.procedure.Procedure;
import dev.keyreeve.procedure.problem.Reasons;
import dev.keyreeve.procedure.shape.SnakeCase;
import dev.keyreeve.procedure.shape.Text;
import java.util.List;
import java.util.Map;

/// One's own sessions, name and password. The command line is nobody, so it has none of them.
public final class SessionProcedures {
  private final Sessions sessions;
  private final SignIn signIn;
  private final AccessChanges changes;

  public SessionProcedures(Sessions sessions, SignIn signIn, AccessChanges changes) {
    this.sessions = sessions;
    this.signIn = signIn;
    this.changes = changes;
  }

  public List<Procedure<?, ?>> procedures() {
    return List.of(
        query("session.get", signedIn(Role.VIEWER), get("/session"))
            .about("Tells who is signed in, where, and with which cross-site token.")
            .takes(Nothing.class)
            .gives(SignedIn.class)
            .refuses(People.NOBODY)
            .by(call -> me(call.caller()).then(me -> Outcome.done(sessions.describe(me)))),
        mutation("session.end", signedIn(Role.VIEWER), delete("/session"))
            .about("Signs out.")
            .takes(Nothing.class)
            .gives(Headed.of(Ended.class))
            .refuses(People.NOBODY, Sessions.NO_SUCH_SESSION)
            .by(this::signOut),
        mutation("session.move", signedIn(Role.VIEWER), post("/session/workspace"))
            .about("Goes on in another workspace, perhaps of another organisation.")
            .takes(Move.class)
            .gives(SignedIn.class)
            .refuses(People.NOBODY, Reached.WORKSPACE_NOT_FOUND)
            .by(this::move),
        query("sessions.list", signedIn(Role.VIEWER), get("/sessions"))
            .about("Lists one's own sessions, oldest first.")
            .takes(Nothing.class)
            .gives(SessionList.class)
            .refuses(People.NOBODY)
            .by(this::list),
        mutation("sessions.end", signedIn(Role.VIEWER), delete("/sessions/{id}"))
            .about("Ends one of one's own sessions.")
            .takes(OneSession.class)
            .gives(Ended.class)
            .refuses(People.NOBODY, Sessions.NO_SUCH_SESSION)
            .by(this::end),
        mutation("sessions.endOthers", signedIn(Role.VIEWER), post("/sessions/end-others"))
            .about("Ends all of one's own sessions but the one that asks.")
            .takes(Nothing.class)
            .gives(Ended.class)
            .refuses(People.NOBODY)
            .by(this::endOthers),
        mutation("person.rename", signedIn(Role.VIEWER), patch("/person"))
            .about("Changes one's own name.")
            .takes(Rename.class)
            .gives(SignedIn.class)
            .refuses(People.NOBODY)
            .by(this::rename),
        mutation("person.changePassword", signedIn(Role.VIEWER), post("/person/password"))
            .about("Changes one's own password, ends all other sessions, and renews the cookie.")
            .takes(ChangePassword.class)
            .gives(Headed.of(SignedIn.class))
            .refuses(
                People.NOBODY,
                Sessions.WRONG_CREDENTIALS,
                SignIn.TOO_MANY_ATTEMPTS,
                SignIn.PASSWORD_CLOSED,
                PasswordRules.TOO_SHORT,
                PasswordRules.TOO_COMMON,
                PasswordRules.NAMES_ITSELF,
                Reasons.OVERLOADED)
            .by(this::changePassword));
  }

  record Nothing() {}

  @SnakeCase
  record OneSession(@Text(max = 40) String id) {}

  @SnakeCase
  record Move(@Text(max = 40) String workspaceId) {}

  @SnakeCase
  record Rename(@Text(max = 100, plain = true) String name) {}

  @SnakeCase
  record ChangePassword(Password currentPassword, Password newPassword) {}

  @SnakeCase
  record SessionList(List<SessionView> items) {}

  /// @param sessions how many
  @SnakeCase
  record Ended(int sessions) {}

  private Outcome<SessionList> list(Call<Nothing, SessionList> call) {
    return me(call.caller())
        .then(me -> Outcome.done(new SessionList(sessions.list(me, call.at()))));
  }

  private Outcome<Headed<Ended>> signOut(Call<Nothing, Headed<Ended>> call) {
    return me(call.caller())
        .then(me -> sessions.end(call.caller().actor(), me, me.id(), call.at()))
        .then(
            number ->
                Outcome.done(new Headed<>(new Ended(number), List.of(SessionCookie.clear()))));
  }

  private Outcome<Ended> end(Call<OneSession, Ended> call) {
    return me(call.caller())
        .then(me -> sessions.end(call.caller().actor(), me, call.input().id(), call.at()))
        .then(number -> Outcome.done(new Ended(number)));
  }

  private Outcome<Ended> endOthers(Call<Nothing, Ended> call) {
    return me(call.caller())
        .then(me -> sessions.endOthers(call.caller().actor(), me, call.at()))
        .then(number -> Outcome.done(new Ended(number)));
  }

  private Outcome<SignedIn> move(Call<Move, SignedIn> call) {
    return me(call.caller())
        .then(
            me ->
                sessions
                    .move(call.caller().actor(), me, call.input().workspaceId(), call.at())
                    .then(_ -> Outcome.done(sessions.describe(me.id()))));
  }

  private Outcome<SignedIn> rename(Call<Rename, SignedIn> call) {
    return me(call.caller())
        .then(
            me ->
                changes
                    .change(
                        call.caller().actor(),
                        call.at(),
                        alteration -> {
                          People.rename(alteration.handle(), me.personId(), call.input().name());
                          alteration.records(
                              me.organisation().id(),
                              "person.renamed",
                              Target.person(me.personId()),
                              Map.of("name", call.input().name()));
                          return Outcome.done(me.id());
                        })
                    .then(confirmed -> Outcome.done(sessions.describe(confirmed.value()))));
  }

  private Outcome<Headed<SignedIn>> changePassword(Call<ChangePassword, Headed<SignedIn>> call) {
    return me(call.caller()).then(me -> changePassword(call, me));
  }

  private Outcome<Headed<SignedIn>> changePassword(
      Call<ChangePassword, Headed<SignedIn>> call, Session me) {
    var input = call.input();
    var email = EmailAddress.inAscii(me.email());
    return signIn
        .reprove(email, input.currentPassword(), call.caller(), call.at())
        .then(_ -> signIn.newHash(input.newPassword(), email))
        .then(
            hash ->
                changes.change(
                    call.caller().actor(),
                    call.at(),
                    alteration -> {
                      People.changePassword(alteration.handle(), me.personId(), hash, call.at());
                      SignIn.recordEverywhere(alteration, me.personId(), "person.password_changed");
                      return Outcome.done(
                          sessions.renewAlone(alteration, me, "the password was changed"));
                    }))
        .then(
            confirmed ->
                Outcome.done(
                    new Headed<>(
                        sessions.describe(me.id()),
                        List.of(SessionCookie.set(confirmed.value())))));
  }

  /// Who is signed in.
  private static Outcome<Session> me(Caller caller) {
    return caller.subject() instanceof Session session
        ? Outcome.done(session)
        : Outcome.refused(People.NOBODY);
  }
}

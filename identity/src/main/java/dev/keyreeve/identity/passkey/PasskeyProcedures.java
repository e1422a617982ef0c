package dev.keyreeve.identity.passkey;

import static dev.keyreeve.access.decision.Requirement.signedIn;
import static dev.keyreeve.procedure.Declaration.mutation;
import static dev.keyreeve.procedure.Declaration.query;
import static dev.keyreeve.procedure.Route.delete;
import static dev.keyreeve.procedure.Route.get;
import static dev.keyreeve.procedure.Route.patch;
import static dev.keyreeve.procedure.Route.post;

import dev.keyreeve.access.scope.Role;
import dev.keyreeve.identity.access.AccessChanges;
import dev.keyreeve.identity.access.Alteration;
import dev.keyreeve.identity.person.People;
import dev.keyreeve.platform.audit.Target;
import dev.keyreeve.platform.tenancy.Reached;
import dev.keyreeve.procedure.Call;
import dev.keyreeve.procedure.Caller;
import dev.keyreeve.procedure.Outcome;
import dev.keyreeve.procedure.Procedure;
import dev.keyreeve.procedure.shape.SnakeCase;
import dev.keyreeve.procedure.shape.Text;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.jdbi.v3.core.Jdbi;

/// One's own passkeys.
public final class PasskeyProcedures {
  private final Jdbi jdbi;
  private final AccessChanges changes;
  private final Passkeys passkeys;

  public PasskeyProcedures(Jdbi jdbi, AccessChanges changes, Passkeys passkeys) {
    this.jdbi = jdbi;
    this.changes = changes;
    this.passkeys = passkeys;
  }

  public List<Procedure<?, ?>> procedures() {
    return List.of(
        query("passkeys.list", signedIn(Role.VIEWER), get("/passkeys"))
            .about("Lists one's own passkeys, oldest first.")
            .takes(Nothing.class)
            .gives(PasskeyList.class)
            .refuses(People.NOBODY)
            .by(this::list),
        mutation("passkeys.options", signedIn(Role.VIEWER), post("/passkeys/options"))
            .about("Begins the registration of a passkey: what the browser is to be asked.")
            .takes(Nothing.class)
            .gives(Creation.class)
            .refuses(People.NOBODY)
            .by(this::options),
        mutation("passkeys.register", signedIn(Role.VIEWER), post("/passkeys"))
            .about("Ends the registration of a passkey with what the browser answered.")
            .takes(RegisterPasskey.class)
            .gives(PasskeyView.class)
            .refuses(People.NOBODY, Passkeys.NOT_PROVED, Passkeys.TOO_MANY, Passkeys.KNOWN)
            .by(this::register),
        mutation("passkeys.rename", signedIn(Role.VIEWER), patch("/passkeys/{id}"))
            .about("Renames a passkey.")
            .takes(Rename.class)
            .gives(PasskeyView.class)
            .refuses(People.NOBODY, Passkeys.NO_SUCH_PASSKEY)
            .by(this::rename),
        mutation("passkeys.delete", signedIn(Role.VIEWER), delete("/passkeys/{id}"))
            .about("Deletes a passkey, unless it is the only way to sign in.")
            .takes(OnePasskey.class)
            .gives(PasskeyView.class)
            .refuses(People.NOBODY, Passkeys.NO_SUCH_PASSKEY, Passkeys.LAST_WAY_IN)
            .by(this::remove));
  }

  record Nothing() {}

  @SnakeCase
  record PasskeyList(List<PasskeyView> items) {}

  /// @param publicKey for `navigator.credentials.create`
  @SnakeCase
  record Creation(CreationOptions publicKey) {}

  @SnakeCase
  record Rename(@Text(max = 40) String id, @Text(max = 100, plain = true) String name) {}

  @SnakeCase
  record OnePasskey(@Text(max = 40) String id) {}

  private Outcome<PasskeyList> list(Call<Nothing, PasskeyList> call) {
    return me(call.caller())
        .then(
            person ->
                Outcome.done(
                    new PasskeyList(jdbi.withHandle(handle -> passkeys.list(handle, person)))));
  }

  private Outcome<Creation> options(Call<Nothing, Creation> call) {
    return me(call.caller())
        .then(
            id -> {
              var person = jdbi.withHandle(handle -> People.find(handle, id)).orElseThrow();
              return Outcome.done(new Creation(passkeys.creationOptions(person, call.at())));
            });
  }

  private Outcome<PasskeyView> register(Call<RegisterPasskey, PasskeyView> call) {
    return me(call.caller())
        .then(
            person ->
                passkeys
                    .prove(person, call.input(), call.at())
                    .then(
                        proved ->
                            change(
                                call.caller(),
                                call.at(),
                                "passkey.registered",
                                (alteration, _) ->
                                    passkeys.register(
                                        alteration.handle(), person, proved, call.at()))));
  }

  private Outcome<PasskeyView> rename(Call<Rename, PasskeyView> call) {
    var input = call.input();
    return change(
        call.caller(),
        call.at(),
        "passkey.renamed",
        (alteration, person) ->
            passkeys.rename(alteration.handle(), person, input.id(), input.name()));
  }

  private Outcome<PasskeyView> remove(Call<OnePasskey, PasskeyView> call) {
    return change(
        call.caller(),
        call.at(),
        "passkey.deleted",
        (alteration, person) -> {
          var handle = alteration.handle();
          return passkeys.delete(
              handle, People.find(handle, person).orElseThrow(), call.input().id());
        });
  }

  private Outcome<PasskeyView> change(
      Caller caller,
      Instant now,
      String action,
      BiFunction<Alteration, String, Outcome<PasskeyView>> work) {
    return me(caller)
        .then(
            me ->
                Reached.organisation(caller, null)
                    .then(
                        organisation ->
                            changes.change(
                                caller.actor(),
                                now,
                                alteration ->
                                    work.apply(alteration, me)
                                        .then(
                                            view -> {
                                              alteration.records(
                                                  organisation,
                                                  action,
                                                  new Target("passkey", view.id()),
                                                  Map.of("person", me, "name", view.name()));
                                              return Outcome.done(view);
                                            }))))
        .then(confirmed -> Outcome.done(confirmed.value()));
  }

  /// Whose passkeys they are; the command line is nobody.
  private static Outcome<String> me(Caller caller) {
    return caller.person().map(Outcome::done).orElseGet(() -> Outcome.refused(People.NOBODY));
  }
}

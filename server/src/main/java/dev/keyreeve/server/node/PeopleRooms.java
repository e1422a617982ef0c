package dev.keyreeve.server.node;

import dev.keyreeve.access.decision.Audience;
import dev.keyreeve.access.directory.SessionDirectory;
import dev.keyreeve.access.scope.ScopeCatalogue;
import dev.keyreeve.identity.access.AccessChanges;
import dev.keyreeve.identity.member.Bootstrap;
import dev.keyreeve.identity.member.Invitations;
import dev.keyreeve.identity.member.MemberProcedures;
import dev.keyreeve.identity.member.Members;
import dev.keyreeve.identity.organisation.Organisations;
import dev.keyreeve.identity.passkey.PasskeyProcedures;
import dev.keyreeve.identity.passkey.Passkeys;
import dev.keyreeve.identity.passkey.RelyingParty;
import dev.keyreeve.identity.person.PasswordHashes;
import dev.keyreeve.identity.session.SessionLife;
import dev.keyreeve.identity.session.SessionProcedures;
import dev.keyreeve.identity.session.Sessions;
import dev.keyreeve.identity.session.SignIn;
import dev.keyreeve.identity.session.SignInProcedures;
import dev.keyreeve.platform.cipher.Fingerprint;
import dev.keyreeve.procedure.Api;
import dev.keyreeve.procedure.Procedure;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jdbi.v3.core.Jdbi;

/// The part of the server's object graph that is about people: who they are, what they are to an
/// organisation, and their sessions.
final class PeopleRooms {
  private final Bootstrap bootstrap;
  private final Sessions sessions;
  private final SignIn signIn;
  private final SignInProcedures signInProcedures;
  private final List<Procedure<?, ?>> operatorsProcedures = new ArrayList<>();

  /// @param url where browsers reach the server
  PeopleRooms(
      Jdbi jdbi,
      AccessChanges changes,
      Organisations organisations,
      SessionDirectory directory,
      SessionLife life,
      Fingerprint fingerprint,
      Supplier<String> url,
      SecureRandom random) {
    var passkeys = new Passkeys(jdbi, () -> RelyingParty.at(url.get()), random);
    var invitations = new Invitations(jdbi, changes, random);
    bootstrap = new Bootstrap(jdbi, organisations, random);
    sessions = new Sessions(jdbi, changes, directory, life, random);
    signIn =
        new SignIn(
            jdbi,
            changes,
            sessions,
            PasswordHashes.standard(random),
            passkeys,
            bootstrap,
            invitations,
            fingerprint,
            random);
    signInProcedures = new SignInProcedures(signIn, sessions, passkeys);
    operatorsProcedures.addAll(
        new MemberProcedures(new Members(jdbi, changes, random), invitations).procedures());
    operatorsProcedures.addAll(new SessionProcedures(sessions, signIn, changes).procedures());
    operatorsProcedures.addAll(new PasskeyProcedures(jdbi, changes, passkeys).procedures());
  }

  Bootstrap bootstrap() {
    return bootstrap;
  }

  /// What belongs to the operators' API.
  List<Procedure<?, ?>> operatorsProcedures() {
    return List.copyOf(operatorsProcedures);
  }

  /// The ways in.
  Api signInApi() {
    return new Api(
        "auth",
        "Signing in",
        new Audience.Everyone(),
        ScopeCatalogue.of(),
        signInProcedures.procedures());
  }

  void begin(PeriodicTasks tasks, InstantSource clock) {
    tasks.everyOnceRunning(
        sessions.life().idle().dividedBy(10),
        "store when sessions were used",
        () -> storeUses(clock));
    tasks.every(
        Duration.ofMinutes(1),
        "forget sessions that are over",
        () -> {
          sessions.forgetOver(clock.instant());
          signIn.forget(clock.instant());
        });
  }

  /// Stores when each session was last used, which is otherwise done now and then.
  void storeUses(InstantSource clock) {
    sessions.storeUses(clock.instant());
  }
}

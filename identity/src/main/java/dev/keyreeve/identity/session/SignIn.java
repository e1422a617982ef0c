package dev.keyreeve.identity.session;

import dev.keyreeve.access.network.Address;
import dev.keyreeve.access.subject.Who;
import dev.keyreeve.identity.access.AccessChanges;
import dev.keyreeve.identity.access.Alteration;
import dev.keyreeve.identity.member.Bootstrap;
import dev.keyreeve.identity.member.BootstrapCode;
import dev.keyreeve.identity.member.Invitations;
import dev.keyreeve.identity.member.Members;
import dev.keyreeve.identity.passkey.PasskeySignIn;
import dev.keyreeve.identity.passkey.Passkeys;
import dev.keyreeve.identity.person.Password;
import dev.keyreeve.identity.person.PasswordHashes;
import dev.keyreeve.identity.person.PasswordResets;
import dev.keyreeve.identity.person.PasswordRules;
import dev.keyreeve.identity.person.People;
import dev.keyreeve.identity.person.Person;
import dev.keyreeve.identity.session.Sessions.Opened;
import dev.keyreeve.platform.audit.Target;
import dev.keyreeve.platform.cipher.Fingerprint;
import dev.keyreeve.platform.mail.EmailAddress;
import dev.keyreeve.platform.token.Token;
import dev.keyreeve.procedure.Actor;
import dev.keyreeve.procedure.Caller;
import dev.keyreeve.procedure.Outcome;
import dev.keyreeve.procedure.problem.Code;
import dev.keyreeve.procedure.problem.Problem;
import dev.keyreeve.procedure.problem.Reason;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/// The one way to a new session. Each method of proof passes the throttle first and opens the
/// session last, in the transaction that holds the proof; between them, what is known may not have
/// changed.
///
/// Nothing that is answered, and no time that it takes, tells whether an e-mail address is known.
public final class SignIn {
  static final Reason TOO_MANY_ATTEMPTS =
      new Reason(
          Code.TOO_MANY_REQUESTS,
          "too_many_attempts",
          "Too many attempts have failed: wait and try again.");
  static final Reason PASSWORD_CLOSED =
      new Reason(
          Code.TOO_MANY_REQUESTS,
          "password_closed",
          "Too many attempts have failed: sign in with a passkey, or have the password reset.");
  static final Reason WRONG_RESET =
      new Reason(
          Code.NOT_FOUND,
          "reset_not_found",
          "There is no such reset: it was used, another was opened, or it has run out.");

  private final Jdbi jdbi;
  private final AccessChanges changes;
  private final Sessions sessions;
  private final PasswordHashes hashes;
  private final Passkeys passkeys;
  private final Bootstrap bootstrap;
  private final Invitations invitations;
  private final AddressThrottle addresses;
  private final AccountThrottle accounts;

  public SignIn(
      Jdbi jdbi,
      AccessChanges changes,
      Sessions sessions,
      PasswordHashes hashes,
      Passkeys passkeys,
      Bootstrap bootstrap,
      Invitations invitations,
      Fingerprint fingerprint,
      SecureRandom random) {
    this.jdbi = jdbi;
    this.changes = changes;
    this.sessions = sessions;
    this.hashes = hashes;
    this.passkeys = passkeys;
    this.bootstrap = bootstrap;
    this.invitations = invitations;
    this.addresses = new AddressThrottle(random);
    this.accounts = new AccountThrottle(jdbi, fingerprint);
  }

  Outcome<Opened> byPassword(EmailAddress email, Password password, Caller caller, Instant now) {
    return throttled(
        caller.address(),
        now,
        () ->
            attempt(email, now)
                .then(_ -> verify(email, password))
                .then(proved -> open(email, proved, caller, now)));
  }

  /// A person whose password was right, and its hash at the cost of today if it is dated.
  private record Proved(Person person, @Nullable String rehashed) {}

  private Outcome<Boolean> attempt(EmailAddress email, Instant now) {
    return switch (accounts.attempt(email, now)) {
      case AccountThrottle.Answer.GoOn _ -> Outcome.done(true);
      case AccountThrottle.Answer.Wait(var time) ->
          Outcome.refused(TOO_MANY_ATTEMPTS, Map.of(Problem.RETRY_AFTER_MILLIS, time.toMillis()));
      case AccountThrottle.Answer.Closed _ -> Outcome.refused(PASSWORD_CLOSED);
    };
  }

  private Outcome<Proved> verify(EmailAddress email, Password password) {
    var person = jdbi.withHandle(handle -> People.find(handle, email)).orElse(null);
    return hashes
        .verify(password, person == null ? null : person.passwordHash())
        .then(
            verdict -> {
              if (person == null) return Outcome.refused(Sessions.WRONG_CREDENTIALS);

              return switch (verdict) {
                case WRONG -> Outcome.refused(Sessions.WRONG_CREDENTIALS);
                case RIGHT -> Outcome.done(new Proved(person, null));
                case RIGHT_BUT_DATED ->
                    hashes.hash(password).then(hash -> Outcome.done(new Proved(person, hash)));
              };
            });
  }

  private Outcome<Opened> open(EmailAddress email, Proved proved, Caller caller, Instant now) {
    var person = proved.person();
    return change(
        actor(person, caller.address()),
        now,
        alteration -> {
          var handle = alteration.handle();
          var current = People.find(handle, person.id()).orElse(null);
          if (current == null || !Objects.equals(person.passwordHash(), current.passwordHash())) {
            return Outcome.refused(Sessions.WRONG_CREDENTIALS);
          }
          accounts.succeeded(handle, email);
          if (proved.rehashed() != null) People.rehash(handle, current, proved.rehashed());
          return sessions.open(alteration, person.id(), Method.PASSWORD, Client.of(caller));
        });
  }

  Outcome<Opened> byPasskey(PasskeySignIn answer, Caller caller, Instant now) {
    return throttled(
        caller.address(),
        now,
        () ->
            passkeys
                .take(answer, now)
                .then(
                    answered ->
                        change(
                            caller.actor(),
                            now,
                            alteration ->
                                passkeys
                                    .personOf(alteration.handle(), answered, now)
                                    .then(person -> open(alteration, person, caller)))));
  }

  private Outcome<Opened> open(Alteration alteration, String person, Caller caller) {
    var handle = alteration.handle();
    var email = People.find(handle, person).orElseThrow().email();
    accounts.succeeded(handle, email);
    return sessions.open(alteration, person, Method.PASSKEY, Client.of(caller));
  }

  Outcome<Opened> byBootstrapCode(
      BootstrapCode code,
      EmailAddress email,
      String name,
      Password password,
      @Nullable String organisationName,
      Caller caller,
      Instant now) {
    return throttled(
        caller.address(),
        now,
        () ->
            !bootstrap.isCode(code)
                ? Outcome.refused(Bootstrap.WRONG_CODE)
                : newHash(password, email)
                    .then(
                        hash ->
                            change(
                                caller.actor(),
                                now,
                                alteration ->
                                    bootstrap
                                        .use(alteration, code, email, name, hash, organisationName)
                                        .then(
                                            person ->
                                                sessions.open(
                                                    alteration,
                                                    person,
                                                    Method.BOOTSTRAP_CODE,
                                                    Client.of(caller))))));
  }

  /// For somebody who is not known yet.
  Outcome<Opened> byInvitation(
      Token token, String name, Password password, Caller caller, Instant now) {
    return throttled(
        caller.address(),
        now,
        () -> {
          var invitation = invitations.find(token, now).orElse(null);
          if (invitation == null) return Outcome.refused(Invitations.NO_SUCH_INVITATION);

          return newHash(password, EmailAddress.inAscii(invitation.email()))
              .then(
                  hash ->
                      change(
                          caller.actor(),
                          now,
                          alteration ->
                              invitations
                                  .acceptAsNew(alteration, token, name, hash, now)
                                  .then(
                                      person ->
                                          sessions.open(
                                              alteration,
                                              person,
                                              Method.INVITATION,
                                              Client.of(caller)))));
        });
  }

  /// Chooses a new password with the token of a reset. Every session of the person ends; nobody is
  /// signed in by it.
  Outcome<String> resetPassword(Token token, Password password, Caller caller, Instant now) {
    return throttled(
        caller.address(),
        now,
        () -> {
          var person =
              jdbi.withHandle(
                      handle ->
                          PasswordResets.personOf(handle, token, now)
                              .flatMap(id -> People.find(handle, id)))
                  .orElse(null);
          if (person == null) return Outcome.refused(WRONG_RESET);

          return newHash(password, person.email())
              .then(
                  hash ->
                      change(
                          caller.actor(),
                          now,
                          alteration -> reset(alteration, token, person, hash)));
        });
  }

  private Outcome<String> reset(Alteration alteration, Token token, Person person, String hash) {
    var handle = alteration.handle();
    var now = alteration.now();
    if (PasswordResets.take(handle, token, now).isEmpty()) return Outcome.refused(WRONG_RESET);

    People.changePassword(handle, person.id(), hash, now);
    accounts.succeeded(handle, person.email());
    sessions.endAll(alteration, person.id(), "the password was reset");
    recordEverywhere(alteration, person.id(), "person.password_reset");
    return Outcome.done(person.email().text());
  }

  /// Puts what concerns a person into the chain of each organisation that the person belongs to.
  static void recordEverywhere(Alteration alteration, String person, String action) {
    for (var membership : Members.of(alteration.handle(), person)) {
      alteration.records(membership.organisation(), action, Target.person(person), Map.of());
    }
  }

  /// What to keep of a new password that is good enough.
  Outcome<String> newHash(Password password, EmailAddress email) {
    return PasswordRules.judge(password, email).then(hashes::hash);
  }

  /// Whether this is a person's password, throttled like a sign-in.
  Outcome<Person> reprove(EmailAddress email, Password password, Caller caller, Instant now) {
    return throttled(
        caller.address(),
        now,
        () ->
            attempt(email, now)
                .then(_ -> verify(email, password))
                .then(
                    proved -> {
                      jdbi.useHandle(handle -> accounts.succeeded(handle, email));
                      return Outcome.done(proved.person());
                    }));
  }

  /// Forgets challenges and failures that are of no more use.
  public void forget(Instant now) {
    passkeys.forgetChallenges(now);
    accounts.forget(now);
  }

  private interface Attempt<T> {
    Outcome<T> make();
  }

  private <T> Outcome<T> throttled(Address address, Instant now, Attempt<T> attempt) {
    long wait = addresses.attempt(address, now.toEpochMilli());
    if (wait > 0) {
      return Outcome.refused(TOO_MANY_ATTEMPTS, Map.of(Problem.RETRY_AFTER_MILLIS, wait));
    }
    var outcome = attempt.make();
    if (outcome instanceof Outcome.Done) addresses.succeeded(address);
    return outcome;
  }

  private <T> Outcome<T> change(Actor actor, Instant now, Alteration.Work<T> work) {
    return changes.change(actor, now, work).then(confirmed -> Outcome.done(confirmed.value()));
  }

  static Actor actor(Person person, Address address) {
    return new Actor(Who.Kind.PERSON, person.id(), person.email().text(), address);
  }
}

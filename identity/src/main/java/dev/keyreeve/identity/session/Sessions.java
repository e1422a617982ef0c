package dev.keyreeve.identity.session;

import dev.keyreeve.access.credential.Secret;
import dev.keyreeve.access.credential.SessionToken;
import dev.keyreeve.access.directory.SessionDirectory;
import dev.keyreeve.access.subject.Basis.Kind;
import dev.keyreeve.access.subject.Session;
import dev.keyreeve.identity.access.AccessChanges;
import dev.keyreeve.identity.access.Alteration;
import dev.keyreeve.identity.member.Members;
import dev.keyreeve.identity.member.Membership;
import dev.keyreeve.identity.person.People;
import dev.keyreeve.identity.person.Person;
import dev.keyreeve.platform.audit.Target;
import dev.keyreeve.platform.tenancy.Reached;
import dev.keyreeve.platform.ulid.Ulid;
import dev.keyreeve.procedure.Actor;
import dev.keyreeve.procedure.Outcome;
import dev.keyreeve.procedure.problem.Code;
import dev.keyreeve.procedure.problem.Reason;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/// The sessions of people: opened, listed, ended. A session that is ended is dead when that is
/// answered.
public final class Sessions {
  static final Reason WRONG_CREDENTIALS =
      new Reason(
          Code.UNAUTHORIZED, "wrong_credentials", "The e-mail address or the password is wrong.");
  static final Reason NO_SUCH_SESSION =
      new Reason(Code.NOT_FOUND, "session_not_found", "You have no such session.");

  private static final String PREFIX = "ses_";

  private final Jdbi jdbi;
  private final AccessChanges changes;
  private final SessionDirectory directory;
  private final SessionLife life;
  private final SecureRandom random;

  /// The last uses that this node has stored. Used by its task alone.
  private final Map<String, Instant> stored = new HashMap<>();

  /// @param random makes ids and tokens
  public Sessions(
      Jdbi jdbi,
      AccessChanges changes,
      SessionDirectory directory,
      SessionLife life,
      SecureRandom random) {
    this.jdbi = jdbi;
    this.changes = changes;
    this.directory = directory;
    this.life = life;
    this.random = random;
  }

  /// A session that was opened just now, with the cookie that nobody will see again.
  record Opened(String id, Secret cookie) {}

  /// Opens a session of somebody who has proved who it is. The last step of every way in, and the
  /// only place where a cookie comes from: what a browser sent before is of no account.
  Outcome<Opened> open(Alteration alteration, String person, Method method, Client client) {
    var handle = alteration.handle();
    var who = People.find(handle, person).orElseThrow();
    var membership = standing(Members.of(handle, person), who);
    if (membership == null) return Outcome.refused(WRONG_CREDENTIALS);

    var now = alteration.now();
    var cookie = SessionToken.random(random);
    var id = Ulid.generate(PREFIX, now, random);
    var workspace = membership.workspaces().getFirst().id();
    SessionStore.insert(
        handle,
        id,
        SessionToken.digest(cookie),
        person,
        membership.organisation(),
        workspace,
        method,
        client,
        now,
        now.plus(life.absolute()));
    alteration.touches(Kind.SESSION, id);
    alteration.records(
        membership.organisation(),
        "session.opened",
        Target.session(id),
        Map.of("person", person, "method", method.word()));
    return Outcome.done(new Opened(id, cookie));
  }

  /// The membership in which a new session stands, with its workspace alone: that of the last
  /// session if it is still open to the person, or else the oldest.
  private static @Nullable Membership standing(List<Membership> memberships, Person who) {
    for (var membership : memberships) {
      for (var place : membership.workspaces()) {
        if (place.id().equals(who.lastWorkspace())) return in(membership, place);
      }
    }
    return memberships.isEmpty()
        ? null
        : in(memberships.getFirst(), memberships.getFirst().workspaces().getFirst());
  }

  private static Membership in(Membership membership, Membership.Place place) {
    return new Membership(
        membership.organisation(),
        membership.organisationName(),
        membership.role(),
        List.of(place));
  }

  /// What a signed-in person is told of the session.
  SignedIn describe(Session session) {
    return jdbi.withHandle(
        handle -> {
          var person = People.find(handle, session.personId()).orElseThrow();
          return new SignedIn(
              session.id(),
              new SignedIn.Who(person.id(), person.email().text(), person.name()),
              session.organisation().id(),
              session.workspace(),
              session.role(),
              session.scopes().granted(),
              Objects.requireNonNull(directory.crossSiteToken(session.id())).reveal(),
              Instant.ofEpochMilli(session.endsAtMillis()),
              Members.of(handle, person.id()).stream().map(SignedIn.Belonging::of).toList());
        });
  }

  SignedIn describe(String id) {
    return describe(Objects.requireNonNull(directory.find(id), "the session was confirmed"));
  }

  /// The sessions of the same person, oldest first.
  List<SessionView> list(Session session, Instant now) {
    return jdbi
        .withHandle(handle -> SessionStore.list(handle, session.personId(), session.id()))
        .stream()
        .filter(view -> !isOver(view.id(), now))
        .map(this::upToDate)
        .toList();
  }

  private boolean isOver(String id, Instant now) {
    var known = directory.find(id);
    return known == null || known.isOverAt(now.toEpochMilli());
  }

  /// With the last use that this node knows of, which is stored only now and then.
  private SessionView upToDate(SessionView view) {
    var known = directory.find(view.id());
    if (known == null) return view;

    return new SessionView(
        view.id(),
        view.method(),
        view.address(),
        view.userAgent(),
        view.createdAt(),
        Instant.ofEpochMilli(known.presence().seenMillis()),
        view.endsAt(),
        view.current());
  }

  /// Ends one session of the same person.
  Outcome<Integer> end(Actor actor, Session session, String id, Instant now) {
    return changes
        .change(
            actor,
            now,
            alteration -> {
              var ended = SessionStore.delete(alteration.handle(), session.personId(), id);
              if (ended.isEmpty()) return Outcome.<Integer>refused(NO_SUCH_SESSION);

              ended(alteration, ended, "ended by its owner");
              return Outcome.done(1);
            })
        .then(confirmed -> Outcome.done(confirmed.value()));
  }

  /// Ends all other sessions of the same person.
  ///
  /// @return how many there were
  Outcome<Integer> endOthers(Actor actor, Session session, Instant now) {
    return changes
        .change(
            actor,
            now,
            alteration -> {
              var ended =
                  SessionStore.deleteOthers(alteration.handle(), session.personId(), session.id());
              ended(alteration, ended, "ended by its owner");
              return Outcome.done(ended.size());
            })
        .then(confirmed -> Outcome.done(confirmed.value()));
  }

  /// Ends all sessions of a person but one, whose cookie is another from now on.
  Secret renewAlone(Alteration alteration, Session session, String why) {
    var handle = alteration.handle();
    ended(alteration, SessionStore.deleteOthers(handle, session.personId(), session.id()), why);
    var cookie = SessionToken.random(random);
    SessionStore.renew(handle, session.id(), SessionToken.digest(cookie));
    alteration.touches(Kind.SESSION, session.id());
    return cookie;
  }

  /// Ends all sessions of a person.
  void endAll(Alteration alteration, String person, String why) {
    ended(alteration, SessionStore.deleteOthers(alteration.handle(), person, ""), why);
  }

  /// Lets a session go on in another workspace of the same person. It keeps its cookie: that was
  /// made when its owner signed in and opened both workspaces before, so a new one would keep
  /// nobody out, and would end the same session in the owner's other tabs.
  Outcome<String> move(Actor actor, Session session, String workspace, Instant now) {
    return changes
        .change(
            actor,
            now,
            alteration -> {
              var handle = alteration.handle();
              for (var membership : Members.of(handle, session.personId())) {
                for (var place : membership.workspaces()) {
                  if (!place.id().equals(workspace)) continue;

                  SessionStore.move(handle, session.id(), membership.organisation(), workspace);
                  People.stood(handle, session.personId(), workspace);
                  alteration.touches(Kind.SESSION, session.id());
                  alteration.records(
                      membership.organisation(),
                      "session.moved",
                      Target.session(session.id()),
                      Map.of("workspace", workspace));
                  return Outcome.done(workspace);
                }
              }
              return Outcome.<String>refused(Reached.WORKSPACE_NOT_FOUND);
            })
        .then(confirmed -> Outcome.done(confirmed.value()));
  }

  private static void ended(Alteration alteration, List<SessionStore.Ended> all, String why) {
    for (var session : all) {
      alteration.touches(Kind.SESSION, session.id());
      alteration.records(
          session.organisation(),
          "session.ended",
          Target.session(session.id()),
          Map.of("why", why));
    }
  }

  /// Stores the last uses of sessions that moved on since the last time, and has other nodes
  /// follow. To be done each tenth of the idle time: a session dies that much early, at most, on a
  /// node that has not seen it.
  public synchronized void storeUses(Instant now) {
    var seen = new HashMap<String, Instant>();
    for (var session : directory.all()) {
      var at = Instant.ofEpochMilli(session.presence().seenMillis());
      if (!at.equals(stored.get(session.id()))) seen.put(session.id(), at);
    }
    stored.keySet().removeIf(id -> directory.find(id) == null);
    if (seen.isEmpty()) return;

    changes.note(
        now,
        handle -> {
          SessionStore.see(handle, seen);
          return List.copyOf(seen.keySet());
        });
    stored.putAll(seen);
  }

  /// Forgets sessions that are over.
  public void forgetOver(Instant now) {
    // What another node has seen, it stores within a tenth of the idle time.
    var idleSince = now.minus(life.idle()).minus(life.idle().dividedBy(5));
    var _ =
        changes.change(
            Actor.SYSTEM,
            now,
            alteration -> {
              var ended = SessionStore.deleteOver(alteration.handle(), idleSince, now);
              ended(alteration, ended, "over by its age or for want of use");
              return Outcome.done(ended.size());
            });
  }

  public SessionLife life() {
    return life;
  }
}

package dev.keyreeve.access.directory;

import dev.keyreeve.access.credential.Credential;
import dev.keyreeve.access.credential.Provenance;
import dev.keyreeve.access.credential.Secret;
import dev.keyreeve.access.credential.SecretDigest;
import dev.keyreeve.access.credential.SessionToken;
import dev.keyreeve.access.subject.ProvedBy;
import dev.keyreeve.access.subject.Session;
import java.util.Collection;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// The open sessions, held by every node in full, as the [KeyDirectory] holds keys.
///
/// Threads: lookups never wait; changes come from one feed.
public final class SessionDirectory {
  private final ConcurrentHashMap<SecretDigest, Session> byDigest = new ConcurrentHashMap<>();
  private final ConcurrentHashMap<String, Entry> byId = new ConcurrentHashMap<>();
  private final Lease lease;

  private record Entry(SecretDigest digest, Session session) {}

  public SessionDirectory(Lease lease) {
    this.lease = lease;
  }

  /// Who this cookie stands for, and whether its owner can have meant the request.
  Lookup lookup(Credential.Cookie cookie, long nowMillis) {
    if (!lease.isFresh()) {
      return new Lookup.Unavailable();
    }
    var digest = SessionToken.digest(cookie.secret());
    var session = byDigest.get(digest);
    if (session == null) {
      return new Lookup.Over();
    }
    if (!isMeant(cookie, digest)) {
      return new Lookup.Forged();
    }
    if (!session.isOverAt(nowMillis)) session.presence().mark(nowMillis);
    return known(session);
  }

  private static Lookup known(Session session) {
    return new Lookup.Known(session, new ProvedBy.Sole(session.endsAtMillis()));
  }

  private static boolean isMeant(Credential.Cookie cookie, SecretDigest digest) {
    return switch (cookie.provenance()) {
      case Provenance.Reading _ -> true;
      case Provenance.Foreign _ -> false;
      case Provenance.Claimed(var token) -> SessionToken.crossSiteToken(digest).equals(token);
    };
  }

  /// What this node now knows of a session that it has admitted before.
  Lookup current(Session admitted) {
    if (!lease.isFresh()) {
      return new Lookup.Unavailable();
    }
    var session = find(admitted.id());
    return session == null ? new Lookup.Over() : known(session);
  }

  public @Nullable Session find(String id) {
    var entry = byId.get(id);
    return entry == null ? null : entry.session();
  }

  /// What the pages of a session send to show that they are ours; null if there is no such session.
  public @Nullable Secret crossSiteToken(String id) {
    var entry = byId.get(id);
    return entry == null ? null : SessionToken.crossSiteToken(entry.digest());
  }

  /// Makes a new or changed session known.
  public void put(SecretDigest digest, Session session) {
    var before = byId.put(session.id(), new Entry(digest, session));
    if (before != null && !before.digest().equals(digest)) byDigest.remove(before.digest());
    byDigest.put(digest, session);
  }

  public void remove(String id) {
    var entry = byId.remove(id);
    if (entry != null) byDigest.remove(entry.digest());
  }

  /// All of them, as they are while one looks.
  public Collection<Session> all() {
    return byDigest.values();
  }
}

package dev.keyreeve.access.directory;

import dev.keyreeve.access.credential.CommandLineToken;
import dev.keyreeve.access.credential.Credential;
import dev.keyreeve.access.credential.KeyId;
import dev.keyreeve.access.credential.Secret;
import dev.keyreeve.access.subject.Anyone;
import dev.keyreeve.access.subject.CommandLine;
import dev.keyreeve.access.subject.Key;
import dev.keyreeve.access.subject.Session;
import dev.keyreeve.access.subject.Subject;

/// Finds who a request's one credential stands for. The prefix of a token tells where to look.
public final class Credentials {
  private final KeyDirectory keys;
  private final SessionDirectory sessions;
  private final CommandLineToken operator;

  public Credentials(KeyDirectory keys, SessionDirectory sessions, CommandLineToken operator) {
    this.keys = keys;
    this.sessions = sessions;
    this.operator = operator;
  }

  public Lookup lookup(Credential credential, long nowMillis) {
    return switch (credential) {
      case Credential.Absent _ -> new Lookup.Absent();
      case Credential.Unrecognised _ -> new Lookup.Unknown();
      case Credential.Cookie cookie -> sessions.lookup(cookie, nowMillis);
      case Credential.Token(var secret) when CommandLineToken.isOne(secret.reveal()) ->
          operator(secret);
      case Credential.Token(var secret) -> keys.lookup(secret.reveal(), nowMillis);
    };
  }

  private Lookup operator(Secret presented) {
    return operator.matches(presented) ? new Lookup.Known(new CommandLine()) : new Lookup.Unknown();
  }

  /// What this node now knows of a key, as if its newest secret were presented.
  public Lookup ofKey(KeyId id, long nowMillis) {
    var key = keys.find(id);
    var newest = key == null ? null : key.secret();
    return newest == null ? new Lookup.Unknown() : ofKey(id, newest.number(), nowMillis);
  }

  /// What this node now knows of a key, as if its secret of this number were presented.
  public Lookup ofKey(KeyId id, int secret, long nowMillis) {
    var key = keys.find(id);
    return key == null ? new Lookup.Unknown() : keys.current(key, secret, nowMillis);
  }

  /// What this node now knows of a session.
  public Lookup ofSession(String id) {
    var session = sessions.find(id);
    return session == null ? new Lookup.Over() : sessions.current(session);
  }

  /// What this node now knows of a subject that it has admitted before.
  ///
  /// @param number of the credential that proved it, as [ProvedBy#number] counts them
  public Lookup current(Subject admitted, int number, long nowMillis) {
    return switch (admitted) {
      case Key key -> keys.current(key, number, nowMillis);
      case Session session -> sessions.current(session);
      case CommandLine _, Anyone _ -> new Lookup.Known(admitted);
    };
  }
}

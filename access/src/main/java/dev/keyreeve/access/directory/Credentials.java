package dev.keyreeve.access.directory;

import dev.keyreeve.access.credential.Credential;
import dev.keyreeve.access.credential.OperatorToken;
import dev.keyreeve.access.credential.Secret;
import dev.keyreeve.access.subject.Operator;

/// Finds who a request's one credential stands for. The prefix of a token tells where to look.
public final class Credentials {
  private final KeyDirectory directory;
  private final OperatorToken operator;

  public Credentials(KeyDirectory directory, OperatorToken operator) {
    this.directory = directory;
    this.operator = operator;
  }

  public Lookup lookup(Credential credential) {
    return switch (credential) {
      case Credential.Absent _ -> new Lookup.Absent();
      // No session has been opened yet that a cookie could name.
      case Credential.Cookie _, Credential.Unrecognised _ -> new Lookup.Unknown();
      case Credential.Token(var secret) when OperatorToken.isOne(secret.reveal()) ->
          operator(secret);
      case Credential.Token(var secret) -> directory.lookup(secret.reveal());
    };
  }

  private Lookup operator(Secret presented) {
    return operator.matches(presented) ? new Lookup.Known(new Operator()) : new Lookup.Unknown();
  }
}

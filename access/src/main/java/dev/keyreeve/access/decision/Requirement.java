package dev.keyreeve.access.decision;

import dev.keyreeve.access.scope.Role;
import dev.keyreeve.access.scope.Scope;

/// What a procedure asks of its caller. Every procedure has exactly one.
public sealed interface Requirement {
  /// A credential that carries this scope.
  record Holds(Scope scope) implements Requirement {}

  /// A person with at least this role; no key will do.
  record SignedIn(Role role) implements Requirement {}

  /// The command line of whoever runs this server; no key and no person will do.
  record CommandLine() implements Requirement {}

  /// Any caller with a good credential, whatever its scopes.
  record AnyCaller() implements Requirement {}

  /// Something in the input is the authority: an invite's token, a leaked key. No credential is
  /// asked for; the procedure checks what is possessed.
  record Possession(String what) implements Requirement {}

  static Requirement holds(Scope scope) {
    return new Holds(scope);
  }

  static Requirement signedIn(Role role) {
    return new SignedIn(role);
  }

  static Requirement commandLine() {
    return new CommandLine();
  }

  static Requirement anyCaller() {
    return new AnyCaller();
  }

  static Requirement possession(String what) {
    return new Possession(what);
  }
}

package dev.keyreeve.access.subject;

/// Somebody who acts, as that is written down.
///
/// @param id stable, of the person or key; empty for a kind of which there is but one
/// @param name to show: an e-mail address, a key's public beginning
public record Who(Kind kind, String id, String name) {
  public enum Kind {
    PERSON,
    KEY,
    /// The command line of whoever runs the server.
    OPERATOR,
    /// The server itself, as time passes.
    SYSTEM,
    /// Somebody who possessed what the call asked for, such as an invitation.
    ANYONE
  }

  public static final Who SYSTEM = new Who(Kind.SYSTEM, "", "keyreeve");

  static final Who OPERATOR = new Who(Kind.OPERATOR, "", "command line");
  static final Who ANYONE = new Who(Kind.ANYONE, "", "anyone");
}

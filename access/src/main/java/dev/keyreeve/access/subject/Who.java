package dev.keyreeve.access.subject;

/// Somebody who acts, as that is written down.
///
/// @param id stable, of the person or key; empty for a kind of which there is but one
/// @param name to show: an e-mail address, a key's public beginning
public record Who(Kind kind, String id, String name) {
  public enum Kind {
    PERSON("person"),
    KEY("key"),
    /// The command line of whoever runs the server. Records call it the operator.
    COMMAND_LINE("operator"),
    /// The server itself, as time passes.
    SYSTEM("system"),
    /// Somebody who possessed what the call asked for, such as an invitation.
    ANYONE("anyone");

    private final String word;

    Kind(String word) {
      this.word = word;
    }

    /// As it is stored and shown.
    public String word() {
      return word;
    }

    /// @throws IllegalArgumentException if no kind is called so
    public static Kind ofWord(String word) {
      for (var kind : values()) {
        if (kind.word.equals(word)) return kind;
      }
      throw new IllegalArgumentException("nobody who acts is called " + word);
    }
  }

  public static final Who SYSTEM = new Who(Kind.SYSTEM, "", "keyreeve");

  static final Who COMMAND_LINE = new Who(Kind.COMMAND_LINE, "", "command line");
  static final Who ANYONE = new Who(Kind.ANYONE, "", "anyone");
}

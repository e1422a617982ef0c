package dev.keyreeve.access.subject;

/// Something that a subject's access rests on. Once it changes, what was permitted to the subject
/// has to be asked anew.
public record Basis(Kind kind, String id) {
  public enum Kind {
    KEY("key"),
    ORGANISATION("organisation"),
    SESSION("session"),
    /// The memberships of a person.
    MEMBER("member");

    private final String word;

    Kind(String word) {
      this.word = word;
    }

    /// As it is stored.
    public String word() {
      return word;
    }

    /// @throws IllegalArgumentException if no kind is called so
    public static Kind ofWord(String word) {
      for (var kind : values()) {
        if (kind.word.equals(word)) return kind;
      }
      throw new IllegalArgumentException("access rests on nothing that is called " + word);
    }
  }
}

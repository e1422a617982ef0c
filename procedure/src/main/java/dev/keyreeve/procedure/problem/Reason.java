package dev.keyreeve.procedure.problem;

/// Why a call is refused, for programs: one word of the catalogue, such as `invalid_state`.
///
/// @param word lower-case words joined by `_`; stable, clients branch on it
/// @param message one sentence for people, without any value of the request
public record Reason(Code code, String word, String message) {
  public Reason {
    if (!word.matches("[a-z]+(_[a-z]+)*")) {
      throw new IllegalArgumentException("a reason is lower-case words: " + word);
    }
  }
}

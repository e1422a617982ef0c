package dev.keyreeve.platform.event;

import dev.keyreeve.procedure.Actor;
import java.util.regex.Pattern;

/// Who made something happen, in a word that is stored and shown. Those that any service knows are
/// here; a service has words of its own beside them.
///
/// @param word lower-case, such as `clock` or `external_api`
public record Origin(String word) {
  // First, since the words below are checked by it.
  private static final Pattern WORD = Pattern.compile("[a-z][a-z0-9_]{0,31}");

  /// A program, with a key.
  public static final Origin PROGRAM = new Origin("agent");

  /// A signed-in person, or whoever sits at the command line.
  public static final Origin USER = new Origin("user");

  /// The server itself, as time passes.
  public static final Origin CLOCK = new Origin("clock");

  /// Somebody who needs no credential, such as who reports a key that leaked.
  public static final Origin ANYONE = new Origin("anyone");

  public Origin {
    if (!WORD.matcher(word).matches()) {
      throw new IllegalArgumentException("not the word of an origin: " + word);
    }
  }

  /// Who acts, in the words that any service knows.
  public static Origin of(Actor by) {
    return switch (by.kind()) {
      case KEY -> PROGRAM;
      case PERSON, COMMAND_LINE -> USER;
      case SYSTEM -> CLOCK;
      case ANYONE -> ANYONE;
    };
  }
}

package dev.keyreeve.directdebit.watch.alert;

import dev.keyreeve.procedure.Actor;

/// What kind of caller wrote a note.
enum NoteAuthor {
  PERSON,
  KEY,
  /// The command line of whoever runs the server.
  OPERATOR;

  static NoteAuthor of(Actor actor) {
    return switch (actor.kind()) {
      case PERSON -> PERSON;
      case KEY -> KEY;
      case COMMAND_LINE -> OPERATOR;
      case SYSTEM, ANYONE -> throw new IllegalArgumentException("writes no notes: " + actor.kind());
    };
  }
}

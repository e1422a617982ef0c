package dev.keyreeve.directdebit.watch.alert;

/// What somebody did when they wrote a note.
enum NoteAction {
  /// Nothing else.
  NOTE,
  ACKNOWLEDGE,
  DISMISS,
  REOPEN
}

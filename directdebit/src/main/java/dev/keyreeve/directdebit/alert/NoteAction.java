package dev.keyreeve.directdebit.alert;

/// What somebody did when they wrote a note.
enum NoteAction {
  /// Nothing else.
  NOTE,
  ACKNOWLEDGE,
  DISMISS,
  REOPEN
}

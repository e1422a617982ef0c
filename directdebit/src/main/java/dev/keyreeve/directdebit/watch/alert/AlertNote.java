package dev.keyreeve.directdebit.watch.alert;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What somebody did about an alert, or wrote of it.
///
/// @param words theirs, if they wrote any
/// @param by who: an e-mail address, or a key's public beginning
record AlertNote(
    NoteAction action, @Nullable String words, NoteAuthor byKind, String by, Instant writtenAt) {}

/// Every call, appended to a mapped file before its answer leaves, and read from there in batches.
///
/// Start with [dev.keyreeve.identity.journal.Journal], which is written to, and
/// [dev.keyreeve.identity.journal.Drain], which merges what was written into the database.
@NullMarked
package dev.keyreeve.identity.journal;

import org.jspecify.annotations.NullMarked;

/// Every call, appended to a mapped file before its answer leaves, and read from there in batches.
///
/// Start with [dev.keyreeve.platform.journal.Journal], which is written to, and
/// [dev.keyreeve.platform.journal.Drain], which merges what was written into the database.
@NullMarked
package dev.keyreeve.platform.journal;

import org.jspecify.annotations.NullMarked;

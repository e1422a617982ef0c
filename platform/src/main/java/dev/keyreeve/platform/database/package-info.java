/// The one PostgreSQL that holds the truth: its connections and its migrations.
///
/// Start with [dev.keyreeve.platform.database.Database].
@NullMarked
package dev.keyreeve.platform.database;

import org.jspecify.annotations.NullMarked;

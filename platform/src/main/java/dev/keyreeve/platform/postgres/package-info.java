/// The default database: a real PostgreSQL that the server unpacks, starts and stops by itself. It
/// keeps its files in the data directory, is durable, and listens on the loopback address alone.
/// Open `EmbeddedPostgres` first.
@NullMarked
package dev.keyreeve.platform.postgres;

import org.jspecify.annotations.NullMarked;

/// How often a caller may call: fixed windows, counted in flat arrays without a lock.
///
/// Start with [dev.keyreeve.access.limit.Meter].
@NullMarked
package dev.keyreeve.access.limit;

import org.jspecify.annotations.NullMarked;

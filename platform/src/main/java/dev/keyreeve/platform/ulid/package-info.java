/// Ids that sort by the time they were made.
///
/// There is only [dev.keyreeve.platform.ulid.Ulid].
@NullMarked
package dev.keyreeve.platform.ulid;

import org.jspecify.annotations.NullMarked;

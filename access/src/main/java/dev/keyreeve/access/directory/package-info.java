/// What this node knows of all keys, so that no call waits for storage.
///
/// Start with [dev.keyreeve.access.directory.KeyDirectory].
@NullMarked
package dev.keyreeve.access.directory;

import org.jspecify.annotations.NullMarked;

/// API keys as operators see them: issued, deactivated, activated, revoked; and the feed that
/// brings every change to this node's directory.
///
/// Start with [dev.keyreeve.platform.key.KeyProcedures]; [dev.keyreeve.platform.key.AccessFeed]
/// carries the changes.
@NullMarked
package dev.keyreeve.platform.key;

import org.jspecify.annotations.NullMarked;

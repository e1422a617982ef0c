/// API keys as operators see them: issued, changed, renewed, revoked, and reported as leaked.
///
/// Start with [dev.keyreeve.platform.key.KeyProcedures]; [dev.keyreeve.platform.key.Keys] carries
/// them out, and [dev.keyreeve.platform.key.KeyRules] says what may be asked.
@NullMarked
package dev.keyreeve.platform.key;

import org.jspecify.annotations.NullMarked;

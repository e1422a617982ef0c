/// API keys as operators see them: issued, changed, renewed, revoked, and reported as leaked.
///
/// Start with [dev.keyreeve.identity.key.KeyProcedures]; [dev.keyreeve.identity.key.Keys] carries
/// them out, and [dev.keyreeve.identity.key.KeyRules] says what may be asked.
@NullMarked
package dev.keyreeve.identity.key;

import org.jspecify.annotations.NullMarked;

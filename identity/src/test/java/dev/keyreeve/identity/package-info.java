/// What tests of identity, of services and of the server stand on.
///
/// Start with [dev.keyreeve.identity.TestIdentity].
@NullMarked
package dev.keyreeve.identity;

import org.jspecify.annotations.NullMarked;

/// Where transactions begin: inside one workspace, as a role that sees no other.
///
/// Start with [dev.keyreeve.platform.tenancy.Tenancy]; features get a
/// [dev.keyreeve.platform.tenancy.Tx] and know neither transactions nor repeated calls.
@NullMarked
package dev.keyreeve.platform.tenancy;

import org.jspecify.annotations.NullMarked;

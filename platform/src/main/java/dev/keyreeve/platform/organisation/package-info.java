/// Customers, their plans and their workspaces.
///
/// Start with [dev.keyreeve.platform.organisation.Organisations].
@NullMarked
package dev.keyreeve.platform.organisation;

import org.jspecify.annotations.NullMarked;

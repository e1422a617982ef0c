/// Customers, their plans and their workspaces.
///
/// Start with [dev.keyreeve.identity.organisation.Organisations].
@NullMarked
package dev.keyreeve.identity.organisation;

import org.jspecify.annotations.NullMarked;

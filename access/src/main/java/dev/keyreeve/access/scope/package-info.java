/// What a caller may do: scopes, the catalogue of an API's scopes, and the scopes that stand for
/// others.
///
/// Start with [dev.keyreeve.access.scope.ScopeCatalogue]: it is the only place where a scope is
/// expanded. [dev.keyreeve.access.scope.ScopeCatalogues] are those of a whole server.
@NullMarked
package dev.keyreeve.access.scope;

import org.jspecify.annotations.NullMarked;

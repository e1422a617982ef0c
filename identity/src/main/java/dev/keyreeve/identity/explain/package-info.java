/// Why a decision was what it was, and what it would be now: every rule with what it saw.
///
/// Start with [dev.keyreeve.identity.explain.Explainer].
@NullMarked
package dev.keyreeve.identity.explain;

import org.jspecify.annotations.NullMarked;

/// Why a decision was what it was, and what it would be now: every rule with what it saw.
///
/// Start with [dev.keyreeve.platform.explain.Explainer].
@NullMarked
package dev.keyreeve.platform.explain;

import org.jspecify.annotations.NullMarked;

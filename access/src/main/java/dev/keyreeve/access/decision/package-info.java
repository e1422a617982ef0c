/// May this subject make this call now? The one place where access is decided.
///
/// Start with [dev.keyreeve.access.decision.AccessCheck]; its answers are
/// [dev.keyreeve.access.decision.Decision]s.
@NullMarked
package dev.keyreeve.access.decision;

import org.jspecify.annotations.NullMarked;

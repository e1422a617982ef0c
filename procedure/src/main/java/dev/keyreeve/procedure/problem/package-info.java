/// Everything that can be wrong with a call, in one catalogue that all protocols render.
///
/// Start with [dev.keyreeve.procedure.problem.Problem].
@NullMarked
package dev.keyreeve.procedure.problem;

import org.jspecify.annotations.NullMarked;

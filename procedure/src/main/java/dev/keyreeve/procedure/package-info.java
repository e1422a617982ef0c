/// Procedures: one callable thing each, declared once with everything that protocols, checks and
/// documents need to know of it.
///
/// Start with [dev.keyreeve.procedure.Procedure]; an [dev.keyreeve.procedure.Api] is a named set of
/// them, and [dev.keyreeve.procedure.Calls] carries one call out.
@NullMarked
package dev.keyreeve.procedure;

import org.jspecify.annotations.NullMarked;

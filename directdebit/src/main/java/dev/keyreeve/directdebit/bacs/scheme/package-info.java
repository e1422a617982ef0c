/// What schemes report of instructions, debits and claims, and the reasons that they give.
///
/// Start with [dev.keyreeve.directdebit.bacs.scheme.SchemeEvent].
@NullMarked
package dev.keyreeve.directdebit.bacs.scheme;

import org.jspecify.annotations.NullMarked;

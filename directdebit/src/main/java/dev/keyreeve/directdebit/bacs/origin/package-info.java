/// Who makes something happen in direct debit.
///
/// Start with [dev.keyreeve.directdebit.bacs.origin.Origin].
@NullMarked
package dev.keyreeve.directdebit.bacs.origin;

import org.jspecify.annotations.NullMarked;

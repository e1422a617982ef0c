/// Who makes something happen in direct debit.
///
/// Start with [dev.keyreeve.directdebit.origin.Origin].
@NullMarked
package dev.keyreeve.directdebit.origin;

import org.jspecify.annotations.NullMarked;

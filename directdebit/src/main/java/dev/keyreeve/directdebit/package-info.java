/// Direct debit for letting agents: mandates, what is collected under them, and the ways to the
/// banks.
///
/// Start with [dev.keyreeve.directdebit.DirectDebit], the service as a whole.
@NullMarked
package dev.keyreeve.directdebit;

import org.jspecify.annotations.NullMarked;

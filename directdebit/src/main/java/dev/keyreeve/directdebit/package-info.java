/// Direct debit for letting agents: mandates today; collections, claims and reports to come.
///
/// Start with [dev.keyreeve.directdebit.DirectDebit], the service as a whole.
@NullMarked
package dev.keyreeve.directdebit;

import org.jspecify.annotations.NullMarked;

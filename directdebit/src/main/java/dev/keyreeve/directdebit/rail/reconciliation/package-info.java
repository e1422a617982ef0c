/// What banks report: read once, matched to the mandate or debit that is meant, and applied; what
/// is unclear waits for a person. Open
/// [Imports][dev.keyreeve.directdebit.rail.reconciliation.Imports] first.
@NullMarked
package dev.keyreeve.directdebit.rail.reconciliation;

import org.jspecify.annotations.NullMarked;

/// Reports: what became of collections, what payers claimed back and how mandates came and went,
/// counted in SQL and told with numerator, denominator and rate. Open
/// [ReportProcedures][dev.keyreeve.directdebit.watch.reporting.ReportProcedures] first; the rules
/// are in [SuccessRates][dev.keyreeve.directdebit.watch.reporting.SuccessRates],
/// [ClawbackRates][dev.keyreeve.directdebit.watch.reporting.ClawbackRates] and
/// [Balance][dev.keyreeve.directdebit.watch.reporting.Balance].
@NullMarked
package dev.keyreeve.directdebit.watch.reporting;

import org.jspecify.annotations.NullMarked;

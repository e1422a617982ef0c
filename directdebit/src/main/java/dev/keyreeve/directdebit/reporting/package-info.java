/// Reports: what became of collections, what payers claimed back and how mandates came and went,
/// counted in SQL and told with numerator, denominator and rate. Open
/// [ReportProcedures][dev.keyreeve.directdebit.reporting.ReportProcedures] first; the rules are in
/// [SuccessRates][dev.keyreeve.directdebit.reporting.SuccessRates],
/// [ClawbackRates][dev.keyreeve.directdebit.reporting.ClawbackRates] and
/// [Balance][dev.keyreeve.directdebit.reporting.Balance].
@NullMarked
package dev.keyreeve.directdebit.reporting;

import org.jspecify.annotations.NullMarked;

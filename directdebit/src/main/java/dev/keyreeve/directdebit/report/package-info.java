/// The reports in which banks tell a collector what became of its submissions: ARUDD, AUDDIS,
/// ADDACS, DDICA and the input report, as XML, read and written. Each says what it means as
/// [Advice][dev.keyreeve.directdebit.report.Advice]. Open
/// [Report][dev.keyreeve.directdebit.report.Report] first.
@NullMarked
package dev.keyreeve.directdebit.report;

import org.jspecify.annotations.NullMarked;

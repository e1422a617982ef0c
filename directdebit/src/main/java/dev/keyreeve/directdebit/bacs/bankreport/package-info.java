/// The reports in which banks tell a collector what became of its submissions: ARUDD, AUDDIS,
/// ADDACS, DDICA and the input report, as XML, read and written. Each says what it means as
/// [Advice][dev.keyreeve.directdebit.bacs.bankreport.Advice]. Open
/// [Report][dev.keyreeve.directdebit.bacs.bankreport.Report] first.
@NullMarked
package dev.keyreeve.directdebit.bacs.bankreport;

import org.jspecify.annotations.NullMarked;

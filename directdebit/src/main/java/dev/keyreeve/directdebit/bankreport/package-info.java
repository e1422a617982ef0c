/// The reports in which banks tell a collector what became of its submissions: ARUDD, AUDDIS,
/// ADDACS, DDICA and the input report, as XML, read and written. Each says what it means as
/// [Advice][dev.keyreeve.directdebit.bankreport.Advice]. Open
/// [Report][dev.keyreeve.directdebit.bankreport.Report] first.
@NullMarked
package dev.keyreeve.directdebit.bankreport;

import org.jspecify.annotations.NullMarked;

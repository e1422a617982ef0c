/// The plan of debits that a mandate carries: which days, which amounts. Everything here is
/// arithmetic; rows and the calendar of banks are others' business. Open
/// [ScheduleDraft][dev.keyreeve.directdebit.mandate.schedule.ScheduleDraft] first.
@NullMarked
package dev.keyreeve.directdebit.mandate.schedule;

import org.jspecify.annotations.NullMarked;

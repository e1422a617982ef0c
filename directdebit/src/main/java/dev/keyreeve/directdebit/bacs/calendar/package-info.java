/// The days on which Bacs processes, and what follows from them: the three-day cycle, the cut-off
/// of submissions and the days of advance notice. Everything here is arithmetic; whoever asks
/// brings the time. Open [BacsCalendar][dev.keyreeve.directdebit.bacs.calendar.BacsCalendar] first.
@NullMarked
package dev.keyreeve.directdebit.bacs.calendar;

import org.jspecify.annotations.NullMarked;

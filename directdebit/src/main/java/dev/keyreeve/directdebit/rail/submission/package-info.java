/// What is sent to schemes: the run that seals what is due, and each submission's way until the
/// scheme has answered. Open [Run][dev.keyreeve.directdebit.rail.submission.Run] first.
@NullMarked
package dev.keyreeve.directdebit.rail.submission;

import org.jspecify.annotations.NullMarked;

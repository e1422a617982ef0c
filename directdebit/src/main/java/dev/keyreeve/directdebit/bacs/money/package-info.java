/// Money in whole pence, never in fractions of a pound.
/// [Pence][dev.keyreeve.directdebit.bacs.money.Pence] is all there is.
@NullMarked
package dev.keyreeve.directdebit.bacs.money;

import org.jspecify.annotations.NullMarked;

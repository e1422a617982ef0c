/// Money in whole pence, never in fractions of a pound.
/// [Pence][dev.keyreeve.directdebit.money.Pence] is all there is.
@NullMarked
package dev.keyreeve.directdebit.money;

import org.jspecify.annotations.NullMarked;

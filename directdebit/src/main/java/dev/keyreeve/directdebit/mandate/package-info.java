/// Mandates: a payer's leave to be debited, from the invite to the end, and the moves that are
/// legal on the way. What a state cannot do, its type does not offer; what a caller or a scheme
/// asks for at run time gets an answer. Open
/// [MandateState][dev.keyreeve.directdebit.mandate.MandateState] first.
@NullMarked
package dev.keyreeve.directdebit.mandate;

import org.jspecify.annotations.NullMarked;

/// Instructions to payers' banks, from the queue that what becomes of a mandate puts them into to
/// the bank's answer. Open
/// [Instructions][dev.keyreeve.directdebit.mandate.instruction.Instructions] first.
@NullMarked
package dev.keyreeve.directdebit.mandate.instruction;

import org.jspecify.annotations.NullMarked;

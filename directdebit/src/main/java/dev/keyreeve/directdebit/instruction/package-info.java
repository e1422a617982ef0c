/// Instructions to payers' banks on their way: queued by what becomes of a mandate, and taken by
/// the run that submits them. Open
/// [Instructions][dev.keyreeve.directdebit.instruction.Instructions] first.
@NullMarked
package dev.keyreeve.directdebit.instruction;

import org.jspecify.annotations.NullMarked;

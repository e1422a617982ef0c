/// Tables that operators supply as text files, such as the weights of the modulus check. They are
/// read whole or not at all, and every faulty line is named at once. Open
/// [TableFile][dev.keyreeve.directdebit.bacs.table.TableFile] first.
@NullMarked
package dev.keyreeve.directdebit.bacs.table;

import org.jspecify.annotations.NullMarked;

/// Standard 18, the file in which a collector submits debits and instructions to Bacs: lines of
/// fixed width that prove their own totals. Open
/// [Standard18File][dev.keyreeve.directdebit.bacs.standard18.Standard18File] first.
@NullMarked
package dev.keyreeve.directdebit.bacs.standard18;

import org.jspecify.annotations.NullMarked;

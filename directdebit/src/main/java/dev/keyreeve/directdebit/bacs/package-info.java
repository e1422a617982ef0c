/// The words that the files and reports of Bacs have in common: service users, transaction codes,
/// names in its characters, and what comes of reading something that others wrote. Open
/// [BacsAccount][dev.keyreeve.directdebit.bacs.BacsAccount] first.
@NullMarked
package dev.keyreeve.directdebit.bacs;

import org.jspecify.annotations.NullMarked;

/// Submissions as Standard 18 files. Open
/// [BacsFiles][dev.keyreeve.directdebit.rail.bacsfile.BacsFiles] first.
@NullMarked
package dev.keyreeve.directdebit.rail.bacsfile;

import org.jspecify.annotations.NullMarked;

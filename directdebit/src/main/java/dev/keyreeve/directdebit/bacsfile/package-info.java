/// Submissions as Standard 18 files. Open [BacsFiles][dev.keyreeve.directdebit.bacsfile.BacsFiles]
/// first.
@NullMarked
package dev.keyreeve.directdebit.bacsfile;

import org.jspecify.annotations.NullMarked;

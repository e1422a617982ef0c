/// Mandates by the file: a CSV whose columns are the fields of `mandates.create`, each row of which
/// becomes a mandate or says why it does not. Open
/// [MandateImports][dev.keyreeve.directdebit.mandate.mandateimport.MandateImports] first.
@NullMarked
package dev.keyreeve.directdebit.mandate.mandateimport;

import org.jspecify.annotations.NullMarked;

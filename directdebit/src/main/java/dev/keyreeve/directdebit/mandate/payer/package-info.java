/// The people who pay.
///
/// Start with [dev.keyreeve.directdebit.mandate.payer.PayerRows].
@NullMarked
package dev.keyreeve.directdebit.mandate.payer;

import org.jspecify.annotations.NullMarked;

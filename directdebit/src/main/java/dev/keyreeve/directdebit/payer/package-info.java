/// The people who pay.
///
/// Start with [dev.keyreeve.directdebit.payer.PayerRows].
@NullMarked
package dev.keyreeve.directdebit.payer;

import org.jspecify.annotations.NullMarked;

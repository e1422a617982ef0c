/// UK bank accounts: sort codes, account numbers, and the modulus check that finds mistyped ones.
/// Account numbers print as their last four digits and are handed out only where asked for by name.
/// Open [BankDetails][dev.keyreeve.directdebit.bacs.bankaccount.BankDetails] first.
@NullMarked
package dev.keyreeve.directdebit.bacs.bankaccount;

import org.jspecify.annotations.NullMarked;

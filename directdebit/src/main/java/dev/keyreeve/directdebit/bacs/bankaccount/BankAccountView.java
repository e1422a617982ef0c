package dev.keyreeve.directdebit.bacs.bankaccount;

/// A bank account as people may see it.
public record BankAccountView(String last4, String accountHolderName, ModulusResult modulus) {}

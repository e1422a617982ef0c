package dev.keyreeve.directdebit.mandate;

import org.jspecify.annotations.Nullable;

/// The payer of a mandate.
record PayerView(String id, @Nullable String externalRef, String name, @Nullable String email) {}

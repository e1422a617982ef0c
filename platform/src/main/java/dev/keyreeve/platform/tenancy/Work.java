package dev.keyreeve.platform.tenancy;

import dev.keyreeve.procedure.Outcome;

/// What a feature does inside a transaction.
public interface Work<I, O> {
  Outcome<O> in(Tx tx, I input);
}

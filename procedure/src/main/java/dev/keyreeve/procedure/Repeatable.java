package dev.keyreeve.procedure;

import org.jspecify.annotations.Nullable;

/// An input that may name itself, so that sending it twice does its work once.
public interface Repeatable {
  /// 1 to 128 characters of the caller's choosing, or null if the call is not to be recognised.
  @Nullable String idempotencyKey();
}

package dev.keyreeve.platform.postgres;

import org.jspecify.annotations.Nullable;

/// The embedded PostgreSQL cannot be started. The message is for the person who starts the server:
/// what failed and, where PostgreSQL itself refused, where its log is and how it ends.
public final class PostgresStartException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  PostgresStartException(String message) {
    this(message, null);
  }

  PostgresStartException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}

package dev.keyreeve.platform.database;

import dev.keyreeve.procedure.Unavailable;
import java.sql.SQLException;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Tells a database that cannot be used at the moment from a mistake of ours.
public final class Outage {
  /// Classes of SQLSTATE: connection failures, want of resources, an operator's intervention (a
  /// shutdown, a statement that took too long), failures of the system itself.
  private static final Set<String> CLASSES = Set.of("08", "53", "57", "58");

  private static final String LOCK_NOT_AVAILABLE = "55P03";

  private Outage() {}

  /// Does the work of a transaction that is not committed yet.
  ///
  /// @throws Unavailable if the database failed it: nothing was done
  public static <T> T guard(Supplier<T> work) {
    try {
      return work.get();
    } catch (RuntimeException failure) {
      throw isOutage(stateOf(failure)) ? new Unavailable("the database", failure) : failure;
    }
  }

  /// Whether a lock could not be had in time.
  public static boolean isLockTimeout(RuntimeException failure) {
    return LOCK_NOT_AVAILABLE.equals(stateOf(failure));
  }

  private static boolean isOutage(@Nullable String state) {
    return state != null
        && (state.equals(LOCK_NOT_AVAILABLE)
            || (state.length() == 5 && CLASSES.contains(state.substring(0, 2))));
  }

  private static @Nullable String stateOf(Throwable failure) {
    for (Throwable at = failure; at != null; at = at.getCause()) {
      if (at instanceof SQLException sql) return sql.getSQLState();
    }
    return null;
  }
}

package dev.keyreeve.platform.tenancy;

import java.time.Instant;
import org.jdbi.v3.core.Handle;

/// What the clock of a workspace shows. A sandbox has a clock of its own, which is ahead of the
/// server's.
@FunctionalInterface
public interface WorkspaceClock {

  /// The server's clock, everywhere.
  WorkspaceClock SERVERS = (_, _, now) -> now;

  /// Read in the transaction that it is for, as that transaction's role.
  ///
  /// @param now what the server's clock shows
  Instant at(Handle handle, String workspace, Instant now);
}

package dev.keyreeve.platform.service;

import java.time.Instant;
import org.jdbi.v3.core.Handle;

/// Is told of each workspace that is opened, in the transaction that opens it.
@FunctionalInterface
public interface WorkspaceOpening {
  /// @param handle the transaction, as the owner of the schema; what is done to the workspace is
  ///   the last of it
  void opened(Handle handle, OpenedWorkspace workspace, Instant now);
}

package dev.keyreeve.platform.tenancy;

import dev.keyreeve.procedure.Actor;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// A transaction of the server itself that works in several workspaces, one at a time, and writes
/// what is nobody's alone, such as a file that carries the debits of many.
public final class Across {
  private final Handle handle;
  private final Actor by;
  private final Instant now;
  // In the order of their ids, which is the order in which they are locked.
  private final Map<String, Tx> workspaces = new TreeMap<>();
  private @Nullable String current;

  Across(Handle handle, Actor by, Instant now) {
    this.handle = handle;
    this.by = by;
    this.now = now;
  }

  /// Does something in one workspace as the last part of a transaction that no tenant's call began,
  /// such as a change of access. What it does is the server's own work.
  public static void lastIn(Handle handle, String workspace, Instant now, Consumer<Tx> work) {
    RowSight.turnTo(handle, workspace);
    var tx = new Tx(handle, workspace, Actor.SYSTEM, now);
    work.accept(tx);
    EventLog.append(tx);
  }

  /// For what belongs to no workspace. Rows of workspaces are out of its sight.
  public Handle handle() {
    return handle;
  }

  public Instant now() {
    return now;
  }

  /// Does something in a workspace, whose rows alone are seen meanwhile.
  ///
  /// @throws IllegalStateException inside another workspace
  public <T> T in(String workspace, Function<Tx, T> work) {
    if (current != null) throw new IllegalStateException("already in " + current);

    current = workspace;
    RowSight.turnTo(handle, workspace);
    try {
      return work.apply(workspaces.computeIfAbsent(workspace, id -> new Tx(handle, id, by, now)));
    } finally {
      current = null;
    }
  }

  /// Ends the work with the events of all workspaces.
  void tell() {
    workspaces.forEach(
        (workspace, tx) -> {
          RowSight.turnTo(handle, workspace);
          EventLog.append(tx);
        });
  }
}

package dev.keyreeve.platform.tenancy;

import org.jdbi.v3.core.Handle;

/// Which rows a transaction of the server itself sees where row-level security binds even the
/// owner.
public final class RowSight {
  private RowSight() {}

  /// Those of one workspace, from here on; the role stays what it is.
  public static void turnTo(Handle handle, String workspace) {
    handle
        .createQuery("select set_config('keyreeve.workspace', :workspace, true)")
        .bind("workspace", workspace)
        .mapTo(String.class)
        .one();
  }
}

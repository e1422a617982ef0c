package dev.keyreeve.platform.service;

import dev.keyreeve.access.credential.Environment;
import dev.keyreeve.platform.tenancy.Across;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells every service of every workspace, once, in a transaction that remembers it.
///
/// Whoever opens a workspace has services told in the same transaction. What nobody told them of is
/// found by [#catchUp]: workspaces that are older than a service, and those that a node opened
/// which did not have the service yet.
public final class WorkspaceOpenings implements WorkspaceOpening {
  private static final Logger log = LoggerFactory.getLogger(WorkspaceOpenings.class);

  private final Jdbi jdbi;
  // In the order of brands, which is the order in which they are told.
  private final Map<String, Service> services;

  /// @param services by their brands
  public WorkspaceOpenings(Jdbi jdbi, Map<String, ? extends Service> services) {
    this.jdbi = jdbi;
    this.services = new TreeMap<>(services);
  }

  @Override
  public void opened(Handle handle, OpenedWorkspace workspace, Instant now) {
    services.forEach((brand, service) -> tell(handle, brand, service, workspace, now));
  }

  /// Tells each service of the workspaces that it was never told of. One that it cannot be told of
  /// now keeps it from no other, and is told at the next time.
  public void catchUp(Instant now) {
    services.forEach(
        (brand, service) ->
            untold(brand).forEach(workspace -> catchUp(brand, service, workspace, now)));
  }

  private void catchUp(String brand, Service service, OpenedWorkspace workspace, Instant now) {
    try {
      jdbi.useTransaction(handle -> tell(handle, brand, service, workspace, now));
    } catch (RuntimeException failure) {
      log.error("{} cannot be told of the workspace {}", brand, workspace.id(), failure);
    }
  }

  private List<OpenedWorkspace> untold(String brand) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select w.id, w.environment
                    from workspace w
                    where not exists (
                      select from workspace_opening o
                      where o.workspace_id = w.id and o.brand = :brand)
                    order by w.created_at, w.id
                    """)
                .bind("brand", brand)
                .map(
                    (row, _) ->
                        new OpenedWorkspace(
                            row.getString("id"), Environment.parse(row.getString("environment"))))
                .list());
  }

  /// Of two that tell at the same time, one waits for the other's row, and then has nothing to do.
  private static void tell(
      Handle handle, String brand, Service service, OpenedWorkspace workspace, Instant now) {
    int first =
        handle
            .createUpdate(
                """
                insert into workspace_opening (workspace_id, brand, told_at)
                values (:workspace, :brand, :now)
                on conflict do nothing
                """)
            .bind("workspace", workspace.id())
            .bind("brand", brand)
            .bind("now", now)
            .execute();
    if (first == 0) return;

    Across.lastIn(handle, workspace.id(), now, tx -> service.opened(tx, workspace));
  }
}

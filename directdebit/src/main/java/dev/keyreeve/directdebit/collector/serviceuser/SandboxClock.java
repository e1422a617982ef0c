package dev.keyreeve.directdebit.collector.serviceuser;

import dev.keyreeve.platform.tenancy.WorkspaceClock;
import java.time.Instant;
import org.jdbi.v3.core.Handle;

/// The time in workspaces: that of their sandbox bank, which can be moved on and never goes back,
/// or the server's.
public final class SandboxClock implements WorkspaceClock {

  @Override
  public Instant at(Handle handle, String workspace, Instant now) {
    return handle
        .createQuery(
            """
            select clock_of(s.stands_at, s.stands_since, s.frozen, :now) as at
            from collector c
            join service_user s on s.id = c.service_user_id
            where c.workspace_id = :workspace
            """)
        .bind("workspace", workspace)
        .bind("now", now)
        .mapTo(Instant.class)
        .findOne()
        .orElse(now);
  }
}

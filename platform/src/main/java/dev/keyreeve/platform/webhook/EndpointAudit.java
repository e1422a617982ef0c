package dev.keyreeve.platform.webhook;

import dev.keyreeve.platform.audit.AuditEntry;
import dev.keyreeve.platform.audit.AuditLog;
import dev.keyreeve.platform.audit.Target;
import dev.keyreeve.procedure.Actor;
import java.time.Instant;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/// Writes changes of endpoints to the audit chain of their organisation, in the transaction of the
/// change and before any event of it: the chain is locked before the log of events.
final class EndpointAudit {
  private EndpointAudit() {}

  static void record(
      Handle handle,
      Actor actor,
      Instant now,
      String workspace,
      String endpoint,
      String action,
      Map<String, Object> details) {
    var organisation =
        handle
            .createQuery("select organisation_id from workspace where id = :workspace")
            .bind("workspace", workspace)
            .mapTo(String.class)
            .one();
    var target = new Target("webhook_endpoint", endpoint);
    AuditLog.append(handle, new AuditEntry(organisation, now, actor, action, target, details));
  }
}

package dev.keyreeve.platform.audit;

import java.time.Instant;
import java.util.Map;

/// One change, to be told later.
///
/// @param chain id of the organisation whose chain it joins, or [AuditLog#SERVER]
/// @param action what was done, such as `key.revoked`
/// @param details further facts, such as what was there before; no secret is ever one
public record AuditEntry(
    String chain,
    Instant at,
    Actor actor,
    String action,
    Target target,
    Map<String, Object> details) {
  public AuditEntry {
    details = Map.copyOf(details);
  }
}

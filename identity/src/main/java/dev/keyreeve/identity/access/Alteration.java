package dev.keyreeve.identity.access;

import dev.keyreeve.access.subject.Basis;
import dev.keyreeve.platform.audit.AuditEntry;
import dev.keyreeve.platform.audit.AuditLog;
import dev.keyreeve.platform.audit.Target;
import dev.keyreeve.procedure.Actor;
import dev.keyreeve.procedure.Outcome;
import dev.keyreeve.procedure.Unavailable;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;

/// A change of access in the making: its transaction, and what the door must know of it.
public final class Alteration {
  /// The work of a change. If it is refused, nothing changes.
  @FunctionalInterface
  public interface Work<T> {
    Outcome<T> in(Alteration alteration);
  }

  private final Handle handle;
  private final Actor actor;
  private final Instant now;
  private final Set<Basis> touched = new LinkedHashSet<>();
  private boolean recorded;

  Alteration(Handle handle, Actor actor, Instant now) {
    this.handle = handle;
    this.actor = actor;
    this.now = now;
  }

  public Handle handle() {
    return handle;
  }

  public Actor actor() {
    return actor;
  }

  public Instant now() {
    return now;
  }

  /// Has every node read this again.
  public void touches(Basis.Kind kind, String id) {
    touched.add(new Basis(kind, id));
  }

  /// Writes an audit entry.
  ///
  /// @param organisation id of the organisation whose chain it joins, or [AuditLog#SERVER]
  /// @throws Unavailable if the entry cannot be written: then the change is not made either
  public void records(
      String organisation, String action, Target target, Map<String, Object> details) {
    try {
      AuditLog.append(handle, new AuditEntry(organisation, now, actor, action, target, details));
    } catch (JdbiException failure) {
      throw new Unavailable("the audit log", failure);
    }
    recorded = true;
  }

  Set<Basis> touched() {
    if (!touched.isEmpty() && !recorded) {
      throw new IllegalStateException("a change of access without an audit entry");
    }
    return touched;
  }
}

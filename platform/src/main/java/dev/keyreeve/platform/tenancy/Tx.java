package dev.keyreeve.platform.tenancy;

import dev.keyreeve.platform.event.Event;
import dev.keyreeve.procedure.Outcome;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.Update;

/// A transaction inside one workspace. Its statements find the workspace bound as `:workspace` and
/// the instant of the call as `:now`.
public final class Tx {
  private final Handle handle;
  private final String workspace;
  private final Instant now;
  private final List<Event> events = new ArrayList<>();
  private int savepoints;

  Tx(Handle handle, String workspace, Instant now) {
    this.handle = handle;
    this.workspace = workspace;
    this.now = now;
  }

  public String workspace() {
    return workspace;
  }

  public Instant now() {
    return now;
  }

  public Query query(String sql) {
    return handle.createQuery(sql).bind("workspace", workspace).bind("now", now);
  }

  public Update update(String sql) {
    return handle.createUpdate(sql).bind("workspace", workspace).bind("now", now);
  }

  /// Tells of something when, and only when, the transaction commits.
  public void emit(Event event) {
    events.add(event);
  }

  /// Carries out some work, and leaves no trace of it, events included, if it is refused.
  public <T> Outcome<T> attempt(Supplier<Outcome<T>> work) {
    var savepoint = "attempt_" + savepoints++;
    int told = events.size();
    handle.savepoint(savepoint);
    var outcome = work.get();
    if (outcome instanceof Outcome.Refused) {
      handle.rollbackToSavepoint(savepoint);
      events.subList(told, events.size()).clear();
    }
    return outcome;
  }

  List<Event> events() {
    return events;
  }
}

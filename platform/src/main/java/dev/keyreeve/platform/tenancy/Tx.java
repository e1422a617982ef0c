package dev.keyreeve.platform.tenancy;

import dev.keyreeve.platform.event.Event;
import dev.keyreeve.procedure.Actor;
import dev.keyreeve.procedure.Outcome;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.Update;
import org.jspecify.annotations.Nullable;

/// A transaction inside one workspace. Its statements find the workspace bound as `:workspace` and
/// the instant of the call as `:now`.
public final class Tx {
  /// How many items one statement takes at most.
  private static final int AT_ONCE = 2_000;

  private final Handle handle;
  private final String workspace;
  private final Actor by;
  private final Instant now;
  private final List<Told> events = new ArrayList<>();
  private int savepoints;

  Tx(Handle handle, String workspace, Actor by, Instant now) {
    this.handle = handle;
    this.workspace = workspace;
    this.by = by;
    this.now = now;
  }

  public String workspace() {
    return workspace;
  }

  /// Who does what is done here: the caller, or the server itself as time passes.
  public Actor by() {
    return by;
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

  /// Does one statement for each of many items, all of them sent together.
  ///
  /// @return how many rows that changed
  public <T> int batch(
      String sql, Collection<? extends T> items, BiConsumer<PreparedBatch, T> binding) {
    if (items.isEmpty()) return 0;

    try (var batch = handle.prepareBatch(sql)) {
      for (var item : items) {
        batch.bind("workspace", workspace).bind("now", now);
        binding.accept(batch, item);
        batch.add();
      }
      return IntStream.of(batch.execute()).sum();
    }
  }

  /// Does one statement for all of many items, whose columns it takes as arrays.
  ///
  /// @return how many rows that changed
  public <T> int bulk(String sql, Collection<? extends T> items, BiConsumer<Columns, T> binding) {
    int changed = 0;
    var rest = items.iterator();
    while (rest.hasNext()) {
      var columns = new Columns();
      for (int i = 0; i < AT_ONCE && rest.hasNext(); i++) binding.accept(columns, rest.next());
      changed += columns.to(update(sql)).execute();
    }
    return changed;
  }

  /// Tells of something when, and only when, the transaction commits.
  public void emit(Event event) {
    events.add(new Told(event, null));
  }

  /// Tells of something that another event of this transaction, told before, has brought about.
  public void emit(Event event, @Nullable Event parent) {
    events.add(new Told(event, parent));
  }

  /// @param parent one that stands before it in the list
  record Told(Event event, @Nullable Event parent) {}

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

  List<Told> events() {
    return events;
  }
}

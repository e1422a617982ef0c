package dev.keyreeve.platform.tenancy;

import dev.keyreeve.access.subject.Reach;
import dev.keyreeve.platform.cipher.Fingerprint;
import dev.keyreeve.platform.database.Outage;
import dev.keyreeve.procedure.Actor;
import dev.keyreeve.procedure.Call;
import dev.keyreeve.procedure.Handler;
import dev.keyreeve.procedure.Outcome;
import dev.keyreeve.procedure.Repeatable;
import dev.keyreeve.procedure.Unavailable;
import dev.keyreeve.procedure.problem.Reasons;
import java.time.Instant;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/// The one place where a tenant's transactions begin: set workspace and role, claim the idempotency
/// key, do the work under a savepoint, keep the answer, number the events, commit.
///
/// Locks are always taken in that order. The workspace's event number comes last, so that it is
/// held only while the transaction commits.
public final class Tenancy {
  /// Longest wait for a lock, the claim of a repeated call among them.
  private static final String LOCK_TIMEOUT = "2s";

  /// Longest that one statement may take.
  private static final String STATEMENT_TIMEOUT = "10s";

  private final Jdbi jdbi;
  private final Repeats repeats;
  private final WorkspaceClock clock;

  public Tenancy(Jdbi jdbi, Fingerprint fingerprint) {
    this(jdbi, new Repeats(fingerprint), WorkspaceClock.SERVERS);
  }

  private Tenancy(Jdbi jdbi, Repeats repeats, WorkspaceClock clock) {
    this.jdbi = jdbi;
    this.repeats = repeats;
    this.clock = clock;
  }

  /// The same, with transactions that happen when the workspace's own clock says so.
  public Tenancy by(WorkspaceClock clock) {
    return new Tenancy(jdbi, repeats, clock);
  }

  /// A handler that only reads.
  public <I, O> Handler.Answering<I, O> reads(Work<I, O> work) {
    return call ->
        workspaceOf(call)
            .then(
                workspace ->
                    transact(
                        workspace, by(call), call.at(), true, tx -> work.in(tx, call.input())));
  }

  /// A handler that changes something. A refusal leaves nothing behind, and an input that names
  /// itself is carried out once.
  public <I, O> Handler.Answering<I, O> writes(Work<I, O> work) {
    return call -> workspaceOf(call).then(workspace -> writes(workspace, call, work));
  }

  private static Actor by(Call<?, ?> call) {
    return call.caller().actor();
  }

  /// Who knows of all workspaces may name one that is not there; it would look like an empty one.
  private Outcome<String> workspaceOf(Call<?, ?> call) {
    return Reached.workspace(call)
        .then(
            workspace ->
                !(call.caller().reach() instanceof Reach.Everywhere) || exists(workspace)
                    ? Outcome.done(workspace)
                    : Outcome.refused(Reached.WORKSPACE_NOT_FOUND));
  }

  private boolean exists(String workspace) {
    return jdbi.withHandle(
        handle ->
            Outage.guard(
                () ->
                    handle
                        .createQuery("select exists (select from workspace where id = :id)")
                        .bind("id", workspace)
                        .mapTo(Boolean.class)
                        .one()));
  }

  private <I, O> Outcome<O> writes(String workspace, Call<I, O> call, Work<I, O> work) {
    var key = call.input() instanceof Repeatable input ? input.idempotencyKey() : null;
    return key == null
        ? write(workspace, by(call), call.at(), tx -> tx.attempt(() -> work.in(tx, call.input())))
        : once(workspace, call, key, work);
  }

  private <I, O> Outcome<O> once(String workspace, Call<I, O> call, String key, Work<I, O> work) {
    try {
      return write(workspace, by(call), call.at(), tx -> repeats.once(tx, call, key, work));
    } catch (Unavailable failure) {
      if (Outage.isLockTimeout(failure)) {
        return Outcome.refused(Reasons.IDEMPOTENCY_IN_PROGRESS);
      }
      throw failure;
    }
  }

  /// Carries out a call that names itself once, in a transaction that somebody else begins and
  /// ends. The transaction must be rolled back if this is refused, and what is done stays the
  /// owner's work: row-level security does not bind it.
  ///
  /// @param workspace whose calls the name is unique among
  public <I, O> Outcome<O> once(
      Handle handle, String workspace, Call<I, O> call, String key, Supplier<Outcome<O>> work) {
    RowSight.turnTo(handle, workspace);
    var tx = new Tx(handle, workspace, by(call), call.at());
    return repeats.once(tx, call, key, (_, _) -> work.get());
  }

  /// Forgets what calls before an instant were answered, so that their idempotency keys are free
  /// again.
  public void forgetRepeats(Instant before) {
    var workspaces =
        jdbi.withHandle(
            handle -> handle.createQuery("select id from workspace").mapTo(String.class).list());
    for (var workspace : workspaces) {
      write(workspace, before, tx -> Repeats.forgetBefore(tx, before));
    }
  }

  /// Reads inside a workspace, as the server itself.
  public <T> T read(String workspace, Instant now, Function<Tx, T> work) {
    return transact(workspace, Actor.SYSTEM, now, true, work);
  }

  /// Changes something inside a workspace, as one transaction of the server itself.
  public <T> T write(String workspace, Instant now, Function<Tx, T> work) {
    return write(workspace, Actor.SYSTEM, now, work);
  }

  /// Changes something inside a workspace, as one transaction.
  ///
  /// @param by who does it
  public <T> T write(String workspace, Actor by, Instant now, Function<Tx, T> work) {
    return transact(workspace, by, now, false, work);
  }

  /// Changes something in several workspaces, and in what belongs to none, as one transaction of
  /// the server itself: row-level security shows it one workspace at a time. It happens at `now`,
  /// whatever the clocks of workspaces say.
  public <T> T across(Instant now, Function<Across, T> work) {
    return across(Actor.SYSTEM, now, work);
  }

  /// The same on behalf of somebody.
  ///
  /// @param by who does it
  public <T> T across(Actor by, Instant now, Function<Across, T> work) {
    return jdbi.inTransaction(
        handle ->
            Outage.guard(
                () -> {
                  var across = new Across(handle, by, now);
                  var result = work.apply(across);
                  across.tell();
                  return result;
                }));
  }

  private <T> T transact(
      String workspace, Actor by, Instant now, boolean readOnly, Function<Tx, T> work) {
    return jdbi.inTransaction(
        handle -> {
          handle.setReadOnly(readOnly);
          return Outage.guard(
              () -> {
                enter(handle, workspace);
                var tx = new Tx(handle, workspace, by, clock.at(handle, workspace, now));
                var result = work.apply(tx);
                EventLog.append(tx);
                return result;
              });
        });
  }

  /// From here to the end of the transaction, nothing of another workspace can be seen.
  private static void enter(Handle handle, String workspace) {
    handle
        .createQuery(
            """
            select set_config('keyreeve.workspace', :workspace, true),
                   set_config('lock_timeout', :lockTimeout, true),
                   set_config('statement_timeout', :statementTimeout, true),
                   set_config('role', 'keyreeve_call', true)
            """)
        .bind("workspace", workspace)
        .bind("lockTimeout", LOCK_TIMEOUT)
        .bind("statementTimeout", STATEMENT_TIMEOUT)
        .mapTo(String.class)
        .one();
  }
}

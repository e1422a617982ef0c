package dev.keyreeve.directdebit.mandate;

import dev.keyreeve.directdebit.bacs.calendar.London;
import dev.keyreeve.directdebit.mandate.MandateState.Ended;
import dev.keyreeve.directdebit.mandate.MandateState.InForce;
import dev.keyreeve.directdebit.mandate.MandateState.Invited;
import dev.keyreeve.directdebit.mandate.MandateState.Submitted;
import dev.keyreeve.directdebit.mandate.MandateState.Suspended;
import dev.keyreeve.directdebit.mandate.MandateState.Unlodged;
import dev.keyreeve.directdebit.mandate.invite.Invite;
import dev.keyreeve.directdebit.mandate.invite.Invites;
import dev.keyreeve.platform.tenancy.Tenancy;
import dev.keyreeve.platform.tenancy.Tx;
import java.time.Instant;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Moves mandates on when their time has come: invites end, and suspensions with an end are lifted.
public final class MandateClock {
  private static final Logger log = LoggerFactory.getLogger(MandateClock.class);
  private static final int AT_ONCE = 100;

  private final Jdbi jdbi;
  private final Tenancy tenancy;
  private final MandateMoves moves;

  public MandateClock(Jdbi jdbi, Tenancy tenancy, Debits debits, RandomGenerator random) {
    this.jdbi = jdbi;
    this.tenancy = tenancy;
    this.moves = new MandateMoves(debits, random);
  }

  /// Does what is due in all workspaces by their own clocks, each mandate in a transaction of its
  /// own. Safe to run twice, or at the same time: the first takes a mandate's lock, and the second
  /// finds nothing to do. A mandate that fails is left for the next run.
  ///
  /// @param now what the server's clock shows
  /// @return how many mandates it moved
  public int lapse(Instant now) {
    return lapse(Due.Of.EVERYBODY, null, null, now);
  }

  /// The same in workspaces that collect by nobody yet.
  public int lapseUnassigned(Instant now) {
    return lapse(Due.Of.NO_SERVICE_USER, null, null, now);
  }

  /// The same in the workspaces of a service user, up to and including an instant of its clock.
  public int lapse(String serviceUser, Instant until, Instant now) {
    return lapse(Due.Of.ONE_SERVICE_USER, serviceUser, until, now);
  }

  private int lapse(Due.Of of, @Nullable String serviceUser, @Nullable Instant until, Instant now) {
    int moved = 0;
    Due last = null;
    while (true) {
      var due = Due.until(jdbi, of, serviceUser, until, now, last, AT_ONCE);
      if (due.isEmpty()) return moved;

      for (var one : due) {
        if (lapse(one)) moved++;
      }
      last = due.getLast();
    }
  }

  private boolean lapse(Due due) {
    try {
      return tenancy.across(
          due.movesAt(), across -> across.in(due.workspace(), tx -> lapse(tx, due.mandate())));
    } catch (RuntimeException failure) {
      log.error("the clock could not move {}", due.mandate(), failure);
      return false;
    }
  }

  private boolean lapse(Tx tx, MandateId id) {
    var mandate = MandateRows.lock(tx, id).orElseThrow();
    var move = dueMove(tx, mandate);
    if (move == null) return false;

    moves.move(tx, mandate, move, Source.CLOCK);
    return true;
  }

  private static Move.@Nullable Moved dueMove(Tx tx, Mandate mandate) {
    return switch (mandate.state()) {
      case Invited invited when isOver(tx, Invites.latest(tx, mandate.id().text())) ->
          invited.lapse(tx.now());
      case Suspended suspended when suspended.isOverOn(London.dateOf(tx.now())) ->
          suspended.reactivate(false, tx.now());
      case Unlodged _, Submitted _, InForce _, Ended _ -> null;
    };
  }

  private static boolean isOver(Tx tx, Optional<Invite> invite) {
    return invite.isEmpty() || !invite.get().isOpenAt(tx.now());
  }
}

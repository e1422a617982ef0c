package dev.keyreeve.access.limit;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Counts calls against limits. A request pays for all its calls at once and from all its limits,
/// or from none.
///
/// Limits are never overshot. Under a race the error is on the strict side: a request that one
/// limit refuses may, for an instant, hold calls of another.
///
/// Cells are not taken back: one that belonged to a key which is gone costs 8 bytes until the node
/// ends, so that a thread that still holds the key cannot spend what is another's.
///
/// Threads: any number may spend; none of them waits.
public final class Meter {
  private static final VarHandle CELL = MethodHandles.arrayElementVarHandle(long[].class);

  /// No cell is negative.
  private static final long REFUSED = -1;

  private static final int SEGMENT_BITS = 14;
  private static final int SEGMENT_LENGTH = 1 << SEGMENT_BITS;

  // One long per limit: the window's number in the high half, the calls spent in the low half.
  // A new window needs no sweep: a cell whose number is old counts as empty. The number of a cell
  // never goes back, so a thread with an older clock reading cannot empty a newer window.
  private volatile long[][] segments = new long[0][];
  private int allocated;

  /// A cell for one more limit.
  public synchronized int allocate() {
    if (allocated == segments.length << SEGMENT_BITS) {
      var grown = Arrays.copyOf(segments, segments.length + 1);
      grown[segments.length] = new long[SEGMENT_LENGTH];
      segments = grown;
    }
    return allocated++;
  }

  /// Pays for `cost` calls from both limits or from neither; a limit that is null is none.
  ///
  /// @param cost 1 or more
  /// @param nowMillis milliseconds since the epoch
  /// @throws IllegalArgumentException if the cost is less than 1
  public Spending spend(@Nullable Limit first, @Nullable Limit second, int cost, long nowMillis) {
    if (cost < 1) {
      throw new IllegalArgumentException("A request costs 1 call or more.");
    }
    if (second == null) {
      return first == null ? Spending.unmetered() : spend(first, cost, nowMillis);
    }
    if (first == null) return spend(second, cost, nowMillis);

    if (cost > first.calls() || cost > second.calls()) {
      return new Spending.NeverPossible(cost, Math.min(first.calls(), second.calls()));
    }
    while (true) {
      // Both are looked at before either is paid, so that a flood of refused calls writes nothing.
      long firstCell = read(first);
      long secondCell = read(second);
      if (remaining(first, firstCell, nowMillis) < cost
          || remaining(second, secondCell, nowMillis) < cost) {
        return refusal(first, firstCell, second, secondCell, cost, nowMillis);
      }

      // A payment that loses to another is judged anew: the cells as they were no longer say why.
      firstCell = take(first, cost, nowMillis);
      if (firstCell == REFUSED) continue;
      secondCell = take(second, cost, nowMillis);
      if (secondCell != REFUSED) return tighter(first, firstCell, second, secondCell, nowMillis);
      giveBack(first, cost, numberOf(firstCell));
    }
  }

  /// Pays for `cost` calls from one limit.
  ///
  /// @param cost 1 or more
  /// @param nowMillis milliseconds since the epoch
  /// @throws IllegalArgumentException if the cost is less than 1
  public Spending spend(Limit limit, int cost, long nowMillis) {
    if (cost < 1) {
      throw new IllegalArgumentException("A request costs 1 call or more.");
    }
    if (cost > limit.calls()) {
      return new Spending.NeverPossible(cost, limit.calls());
    }
    var segment = segmentOf(limit);
    int index = indexOf(limit);
    while (true) {
      long cell = (long) CELL.getVolatile(segment, index);
      if (remaining(limit, cell, nowMillis) < cost) return exhausted(limit, cell, nowMillis);
      long paid = paid(limit, cell, cost, nowMillis);
      if (CELL.weakCompareAndSet(segment, index, cell, paid)) {
        return allowance(limit, paid, nowMillis);
      }
    }
  }

  /// What [#spend(Limit, Limit, int, long)] would answer now. Spends nothing.
  public Spending probe(@Nullable Limit first, @Nullable Limit second, int cost, long nowMillis) {
    if (second == null) {
      return first == null ? Spending.unmetered() : probe(first, cost, nowMillis);
    }
    if (first == null) return probe(second, cost, nowMillis);

    if (cost > first.calls() || cost > second.calls()) {
      return new Spending.NeverPossible(cost, Math.min(first.calls(), second.calls()));
    }
    long firstCell = read(first);
    long secondCell = read(second);
    if (remaining(first, firstCell, nowMillis) < cost
        || remaining(second, secondCell, nowMillis) < cost) {
      return refusal(first, firstCell, second, secondCell, cost, nowMillis);
    }
    return tighter(
        first,
        paid(first, firstCell, cost, nowMillis),
        second,
        paid(second, secondCell, cost, nowMillis),
        nowMillis);
  }

  /// What [#spend(Limit, int, long)] would answer now. Spends nothing.
  public Spending probe(Limit limit, int cost, long nowMillis) {
    if (cost > limit.calls()) {
      return new Spending.NeverPossible(cost, limit.calls());
    }
    long cell = read(limit);
    return remaining(limit, cell, nowMillis) < cost
        ? exhausted(limit, cell, nowMillis)
        : allowance(limit, paid(limit, cell, cost, nowMillis), nowMillis);
  }

  /// The cell as this payment left it, or [#REFUSED].
  private long take(Limit limit, int cost, long nowMillis) {
    var segment = segmentOf(limit);
    int index = indexOf(limit);
    while (true) {
      long cell = (long) CELL.getVolatile(segment, index);
      if (cost > limit.calls() - spentIn(cell, windowOf(cell, limit, nowMillis))) {
        return REFUSED;
      }
      long paid = paid(limit, cell, cost, nowMillis);
      if (CELL.weakCompareAndSet(segment, index, cell, paid)) {
        return paid;
      }
    }
  }

  private void giveBack(Limit limit, int cost, int window) {
    var segment = segmentOf(limit);
    int index = indexOf(limit);
    while (true) {
      long cell = (long) CELL.getVolatile(segment, index);
      if (numberOf(cell) != window || CELL.weakCompareAndSet(segment, index, cell, cell - cost)) {
        return;
      }
    }
  }

  private static Spending.Allowance tighter(
      Limit first, long firstCell, Limit second, long secondCell, long nowMillis) {
    int firstLeft = remaining(first, firstCell, nowMillis);
    int secondLeft = remaining(second, secondCell, nowMillis);
    long firstReset = resetOf(first, firstCell, nowMillis);
    long secondReset = resetOf(second, secondCell, nowMillis);
    boolean firstBinds =
        firstLeft < secondLeft || (firstLeft == secondLeft && firstReset >= secondReset);
    return firstBinds
        ? new Spending.Allowance(first.calls(), firstLeft, firstReset)
        : new Spending.Allowance(second.calls(), secondLeft, secondReset);
  }

  /// Names the limit that refuses; if both do, the one that refuses longer, so that waiting as told
  /// is enough.
  private static Spending.Exhausted refusal(
      Limit first, long firstCell, Limit second, long secondCell, int cost, long nowMillis) {
    boolean secondRefuses = remaining(second, secondCell, nowMillis) < cost;
    boolean firstRefuses = remaining(first, firstCell, nowMillis) < cost;
    boolean secondLasts =
        resetOf(second, secondCell, nowMillis) > resetOf(first, firstCell, nowMillis);
    return secondRefuses && (!firstRefuses || secondLasts)
        ? exhausted(second, secondCell, nowMillis)
        : exhausted(first, firstCell, nowMillis);
  }

  private static Spending.Exhausted exhausted(Limit limit, long cell, long nowMillis) {
    long reset = resetOf(limit, cell, nowMillis);
    long waitSeconds = Math.ceilDiv(reset * 1000 - nowMillis, 1000L);
    return new Spending.Exhausted(
        limit.calls(), remaining(limit, cell, nowMillis), reset, (int) Math.max(1, waitSeconds));
  }

  private static Spending.Allowance allowance(Limit limit, long cell, long nowMillis) {
    return new Spending.Allowance(
        limit.calls(), remaining(limit, cell, nowMillis), resetOf(limit, cell, nowMillis));
  }

  /// The cell once this is paid from it.
  private static long paid(Limit limit, long cell, int cost, long nowMillis) {
    int window = windowOf(cell, limit, nowMillis);
    return cell(window, spentIn(cell, window) + cost);
  }

  private static long resetOf(Limit limit, long cell, long nowMillis) {
    return limit.endOf(windowOf(cell, limit, nowMillis));
  }

  /// Never negative, even when the limit was lowered below what is already spent.
  private static int remaining(Limit limit, long cell, long nowMillis) {
    return Math.max(0, limit.calls() - spentIn(cell, windowOf(cell, limit, nowMillis)));
  }

  private static int windowOf(long cell, Limit limit, long nowMillis) {
    return Math.max(limit.windowAt(nowMillis), numberOf(cell));
  }

  private static int spentIn(long cell, int window) {
    return numberOf(cell) == window ? (int) cell : 0;
  }

  private static int numberOf(long cell) {
    return (int) (cell >>> 32);
  }

  private static long cell(int window, int spent) {
    return (long) window << 32 | spent;
  }

  private long read(Limit limit) {
    return (long) CELL.getVolatile(segmentOf(limit), indexOf(limit));
  }

  private long[] segmentOf(Limit limit) {
    return segments[limit.slot() >>> SEGMENT_BITS];
  }

  private static int indexOf(Limit limit) {
    return limit.slot() & (SEGMENT_LENGTH - 1);
  }
}

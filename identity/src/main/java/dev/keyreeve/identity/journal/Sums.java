package dev.keyreeve.identity.journal;

import dev.keyreeve.identity.journal.Entry.By;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Admitted calls that found no room in the journal, summed up until there is room for the sums.
/// They are kept in memory alone: what is here when the process is killed is lost.
final class Sums {
  /// How many different ones there can be.
  private static final int MOST = 100_000;

  private final ConcurrentHashMap<Of, Entry> sums = new ConcurrentHashMap<>();

  /// What calls have in common that are summed up.
  private record Of(By by, @Nullable String procedure, End end) {
    static Of entry(Entry entry) {
      return new Of(entry.by(), entry.procedure(), entry.end());
    }
  }

  void add(Entry entry) {
    if (sums.size() < MOST) sums.merge(Of.entry(entry), asSum(entry), Sums::plus);
  }

  private static Entry asSum(Entry entry) {
    return with(entry, entry.calls(), entry.latencyMicros());
  }

  private static Entry plus(Entry before, Entry later) {
    long calls = Math.min(Integer.MAX_VALUE, (long) before.calls() + later.calls());
    long latency = before.latencyMicros() * before.calls() + later.latencyMicros() * later.calls();
    return with(later, (int) calls, latency / calls);
  }

  private static Entry with(Entry entry, int calls, long latencyMicros) {
    return new Entry(
        entry.atMillis(),
        entry.requestId(),
        entry.by(),
        entry.address(),
        entry.procedure(),
        entry.end(),
        calls,
        latencyMicros,
        Entry.Kind.SUM);
  }

  /// Hands over what there is, until the first that is not taken.
  void handTo(Predicate<Entry> taker) {
    for (var of : sums.keySet()) {
      var sum = sums.remove(of);
      if (sum == null) continue;
      if (!taker.test(sum)) {
        sums.merge(of, sum, Sums::plus);
        return;
      }
    }
  }

  boolean isEmpty() {
    return sums.isEmpty();
  }
}

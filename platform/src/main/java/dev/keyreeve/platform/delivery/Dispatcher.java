package dev.keyreeve.platform.delivery;

import dev.keyreeve.platform.schedule.Schedule;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.random.RandomGenerator;

/// Makes the attempts of what a room has to deliver.
///
/// **Once.** An attempt is written down before it is sent, under a claim of its receiver that ends
/// by itself, and its end is written down only by who made it. So no attempt is made twice, by
/// however many nodes; and if a node dies in the middle, the attempt is abandoned when the claim
/// has run out and another is made. A receiver may therefore get a delivery more than once.
///
/// **Nobody waits inside a transaction.** Claiming is one, recording is another, and what is sent
/// between them holds neither a connection nor a lock. What happens meanwhile, such as that the
/// delivery is asked for again or withdrawn, is found when the end is recorded.
///
/// **Order and fairness.** One receiver gets one attempt at a time, of what is due first. What was
/// not taken is due again later and holds up nothing else. A receiver that accepts is told more, up
/// to the end of its turn; one that does not has had its turn.
///
/// **The rows are the queue.** Whatever looks for what is due finds what the schedule lost, so
/// nothing has to be remembered but the rows. An exception leaves the claim to run out.
///
/// Safe for many threads, and for many nodes.
public final class Dispatcher<A, R> {
  private final Deliveries<A, R> deliveries;
  private final DeliveryTerms terms;
  private final InstantSource clock;
  private final RandomGenerator jitter;
  private final Semaphore attempts;

  /// @param jitter stretches the waits between tries
  public Dispatcher(
      Deliveries<A, R> deliveries,
      DeliveryTerms terms,
      InstantSource clock,
      RandomGenerator jitter) {
    this.deliveries = deliveries;
    this.terms = terms;
    this.clock = clock;
    this.jitter = jitter;
    this.attempts = new Semaphore(terms.atOnce());
  }

  /// Has attempts made as long as the schedule works.
  ///
  /// @param task the name of a receiver's turn
  /// @param look the name of looking for what is due
  public void runBy(Schedule schedule, String task, String look, Duration looksEvery) {
    schedule.task(task, this::dispatch);
    schedule.every(
        looksEvery, look, () -> due().forEach(receiver -> schedule.soon(task, receiver)));
  }

  /// The receivers for which something can be done now.
  public List<String> due() {
    return deliveries.due(clock.instant());
  }

  /// Tells a receiver what is due, until it has had its turn, nothing is left, or something was not
  /// accepted.
  public void dispatch(String receiver) {
    attempts.acquireUninterruptibly();
    try {
      int made = 0;
      while (made < terms.turn() && attempt(receiver)) made++;
    } finally {
      attempts.release();
    }
  }

  /// @return whether one was made, and accepted
  private boolean attempt(String receiver) {
    var claimedAt = clock.instant();
    var claimed = deliveries.claim(receiver, claimedAt, claimedAt.plus(terms.claim()));
    if (claimed.isEmpty()) return false;

    var attempt = claimed.get();
    var result = deliveries.send(attempt);
    var receipt = deliveries.receipt(result);
    var now = clock.instant();
    deliveries.record(attempt, result, tries -> disposition(receipt, tries, now), now);
    return receipt instanceof Receipt.Accepted;
  }

  private Disposition disposition(Receipt receipt, int tries, Instant now) {
    return switch (receipt) {
      case Receipt.Accepted _ -> new Disposition.Delivered();
      case Receipt.Rejected _ -> new Disposition.Rejected();
      case Receipt.Deferred(var notBefore) ->
          terms
              .retries()
              .next(tries, now, notBefore, jitter)
              .<Disposition>map(Disposition.Retried::new)
              .orElseGet(Disposition.GivenUp::new);
    };
  }
}

package dev.keyreeve.platform.delivery;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;

/// What a room has to deliver: the rows that it waits in, and the way out. Receivers are named by
/// ids; a receiver gets one attempt at a time. Where nobody is to be spared, each delivery may be a
/// receiver of its own.
///
/// A [Dispatcher] calls all of this, from many threads and on many nodes, and hands over what its
/// clock shows. [#claim] and [#record] are one transaction each; [#send] is called between them.
///
/// @param <A> an attempt that has begun: what is sent, and which rows it belongs to
/// @param <R> what came of sending it
public interface Deliveries<A, R> {

  /// The receivers for which something can be done now, in the order in which they get their turn.
  /// It may be wrong by the time that somebody claims one of them.
  List<String> due(Instant now);

  /// Claims a receiver and begins the attempt that is due first, as one transaction:
  ///
  /// 1. Lock the receiver, passing over one that somebody else has locked or claimed.
  /// 2. Mark as abandoned what an earlier claim began and did not end: its maker says nothing more.
  /// 3. Find what is due first; if there is nothing, leave the receiver to everybody.
  /// 4. Write down the attempt and that nobody else has the receiver until `until`.
  ///
  /// Where an attempt has no row of its own, a count of them and one column can do for 2 to 4: what
  /// is claimed is not due before `until`.
  ///
  /// @return empty if somebody else has the receiver or nothing is due
  Optional<A> claim(String receiver, Instant now, Instant until);

  /// Sends, in no transaction, and for less time than a claim lasts. What a receiver, a network or
  /// a disk does is an answer; what is thrown leaves the attempt to be abandoned.
  R send(A attempt);

  /// How a receiver took it.
  Receipt receipt(R result);

  /// Writes down how an attempt ended, as one transaction that locks what [#claim] locks. Does
  /// nothing to a delivery whose attempt was abandoned meanwhile: another is under way.
  ///
  /// @param disposition what becomes of the delivery, by how many tries there have been since it
  ///   was asked for last, this one included; the number is read in the transaction, since the
  ///   delivery may be asked for again while it is sent
  void record(A attempt, R result, IntFunction<Disposition> disposition, Instant now);
}

package dev.keyreeve.identity.journal;

import java.util.concurrent.atomic.AtomicLong;

/// Who writes where: hands out places, numbered from 0 and never twice, and tells which of them can
/// be read. Writers neither lock nor wait, for each other or for the reader.
///
/// A place is reserved by one writer, filled by it, and published, all in this order; the reader
/// goes from place to place and stops at one that is not published yet. Three numbers, none of
/// which ever falls: `read <= next <= open`. A writer reads `next` before `open`, so that what it
/// is told holds at one instant: at the reading of `open` if it is refused, at the exchange of
/// `next` if not.
final class Places {
  /// What [#reserve] answers if there is no room.
  static final long NONE = -1;

  private final AtomicLong next = new AtomicLong();
  private volatile long open;
  private volatile long read;
  private volatile long room;

  /// @param room how many places can be unread at once before the rest is for the entitled
  Places(long room) {
    this.room = room;
  }

  /// A place for one record, or [#NONE] if there is no room.
  ///
  /// @param entitled whether it may have what is left beyond the room for all
  long reserve(boolean entitled) {
    while (true) {
      long place = next.get();
      long end = entitled ? open : Math.min(open, read + room);
      if (place >= end) return NONE;
      if (next.compareAndSet(place, place + 1)) return place;
    }
  }

  /// Lets writers have the places before this one. Its caller has made them ready.
  void openTo(long end) {
    open = end;
  }

  /// Changes how many places can be unread at once before the rest is for the entitled.
  void allot(long changed) {
    room = changed;
  }

  /// The end of the published places that follow one another from here.
  ///
  /// @param limit how many to look at
  long readableFrom(long from, int limit, Published published) {
    long end = Math.min(next.get(), from + limit);
    long place = from;
    while (place < end && published.is(place)) place++;
    return place;
  }

  /// Gives back the places before this one.
  void release(long end) {
    read = end;
  }

  long next() {
    return next.get();
  }

  long open() {
    return open;
  }

  long read() {
    return read;
  }

  /// Whether a reserved place has been filled. Reads with acquire semantics what was written with
  /// release semantics.
  interface Published {
    boolean is(long place);
  }
}

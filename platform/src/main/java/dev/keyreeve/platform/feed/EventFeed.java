package dev.keyreeve.platform.feed;

import dev.keyreeve.platform.event.Event;
import dev.keyreeve.platform.event.Occurrence;
import dev.keyreeve.platform.page.Cursor;
import dev.keyreeve.platform.page.Page;
import dev.keyreeve.platform.tenancy.EventLog;
import dev.keyreeve.platform.tenancy.Tenancy;
import dev.keyreeve.platform.tenancy.Tx;
import dev.keyreeve.procedure.Call;
import dev.keyreeve.procedure.Feed;
import dev.keyreeve.procedure.Outcome;
import dev.keyreeve.procedure.json.Json;
import dev.keyreeve.procedure.shape.Decoded;
import dev.keyreeve.procedure.shape.Shape;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The events of some types, read as those see them who hold one scope.
///
/// @param types all that belong to it; who names none gets these
/// @param view what a caller sees of one
public record EventFeed<V extends Numbered>(List<String> types, Function<Occurrence, V> view) {
  private static final Cursor HISTORY = new Cursor("history");
  private static final int STREAMED_AT_ONCE = 100;

  /// The events of one kind of thing.
  ///
  /// @param snapshot what each of them keeps of the thing it happened to
  public static <S, V extends Numbered> EventFeed<V> of(
      List<String> types, Shape<S> snapshot, BiFunction<Occurrence, S, V> view) {
    return new EventFeed<>(
        types, occurrence -> view.apply(occurrence, kept(snapshot, occurrence.event())));
  }

  /// The events of this one and of another, in the order in which they happened.
  public EventFeed<V> and(EventFeed<V> other) {
    return new EventFeed<>(
        Stream.concat(types.stream(), other.types.stream()).toList(),
        occurrence ->
            (types.contains(occurrence.event().type()) ? view : other.view).apply(occurrence));
  }

  /// Some events with where to go on.
  ///
  /// @param nextAfterSeq what to ask for next, now or later
  public record Batch<V>(List<V> items, long nextAfterSeq) {}

  /// What happened to a thing and what belongs to it, oldest first, page by page.
  public Outcome<Page<V>> history(
      Tx tx, List<String> subjectIds, @Nullable Integer asked, @Nullable String cursor) {
    int limit = Page.limit(asked);
    return HISTORY
        .read(cursor, Long::valueOf)
        .then(
            after -> {
              var events = read(tx, null, subjectIds, after.orElse(0L), limit + 1);
              return Outcome.done(
                  Page.of(events, limit, last -> HISTORY.after(Long.toString(last.seq()))));
            });
  }

  /// What happened after a number, oldest first, for those who keep up.
  ///
  /// @param wanted only of these types, or null for all
  public Batch<V> after(
      Tx tx, @Nullable List<String> wanted, @Nullable Long afterSeq, @Nullable Integer asked) {
    long after = afterSeq == null ? 0 : afterSeq;
    int limit = Page.limit(asked);
    // Asked first: what comes in between is still to be read next time.
    long last = EventLog.last(tx);
    var events = read(tx, wanted, null, after, limit);
    long read = events.isEmpty() ? after : events.getLast().seq();
    return new Batch<>(events, events.size() == limit ? read : Math.max(read, last));
  }

  /// What happens from now on, or after a number.
  public Outcome<Feed<V>> stream(
      Tenancy tenancy, Call<?, V> call, @Nullable List<String> wanted, @Nullable Long afterSeq) {
    var workspace = call.caller().workspace();
    long start = afterSeq != null ? afterSeq : tenancy.read(workspace, call.at(), EventLog::last);
    return Outcome.done(
        lastId ->
            tenancy.read(
                workspace,
                call.at(),
                tx -> next(tx, wanted, lastId == null ? start : Long.parseLong(lastId))));
  }

  /// @throws IllegalArgumentException if there has been no event of this number
  private List<Feed.Tracked<V>> next(Tx tx, @Nullable List<String> wanted, long after) {
    if (after > EventLog.last(tx)) {
      throw new IllegalArgumentException("not the number of an event that has happened");
    }
    return read(tx, wanted, null, after, STREAMED_AT_ONCE).stream()
        .map(event -> new Feed.Tracked<>(Long.toString(event.seq()), event))
        .toList();
  }

  private List<V> read(
      Tx tx,
      @Nullable List<String> wanted,
      @Nullable List<String> subjectIds,
      long afterSeq,
      int limit) {
    return EventLog.read(tx, wanted == null ? types : wanted, subjectIds, afterSeq, limit).stream()
        .map(view)
        .toList();
  }

  private static <S> S kept(Shape<S> snapshot, Event event) {
    return switch (snapshot.decodeStored(Json.read(event.snapshot()))) {
      case Decoded.Valid<S>(var kept) -> kept;
      case Decoded.Invalid<S>(var issues) ->
          throw new IllegalStateException("a kept event cannot be read: " + issues);
    };
  }
}

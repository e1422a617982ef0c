package dev.keyreeve.directdebit.collection;

import static dev.keyreeve.access.decision.Requirement.holds;
import static dev.keyreeve.directdebit.collection.CollectionProcedures.COLLECTIONS_READ;
import static dev.keyreeve.directdebit.collection.CollectionRefusals.COLLECTION_NOT_FOUND;
import static dev.keyreeve.procedure.Procedure.query;
import static dev.keyreeve.procedure.Procedure.subscription;
import static dev.keyreeve.procedure.Route.get;

import dev.keyreeve.directdebit.calendar.London;
import dev.keyreeve.directdebit.mandate.MandateId;
import dev.keyreeve.platform.page.Cursor;
import dev.keyreeve.platform.page.Page;
import dev.keyreeve.platform.tenancy.Tenancy;
import dev.keyreeve.platform.tenancy.Tx;
import dev.keyreeve.procedure.Call;
import dev.keyreeve.procedure.Feed;
import dev.keyreeve.procedure.Outcome;
import dev.keyreeve.procedure.Procedure;
import dev.keyreeve.procedure.shape.Items;
import dev.keyreeve.procedure.shape.Range;
import dev.keyreeve.procedure.shape.Shape;
import dev.keyreeve.procedure.shape.Text;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What callers can learn about collections.
final class CollectionQueries {
  private static final Cursor LIST = new Cursor("collections");
  private static final Cursor UPCOMING = new Cursor("upcoming");
  private static final int USUAL_DAYS = 30;

  private final Tenancy tenancy;

  CollectionQueries(Tenancy tenancy) {
    this.tenancy = tenancy;
  }

  List<Procedure<?, ?>> procedures() {
    return List.of(
        query("collections.list", holds(COLLECTIONS_READ), get("/collections"))
            .about("Lists collections, newest first.")
            .takes(CollectionFilter.class)
            .gives(Page.of(Shape.of(CollectionView.class)))
            .refuses(Cursor.INVALID)
            .by(tenancy.reads(CollectionQueries::list)),
        query("collections.get", holds(COLLECTIONS_READ), get("/collections/{id}"))
            .about("Shows a collection with its attempts.")
            .takes(OneCollection.class)
            .gives(CollectionDetails.class)
            .refuses(COLLECTION_NOT_FOUND)
            .by(tenancy.reads(CollectionQueries::one)),
        query("collections.getMany", holds(COLLECTIONS_READ), get("/collections/many"))
            .about("Shows up to 200 collections, in the order in which they are named.")
            .takes(ManyCollections.class)
            .gives(FoundCollections.class)
            .by(tenancy.reads(CollectionQueries::many)),
        query("collections.upcoming", holds(COLLECTIONS_READ), get("/collections/upcoming"))
            .about("Lists what is to be collected, the earliest first, with what it comes to.")
            .takes(UpcomingDays.class)
            .gives(UpcomingCollections.class)
            .refuses(Cursor.INVALID)
            .by(tenancy.reads(CollectionQueries::upcoming)),
        query("collections.history", holds(COLLECTIONS_READ), get("/collections/{id}/history"))
            .about("Lists what happened to a collection, oldest first.")
            .takes(CollectionHistory.class)
            .gives(Page.of(Shape.of(CollectionEventView.class)))
            .refuses(COLLECTION_NOT_FOUND, Cursor.INVALID)
            .by(tenancy.reads(CollectionQueries::history)),
        query("collections.events", holds(COLLECTIONS_READ), get("/collections/events"))
            .about("Lists what happened to all collections, oldest first, for those who keep up.")
            .takes(CollectionEventsAfter.class)
            .gives(CollectionEventBatch.class)
            .by(tenancy.reads(CollectionQueries::events)),
        subscription("collections.stream", holds(COLLECTIONS_READ), get("/collections/stream"))
            .about("Tells what happens to collections, as it happens.")
            .takes(CollectionStream.class)
            .gives(CollectionEventView.class)
            .streamedBy(this::stream));
  }

  record OneCollection(CollectionId id) {}

  record ManyCollections(@Items(min = 1, max = 200) List<CollectionId> ids) {}

  /// @param items one for each id, in their order
  record FoundCollections(List<FoundCollection> items) {}

  /// @param collection absent if there is none with this id
  record FoundCollection(CollectionId id, @Nullable CollectionDetails collection) {}

  /// @param from the first entry day that is wanted; today in London unless said
  /// @param to the last entry day that is wanted; 30 days later unless said
  /// @param limit 50 unless said
  /// @param cursor the `nextCursor` of the page before
  record UpcomingDays(
      @Nullable LocalDate from,
      @Nullable LocalDate to,
      @Nullable MandateId mandateId,
      @Nullable @Range(min = 1, max = 200) Integer limit,
      @Nullable @Text(max = 100) String cursor) {
    UpcomingDays {
      if (from != null && to != null && to.isBefore(from)) {
        throw new IllegalArgumentException("The last day is not before the first.");
      }
    }
  }

  /// @param total of all pages, of which this is one
  record UpcomingCollections(
      List<CollectionView> items, @Nullable String nextCursor, UpcomingTotal total) {}

  /// @param amount in pence
  record UpcomingTotal(long count, long amount) {}

  /// @param limit 50 unless said
  /// @param cursor the `nextCursor` of the page before
  record CollectionHistory(
      CollectionId id,
      @Nullable @Range(min = 1, max = 200) Integer limit,
      @Nullable @Text(max = 100) String cursor) {}

  /// @param afterSeq the `nextAfterSeq` of the answer before; from the beginning unless said
  /// @param types only of these; of all unless said
  /// @param limit 50 unless said
  record CollectionEventsAfter(
      @Nullable @Range(min = 0, max = 1L << 52) Long afterSeq,
      @Nullable @Items(min = 1, max = 30) List<CollectionEventType> types,
      @Nullable @Range(min = 1, max = 200) Integer limit) {}

  /// @param nextAfterSeq what to ask for next, now or later
  record CollectionEventBatch(List<CollectionEventView> items, long nextAfterSeq) {}

  /// @param afterSeq where to begin, for who has not listened before; now unless said
  /// @param types only of these; of all unless said
  record CollectionStream(
      @Nullable @Range(min = 0, max = 1L << 52) Long afterSeq,
      @Nullable @Items(min = 1, max = 30) List<CollectionEventType> types) {}

  private static Outcome<Page<CollectionView>> list(Tx tx, CollectionFilter filter) {
    int limit = Page.limit(filter.limit());
    return LIST.read(filter.cursor(), CollectionId::parse)
        .then(
            before -> {
              var found = CollectionReads.list(tx, filter, before.orElse(null), limit + 1);
              return Outcome.done(Page.of(found, limit, last -> LIST.after(last.id().text())));
            });
  }

  private static Outcome<CollectionDetails> one(Tx tx, OneCollection input) {
    var found = CollectionReads.details(tx, List.of(input.id())).get(input.id());
    return found == null ? Outcome.refused(COLLECTION_NOT_FOUND) : Outcome.done(found);
  }

  private static Outcome<FoundCollections> many(Tx tx, ManyCollections input) {
    var found = CollectionReads.details(tx, input.ids());
    return Outcome.done(
        new FoundCollections(
            input.ids().stream().map(id -> new FoundCollection(id, found.get(id))).toList()));
  }

  private static Outcome<UpcomingCollections> upcoming(Tx tx, UpcomingDays input) {
    var from = Objects.requireNonNullElseGet(input.from(), () -> London.dateOf(tx.now()));
    var to = Objects.requireNonNullElseGet(input.to(), () -> from.plusDays(USUAL_DAYS));
    int limit = Page.limit(input.limit());
    return UPCOMING
        .read(input.cursor(), CollectionReads.Place::parse)
        .then(
            after -> {
              var found =
                  CollectionReads.upcoming(
                      tx, from, to, input.mandateId(), after.orElse(null), limit + 1);
              var page =
                  Page.of(
                      found,
                      limit,
                      last -> UPCOMING.after(CollectionReads.Place.of(last).toString()));
              var totals = CollectionReads.totals(tx, from, to, input.mandateId());
              return Outcome.done(
                  new UpcomingCollections(
                      page.items(),
                      page.nextCursor(),
                      new UpcomingTotal(totals.count(), totals.amount())));
            });
  }

  private static Outcome<Page<CollectionEventView>> history(Tx tx, CollectionHistory input) {
    if (CollectionRows.find(tx, input.id()).isEmpty()) {
      return Outcome.refused(COLLECTION_NOT_FOUND);
    }
    return CollectionEvents.FEED.history(tx, input.id().text(), input.limit(), input.cursor());
  }

  private static Outcome<CollectionEventBatch> events(Tx tx, CollectionEventsAfter input) {
    var types = CollectionEventType.texts(input.types());
    var batch = CollectionEvents.FEED.after(tx, types, input.afterSeq(), input.limit());
    return Outcome.done(new CollectionEventBatch(batch.items(), batch.nextAfterSeq()));
  }

  private Outcome<Feed<CollectionEventView>> stream(
      Call<CollectionStream, CollectionEventView> call) {
    var input = call.input();
    var types = CollectionEventType.texts(input.types());
    return CollectionEvents.FEED.stream(tenancy, call, types, input.afterSeq());
  }
}

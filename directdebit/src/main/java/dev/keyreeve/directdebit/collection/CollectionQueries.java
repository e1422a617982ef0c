package dev.keyreeve.directdebit.collection;

import static dev.keyreeve.access.decision.Requirement.holds;
import static dev.keyreeve.directdebit.collection.CollectionRefusals.COLLECTION_NOT_FOUND;
import static dev.keyreeve.directdebit.collection.CollectionScopes.COLLECTIONS_READ;
import static dev.keyreeve.procedure.Declaration.query;
import static dev.keyreeve.procedure.Route.get;

import dev.keyreeve.directdebit.bacs.calendar.London;
import dev.keyreeve.directdebit.mandate.MandateId;
import dev.keyreeve.platform.page.Cursor;
import dev.keyreeve.platform.page.Page;
import dev.keyreeve.platform.tenancy.Tenancy;
import dev.keyreeve.platform.tenancy.Tx;
import dev.keyreeve.procedure.Outcome;
import dev.keyreeve.procedure.Procedure;
import dev.keyreeve.procedure.shape.Items;
import dev.keyreeve.procedure.shape.Range;
import dev.keyreeve.procedure.shape.Shapes;
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
            .gives(Page.of(Shapes.of(CollectionView.class)))
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
            .by(tenancy.reads(CollectionQueries::upcoming)));
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
}

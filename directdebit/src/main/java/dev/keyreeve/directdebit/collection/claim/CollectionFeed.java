package dev.keyreeve.directdebit.collection.claim;

import static dev.keyreeve.access.decision.Requirement.holds;
import static dev.keyreeve.directdebit.collection.CollectionRefusals.COLLECTION_NOT_FOUND;
import static dev.keyreeve.directdebit.collection.CollectionScopes.COLLECTIONS_READ;
import static dev.keyreeve.procedure.Declaration.query;
import static dev.keyreeve.procedure.Declaration.subscription;
import static dev.keyreeve.procedure.Route.get;

import dev.keyreeve.directdebit.collection.CollectionEvents;
import dev.keyreeve.directdebit.collection.CollectionId;
import dev.keyreeve.platform.feed.EventFeed;
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
import dev.keyreeve.procedure.shape.Shapes;
import dev.keyreeve.procedure.shape.Text;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What happens to collections and to the claims on them: one feed for those who may read
/// collections.
public final class CollectionFeed {
  static final EventFeed<CollectionEventView> EVENTS =
      CollectionEvents.<CollectionEventView>seenAs(CollectionEventView::of)
          .and(ClaimEvents.seenAs(CollectionEventView::of));

  private final Tenancy tenancy;

  public CollectionFeed(Tenancy tenancy) {
    this.tenancy = tenancy;
  }

  public List<Procedure<?, ?>> procedures() {
    return List.of(
        query("collections.history", holds(COLLECTIONS_READ), get("/collections/{id}/history"))
            .about("Lists what happened to a collection and the claims on it, oldest first.")
            .takes(CollectionHistory.class)
            .gives(Page.of(Shapes.of(CollectionEventView.class)))
            .refuses(COLLECTION_NOT_FOUND, Cursor.INVALID)
            .by(tenancy.reads(CollectionFeed::history)),
        query("collections.events", holds(COLLECTIONS_READ), get("/collections/events"))
            .about(
                "Lists what happened to all collections and claims, oldest first, for those who"
                    + " keep up.")
            .takes(CollectionEventsAfter.class)
            .gives(CollectionEventBatch.class)
            .by(tenancy.reads(CollectionFeed::events)),
        subscription("collections.stream", holds(COLLECTIONS_READ), get("/collections/stream"))
            .about("Tells what happens to collections and claims, as it happens.")
            .takes(CollectionStream.class)
            .gives(CollectionEventView.class)
            .streamedBy(this::stream));
  }

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

  private static Outcome<Page<CollectionEventView>> history(Tx tx, CollectionHistory input) {
    var id = input.id().text();
    boolean isThere =
        tx.query(
                "select exists (select from collection"
                    + " where workspace_id = :workspace and id = :id)")
            .bind("id", id)
            .mapTo(Boolean.class)
            .one();
    if (!isThere) return Outcome.refused(COLLECTION_NOT_FOUND);

    var subjects = new ArrayList<>(ClaimRows.idsOn(tx, id));
    subjects.add(id);
    return EVENTS.history(tx, subjects, input.limit(), input.cursor());
  }

  private static Outcome<CollectionEventBatch> events(Tx tx, CollectionEventsAfter input) {
    var types = CollectionEventType.texts(input.types());
    var batch = EVENTS.after(tx, types, input.afterSeq(), input.limit());
    return Outcome.done(new CollectionEventBatch(batch.items(), batch.nextAfterSeq()));
  }

  private Outcome<Feed<CollectionEventView>> stream(
      Call<CollectionStream, CollectionEventView> call) {
    var input = call.input();
    var types = CollectionEventType.texts(input.types());
    return EVENTS.stream(tenancy, call, types, input.afterSeq());
  }
}

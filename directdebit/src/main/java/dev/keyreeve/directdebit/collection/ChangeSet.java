package dev.keyreeve.directdebit.collection;

import dev.keyreeve.directdebit.mandate.Source;
import dev.keyreeve.platform.event.Event;
import dev.keyreeve.platform.tenancy.Tx;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is to be written about collections in a transaction, and told of them: gathered one by one,
/// written together. A collection that changes several times is written once.
final class ChangeSet {
  private final Tx tx;
  private final List<Collection> added = new ArrayList<>();
  private final LinkedHashMap<CollectionId, Collection> changed = new LinkedHashMap<>();
  private final List<Told> told = new ArrayList<>();

  ChangeSet(Tx tx) {
    this.tx = tx;
  }

  private record Told(
      CollectionEvent event,
      Collection collection,
      @Nullable AttemptId attempt,
      Source source,
      @Nullable Skipped why,
      @Nullable Event parent) {}

  void add(Collection collection, Source source) {
    added.add(collection);
    told.add(new Told(CollectionEvent.SCHEDULED, collection, null, source, null, null));
  }

  /// A change that the feed does not speak of.
  void change(Collection collection) {
    changed.put(collection.id(), collection);
  }

  void change(CollectionEvent event, Collection collection, Source source) {
    change(event, collection, null, source, null);
  }

  /// A debit that is left out.
  void skip(Collection collection, Source source, Skipped why, @Nullable Event parent) {
    change(collection);
    told.add(new Told(CollectionEvent.SKIPPED, collection, null, source, why, parent));
  }

  void change(
      CollectionEvent event,
      Collection collection,
      @Nullable AttemptId attempt,
      Source source,
      @Nullable Event parent) {
    change(collection);
    told.add(new Told(event, collection, attempt, source, null, parent));
  }

  void write() {
    CollectionRows.insert(tx, added);
    CollectionRows.update(tx, List.copyOf(changed.values()));
    for (var each : told) {
      CollectionEvents.tell(
          tx,
          each.event(),
          each.collection(),
          each.attempt(),
          each.source(),
          each.why(),
          each.parent());
    }
  }
}

package dev.keyreeve.directdebit.rail.gocardless;

import dev.keyreeve.directdebit.rail.gocardless.Answer.Done;
import dev.keyreeve.directdebit.rail.gocardless.Answer.Refused;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads what happened since an event, for when webhooks were lost. Pages come oldest first, and so
/// do the events in them, so that whoever keeps the cursor together with what the events did can be
/// cut off at any time and go on from there.
public final class GoCardlessPoll {

  private final GoCardlessClient client;
  private final int pageSize;

  /// @param pageSize how many events are read at once, 1 to 500
  public GoCardlessPoll(GoCardlessClient client, int pageSize) {
    this.client = client;
    this.pageSize = pageSize;
  }

  /// @param events oldest first
  /// @param cursor where to go on; null if nothing has ever happened
  /// @param more whether there is another page now
  public record Batch(List<GoCardlessEvent> events, @Nullable ResourceId cursor, boolean more) {
    public Batch {
      events = List.copyOf(events);
    }
  }

  /// Where an account stands now; what happened before is left out by who begins here.
  public Answer<Batch> start() {
    return client
        .events(PageRequest.newest(1))
        .map(page -> new Batch(List.of(), newest(page, null), false));
  }

  /// The events that follow the cursor.
  ///
  /// @param cursor of the last batch; null begins with the very first event
  public Answer<Batch> after(@Nullable ResourceId cursor) {
    return cursor == null
        ? first()
        : client.events(PageRequest.before(cursor, pageSize)).map(page -> batch(page, cursor));
  }

  /// Lists begin with the newest item, so that the first event stands on their last page.
  private Answer<Batch> first() {
    var request = PageRequest.newest(pageSize);
    while (true) {
      switch (client.events(request)) {
        case Refused<Page<GoCardlessEvent>> refused -> {
          return refused.map(page -> batch(page, null));
        }
        case Done<Page<GoCardlessEvent>>(var page, _) -> {
          if (page.older() == null || page.items().isEmpty()) {
            return new Done<>(batch(page, null), false);
          }
          request = PageRequest.after(page.older(), pageSize);
        }
      }
    }
  }

  private static Batch batch(Page<GoCardlessEvent> page, @Nullable ResourceId cursor) {
    var last = newest(page, cursor);
    return new Batch(
        page.items().reversed(), last, page.newer() != null && !page.items().isEmpty());
  }

  private static @Nullable ResourceId newest(
      Page<GoCardlessEvent> page, @Nullable ResourceId otherwise) {
    return page.items().isEmpty() ? otherwise : page.items().getFirst().id();
  }
}

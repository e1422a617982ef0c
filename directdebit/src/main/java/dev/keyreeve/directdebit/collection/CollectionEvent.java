package dev.keyreeve.directdebit.collection;

/// What the feed says of a collection.
public enum CollectionEvent {
  SCHEDULED("collection.scheduled"),
  AMENDED("collection.amended"),
  NOTICE_SENT("collection.notice_sent"),
  SUBMITTED("collection.submitted"),
  COLLECTED("collection.collected"),
  SETTLED("collection.settled"),
  FAILED("collection.failed"),
  RETRY_SCHEDULED("collection.retry_scheduled"),
  CANCELLED("collection.cancelled"),
  SKIPPED("collection.skipped");

  private final String type;

  CollectionEvent(String type) {
    this.type = type;
  }

  /// The event's type in the feed, such as `collection.settled`.
  public String type() {
    return type;
  }
}

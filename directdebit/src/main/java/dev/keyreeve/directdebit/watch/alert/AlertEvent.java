package dev.keyreeve.directdebit.watch.alert;

/// What the feed says of an alert.
public enum AlertEvent {
  OPENED("alert.opened"),
  /// It is worse than before, and open.
  ESCALATED("alert.escalated"),
  ACKNOWLEDGED("alert.acknowledged"),
  DISMISSED("alert.dismissed"),
  RESOLVED("alert.resolved"),
  REOPENED("alert.reopened");

  private final String type;

  AlertEvent(String type) {
    this.type = type;
  }

  /// The event's type in the feed, such as `alert.opened`.
  public String type() {
    return type;
  }
}

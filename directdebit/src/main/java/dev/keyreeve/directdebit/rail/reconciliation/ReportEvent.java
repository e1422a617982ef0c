package dev.keyreeve.directdebit.rail.reconciliation;

/// What the log of a workspace says of reports. No key can read it.
public enum ReportEvent {
  IMPORTED("report.imported"),
  /// Something in a report waits for a person.
  PARKED("report.parked");

  private final String type;

  ReportEvent(String type) {
    this.type = type;
  }

  public String type() {
    return type;
  }
}

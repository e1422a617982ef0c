package dev.keyreeve.directdebit.rail.submission;

/// What the log of a workspace says of submissions. No key can read it.
public enum SubmissionEvent {
  SEALED("submission.sealed"),
  SENT("submission.sent"),
  ACCEPTED("submission.accepted"),
  PARTLY_REJECTED("submission.partly_rejected"),
  REJECTED("submission.rejected"),
  WITHDRAWN("submission.withdrawn");

  private final String type;

  SubmissionEvent(String type) {
    this.type = type;
  }

  public String type() {
    return type;
  }

  static SubmissionEvent of(SubmissionStatus status) {
    return valueOf(status.name());
  }
}

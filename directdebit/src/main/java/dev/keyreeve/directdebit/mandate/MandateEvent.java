package dev.keyreeve.directdebit.mandate;

/// What the feed says of a move.
public enum MandateEvent {
  INVITED("mandate.invited"),
  CREATED("mandate.created"),
  INVITE_SENT("invite.sent"),
  INVITE_BOUNCED("invite.bounced"),
  INVITE_VIEWED("invite.viewed"),
  INVITE_COMPLETED("invite.completed"),
  INVITE_EXPIRED("invite.expired"),
  INVITE_REVOKED("invite.revoked"),
  APPROVAL_PENDING("mandate.approval_pending"),
  SUBMITTED("mandate.submitted"),
  ACTIVE("mandate.active"),
  FAILED("mandate.failed"),
  SUSPENDED("mandate.suspended"),
  REACTIVATED("mandate.reactivated"),
  CANCELLED("mandate.cancelled"),
  REINSTATED("mandate.reinstated"),
  TRANSFERRED("mandate.transferred"),
  AMENDED("mandate.amended"),
  EXPIRED("mandate.expired"),
  UPDATED("mandate.updated");

  private final String type;

  MandateEvent(String type) {
    this.type = type;
  }

  /// The event's type in the feed, such as `mandate.cancelled`.
  public String type() {
    return type;
  }
}

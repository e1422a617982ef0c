package dev.keyreeve.platform.mail;

/// What became of a mail, as those are told who put it into the queue.
public sealed interface DeliveryStatus {
  record Sent() implements DeliveryStatus {}

  /// @param code of the server that refused it, such as `550` or `5.1.1`
  /// @param answer what it said, without addresses; at most 300 characters
  record Bounced(String code, String answer) implements DeliveryStatus {}

  /// @param why the last try failed
  record GivenUp(String why) implements DeliveryStatus {}
}

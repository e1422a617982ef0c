package dev.keyreeve.platform.mail;

import java.time.Instant;

/// Hands messages over to whoever carries them on. Safe for many threads.
public interface Mailer {

  /// A message with what stays the same each time that it is handed over.
  ///
  /// @param id of the mail; `Message-ID` begins with it
  record Outgoing(String id, Instant queuedAt, Message message) {}

  /// What came of handing a message over.
  sealed interface Handover {}

  /// Somebody else answers for it now.
  record Accepted() implements Handover {}

  /// It will never be taken.
  ///
  /// @param code of the server, such as `550`
  /// @param answer what the server said, without the recipient's address
  record Refused(String code, String answer) implements Handover {}

  /// It was not taken this time.
  ///
  /// @param why without the recipient's address
  record Failed(String why) implements Handover {}

  /// Never throws for what a server or a disk does.
  Handover deliver(Outgoing mail);
}

package dev.keyreeve.platform.mail;

import dev.keyreeve.platform.tenancy.Tx;

/// Is told what became of mails of one kind.
@FunctionalInterface
public interface MailListener {
  /// For a kind whose end brings about nothing.
  MailListener NONE = (_, _, _) -> {};

  /// Does what follows, in the transaction that notes how the mail ended. It may be told twice, and
  /// of what was meanwhile withdrawn.
  ///
  /// @param subjectId what the mail was about
  void ended(Tx tx, String subjectId, DeliveryStatus status);
}

package dev.keyreeve.platform.mail;

import dev.keyreeve.platform.tenancy.Tenancy;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Notes how mails ended, and tells who listens: a mail ends by the clock of the service that
/// queued it, in one transaction with what follows from it there.
///
/// The listener comes first: what it locks is locked before mails, here as by those who withdraw
/// them.
final class MailEnds {
  private final Registration unregistered;
  private final Map<String, Registration> registered = new ConcurrentHashMap<>();

  private record Registration(Tenancy tenancy, MailListener listener) {}

  /// @param tenancy in which mail of a kind ends that nobody registered
  MailEnds(Tenancy tenancy) {
    this.unregistered = new Registration(tenancy, MailListener.NONE);
  }

  void register(String kind, Tenancy tenancy, MailListener listener) {
    if (registered.putIfAbsent(kind, new Registration(tenancy, listener)) != null) {
      throw new IllegalArgumentException("somebody listens already: " + kind);
    }
  }

  /// @param now what the server's clock shows
  void note(Mail mail, DeliveryStatus status, Instant now) {
    var registration = registered.getOrDefault(mail.kind(), unregistered);
    registration
        .tenancy()
        .write(
            mail.workspace(),
            now,
            tx -> {
              registration.listener().ended(tx, mail.subjectId(), status);
              return switch (status) {
                case DeliveryStatus.Sent _ -> MailStore.end(tx, mail.id(), MailStatus.SENT, null);
                case DeliveryStatus.Bounced bounce -> MailStore.bounced(tx, mail.id(), bounce);
                case DeliveryStatus.GivenUp(var why) ->
                    MailStore.end(tx, mail.id(), MailStatus.GIVEN_UP, why);
              };
            });
  }

  /// Which mail ends.
  record Mail(String id, String workspace, String kind, String subjectId) {}
}

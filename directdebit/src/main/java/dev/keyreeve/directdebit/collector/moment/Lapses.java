package dev.keyreeve.directdebit.collector.moment;

import java.time.Instant;

/// What happens in workspaces at instants of its own, between moments, such as the end of an
/// invite.
@FunctionalInterface
public interface Lapses {

  /// Does what is due in the workspaces of a service user up to and including an instant of its
  /// clock.
  ///
  /// @param now what the server's clock shows
  /// @return how much that was
  int until(String serviceUser, Instant until, Instant now);
}

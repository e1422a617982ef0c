package dev.keyreeve.identity.session;

import dev.keyreeve.access.network.Address;
import dev.keyreeve.procedure.Caller;
import org.jspecify.annotations.Nullable;

/// Where a session was opened from, to be recognised by its owner.
///
/// @param userAgent what the program says that it is, if it does
record Client(Address address, @Nullable String userAgent) {
  private static final int LONGEST = 200;

  static Client of(Caller caller) {
    var agent = caller.userAgent();
    return new Client(
        caller.address(),
        agent == null || agent.length() <= LONGEST ? agent : agent.substring(0, LONGEST));
  }
}

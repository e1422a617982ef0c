package dev.keyreeve.platform.audit;

import dev.keyreeve.access.network.Address;
import dev.keyreeve.access.subject.Anyone;
import dev.keyreeve.access.subject.Key;
import dev.keyreeve.access.subject.Operator;
import dev.keyreeve.access.subject.Session;
import dev.keyreeve.procedure.Caller;

/// Who makes a change.
///
/// @param id of the person or key; empty for the others
/// @param name to show: an e-mail address, a key's public beginning
/// @param address where the call came from; [Address#UNKNOWN] where there was none
public record Actor(Kind kind, String id, String name, Address address) {
  public enum Kind {
    PERSON,
    KEY,
    /// The command line of whoever runs the server.
    OPERATOR,
    /// The server itself, as time passes.
    SYSTEM,
    /// Somebody who possessed what the call asked for, such as an invitation.
    ANYONE
  }

  public static final Actor SYSTEM = new Actor(Kind.SYSTEM, "", "keyreeve", Address.UNKNOWN);

  public static Actor of(Caller caller) {
    var address = caller.address();
    return switch (caller.subject()) {
      case Session session -> new Actor(Kind.PERSON, session.personId(), session.email(), address);
      case Key key -> new Actor(Kind.KEY, key.id().toString(), key.shown(), address);
      case Operator _ -> new Actor(Kind.OPERATOR, "", "command line", address);
      case Anyone _ -> new Actor(Kind.ANYONE, "", "anyone", address);
    };
  }
}

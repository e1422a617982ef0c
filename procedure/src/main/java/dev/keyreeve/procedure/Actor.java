package dev.keyreeve.procedure;

import dev.keyreeve.access.network.Address;
import dev.keyreeve.access.subject.Who;

/// Who does something, and from where.
///
/// @param id of the person or key; empty for the others
/// @param name to show: an e-mail address, a key's public beginning
/// @param address where the call came from; [Address#UNKNOWN] where there was none
public record Actor(Who.Kind kind, String id, String name, Address address) {

  /// The server itself, as time passes.
  public static final Actor SYSTEM = of(Who.SYSTEM, Address.UNKNOWN);

  public static Actor of(Who who, Address address) {
    return new Actor(who.kind(), who.id(), who.name(), address);
  }
}

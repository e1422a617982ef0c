package dev.keyreeve.identity.access;

import dev.keyreeve.access.subject.Authority;
import dev.keyreeve.access.subject.Reach;
import dev.keyreeve.procedure.Actor;
import dev.keyreeve.procedure.Caller;

/// Whoever changes what others may: who is recorded, of what they know, and which rights they may
/// hand on.
public record Grantor(Actor actor, Reach reach, Authority authority) {
  public static Grantor of(Caller caller) {
    return new Grantor(caller.actor(), caller.reach(), caller.subject().authority());
  }

  /// Somebody who may hand on everything, such as the server itself.
  public static Grantor ofAll(Actor actor) {
    return new Grantor(actor, new Reach.Everywhere(), new Authority.All());
  }
}

package dev.keyreeve.identity.member;

import dev.keyreeve.access.scope.Role;
import dev.keyreeve.access.subject.Anyone;
import dev.keyreeve.access.subject.Key;
import dev.keyreeve.access.subject.Operator;
import dev.keyreeve.access.subject.Session;
import dev.keyreeve.platform.audit.Actor;
import dev.keyreeve.procedure.Caller;

/// Who changes memberships, and the highest role that they may give or take: nobody grants what is
/// above their own.
public record Grantor(Actor actor, Role upTo) {
  static Grantor of(Caller caller) {
    return new Grantor(
        Actor.of(caller),
        switch (caller.subject()) {
          case Session session -> session.role();
          case Operator _ -> Role.OWNER;
          case Key _, Anyone _ -> throw new IllegalStateException("only people grant roles");
        });
  }

  boolean mayGive(Role role) {
    return role.compareTo(upTo) <= 0;
  }
}

package dev.keyreeve.identity.key;

import dev.keyreeve.access.scope.Scope;
import dev.keyreeve.access.subject.Session;
import dev.keyreeve.platform.audit.Actor;
import dev.keyreeve.procedure.Caller;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// On whose behalf keys are managed.
///
/// @param actor who is recorded
/// @param own the workspace that is meant where none is named
/// @param reaches which workspaces are known of; any other is as if it were not there
/// @param mayGrant which scopes may be handed on: nobody's key holds more than they do
record Authority(
    Actor actor, @Nullable String own, Predicate<String> reaches, Predicate<Scope> mayGrant) {

  static Authority of(Caller caller) {
    var actor = Actor.of(caller);
    return caller.subject() instanceof Session session
        ? new Authority(actor, session.workspace(), caller::reaches, session::holds)
        : new Authority(actor, null, caller::reaches, _ -> true);
  }

  /// That of the server itself.
  static Authority of(Actor actor) {
    return new Authority(actor, null, _ -> true, _ -> true);
  }
}

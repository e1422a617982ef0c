package dev.keyreeve.access.subject;

import dev.keyreeve.access.limit.Limit;
import dev.keyreeve.access.scope.Role;
import dev.keyreeve.access.scope.Scope;
import dev.keyreeve.access.scope.Scopes;

/// A signed-in person in one workspace. The cookie is not here: only its digest is ever kept, by
/// the directory.
///
/// @param id names the session to its owner; it opens nothing
/// @param personId who it is
/// @param email of that person, to show in what is recorded
/// @param role in the organisation
/// @param scopes those that the role carries
/// @param limit of this session alone
/// @param endsAtMillis first instant at which it is over however much it is used, in milliseconds
///   since the epoch
/// @param presence when it was last used
public record Session(
    String id,
    String personId,
    String email,
    Organisation organisation,
    String workspace,
    Role role,
    Scopes scopes,
    Limit limit,
    long endsAtMillis,
    Presence presence)
    implements Subject {

  @Override
  public boolean holds(Scope scope) {
    return scopes.holds(scope);
  }

  public boolean has(Role least) {
    return role.compareTo(least) >= 0;
  }

  /// Whether it is over at this instant, by age or because nobody used it.
  public boolean isOverAt(long nowMillis) {
    return nowMillis >= endsAtMillis || presence.isIdleAt(nowMillis);
  }
}

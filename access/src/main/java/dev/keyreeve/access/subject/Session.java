package dev.keyreeve.access.subject;

import dev.keyreeve.access.limit.Limit;
import dev.keyreeve.access.scope.Role;
import dev.keyreeve.access.scope.Scopes;
import java.util.List;
import org.jspecify.annotations.Nullable;

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
  public Reach reach() {
    return new Reach.OneWorkspace(organisation.id(), workspace);
  }

  /// None, so that people and programs of an organisation cannot starve each other.
  @Override
  public @Nullable Limit sharedLimit() {
    return null;
  }

  @Override
  public Who who() {
    return new Who(Who.Kind.PERSON, personId, email);
  }

  @Override
  public Authority authority() {
    return new Authority.Own(role, scopes);
  }

  @Override
  public List<Basis> bases() {
    return List.of(
        new Basis(Basis.Kind.SESSION, id),
        new Basis(Basis.Kind.MEMBER, personId),
        new Basis(Basis.Kind.ORGANISATION, organisation.id()));
  }

  public boolean has(Role least) {
    return role.compareTo(least) >= 0;
  }

  /// Whether it is over at this instant, by age or because nobody used it.
  public boolean isOverAt(long nowMillis) {
    return nowMillis >= endsAtMillis || presence.isIdleAt(nowMillis);
  }
}

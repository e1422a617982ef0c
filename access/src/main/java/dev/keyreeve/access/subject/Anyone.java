package dev.keyreeve.access.subject;

import dev.keyreeve.access.limit.Limit;
import dev.keyreeve.access.scope.Scopes;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Nobody in particular: a call without a credential, to an API that is open to those who possess
/// something else, such as an invite.
public record Anyone() implements Subject {
  @Override
  public @Nullable Organisation organisation() {
    return null;
  }

  @Override
  public @Nullable String workspace() {
    return null;
  }

  @Override
  public Reach reach() {
    return new Reach.Nowhere();
  }

  @Override
  public Scopes scopes() {
    return Scopes.NONE;
  }

  @Override
  public @Nullable Limit limit() {
    return null;
  }

  @Override
  public @Nullable Limit sharedLimit() {
    return null;
  }

  @Override
  public Who who() {
    return Who.ANYONE;
  }

  @Override
  public Authority authority() {
    return new Authority.None();
  }

  @Override
  public List<Basis> bases() {
    return List.of();
  }
}

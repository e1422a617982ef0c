package dev.keyreeve.access.subject;

import dev.keyreeve.access.limit.Limit;
import dev.keyreeve.access.scope.Scopes;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The command line of whoever runs this server, trusted because it can read the data directory. It
/// may do what only people may do, and holds no scope of any API.
public record CommandLine() implements Subject {
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
    return new Reach.Everywhere();
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
    return Who.COMMAND_LINE;
  }

  @Override
  public Authority authority() {
    return new Authority.All();
  }

  @Override
  public List<Basis> bases() {
    return List.of();
  }
}

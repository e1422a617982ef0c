package dev.keyreeve.access.subject;

import dev.keyreeve.access.limit.Limit;
import dev.keyreeve.access.scope.Scope;
import dev.keyreeve.access.scope.Scopes;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Who a credential stands for. It answers for itself, so that outside of `access` only those ask
/// of which kind it is who make it, or tell each kind in words of its own.
public sealed interface Subject permits Key, Session, CommandLine, Anyone {

  /// The customer whom it belongs to; null if it belongs to none.
  @Nullable Organisation organisation();

  /// Id of the workspace whose data it may touch; null if it has none of its own.
  @Nullable String workspace();

  /// What it may know of.
  Reach reach();

  /// The scopes that its credential carries.
  Scopes scopes();

  default boolean holds(Scope scope) {
    return scopes().holds(scope);
  }

  /// The limit that it pays from alone; null if there is none. A caller pays from its own limit and
  /// from the one that it shares, or from neither. They are two answers and no list, because every
  /// request asks.
  @Nullable Limit limit();

  /// The limit that it shares with others; null if there is none.
  @Nullable Limit sharedLimit();

  /// As what it does is written down.
  Who who();

  /// What it may hand on to others.
  Authority authority();

  /// What has to change for its access to change.
  List<Basis> bases();
}

package dev.keyreeve.identity.access;

import dev.keyreeve.access.subject.Basis;

/// Who listens on this node. Each of its methods returns only once nothing more is sent to those
/// whom this node's directory, as it is now, no longer permits; it waits for no client.
public interface Subscribers {
  /// Nobody listens.
  Subscribers NONE =
      new Subscribers() {
        @Override
        public void recheck(Basis changed) {}

        @Override
        public void recheckAll() {}
      };

  /// Looks anew at those whose access rests on this.
  void recheck(Basis changed);

  void recheckAll();
}

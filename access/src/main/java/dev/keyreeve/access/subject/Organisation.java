package dev.keyreeve.access.subject;

import dev.keyreeve.access.limit.Limit;
import dev.keyreeve.access.network.AddressList;

/// A customer, as decisions see it. One object is shared by all its keys, so that a changed plan
/// holds for the next call of each.
public final class Organisation {
  private final String id;
  private volatile Standing standing;

  public Organisation(String id, Standing standing) {
    this.id = id;
    this.standing = standing;
  }

  /// What may change about an organisation, always seen as a whole.
  ///
  /// @param limit of all its keys together
  public record Standing(boolean suspended, Limit limit, AddressList addresses) {}

  public String id() {
    return id;
  }

  public Standing standing() {
    return standing;
  }

  public void become(Standing changed) {
    standing = changed;
  }

  @Override
  public String toString() {
    return id;
  }
}

package dev.keyreeve.procedure;

import dev.keyreeve.access.limit.Spending;
import dev.keyreeve.access.network.Address;
import dev.keyreeve.access.subject.Key;
import dev.keyreeve.access.subject.Subject;

/// The admitted subject of a request, as a procedure sees it.
///
/// @param allowance what its limits had left once this request was paid
/// @param requestId names the request in logs and errors
public record Caller(
    Subject subject, Spending.Granted allowance, Address address, String requestId) {

  /// The workspace whose data it may touch.
  ///
  /// @throws IllegalStateException if the subject has none: the procedure asks for less than it
  ///   needs
  public String workspace() {
    if (subject instanceof Key key) {
      return key.workspace();
    }
    throw new IllegalStateException("this caller belongs to no workspace");
  }
}

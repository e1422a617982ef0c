package dev.keyreeve.procedure;

import dev.keyreeve.access.limit.Spending;
import dev.keyreeve.access.network.Address;
import dev.keyreeve.access.subject.Key;
import dev.keyreeve.access.subject.Subject;
import org.jspecify.annotations.Nullable;

/// The admitted subject of a request, as a procedure sees it.
///
/// @param allowance what its limits had left once this request was paid
/// @param requestId names the request in logs and errors
/// @param userAgent what the client's program says that it is, if it does
public record Caller(
    Subject subject,
    Spending.Granted allowance,
    Address address,
    String requestId,
    @Nullable String userAgent) {

  public Caller(Subject subject, Spending.Granted allowance, Address address, String requestId) {
    this(subject, allowance, address, requestId, null);
  }

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

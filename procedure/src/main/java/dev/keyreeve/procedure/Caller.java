package dev.keyreeve.procedure;

import dev.keyreeve.access.limit.Spending;
import dev.keyreeve.access.network.Address;
import dev.keyreeve.access.subject.Anyone;
import dev.keyreeve.access.subject.Key;
import dev.keyreeve.access.subject.Operator;
import dev.keyreeve.access.subject.Session;
import dev.keyreeve.access.subject.Subject;
import org.jspecify.annotations.Nullable;

/// The admitted subject of a request, as a procedure sees it.
///
/// @param secret number of the key's secret that proved it; 0 for any other subject
/// @param allowance what its limits had left once this request was paid
/// @param requestId names the request in logs and errors
/// @param userAgent what the client's program says that it is, if it does
public record Caller(
    Subject subject,
    int secret,
    Spending.Granted allowance,
    Address address,
    String requestId,
    @Nullable String userAgent) {

  public Caller(Subject subject, Spending.Granted allowance, Address address, String requestId) {
    this(subject, 0, allowance, address, requestId, null);
  }

  /// The workspace whose data it may touch.
  ///
  /// @throws IllegalStateException if the subject has none: the procedure asks for less than it
  ///   needs
  public String workspace() {
    return switch (subject) {
      case Key key -> key.workspace();
      case Session session -> session.workspace();
      case Operator _, Anyone _ ->
          throw new IllegalStateException("this caller belongs to no workspace");
    };
  }

  /// Whether the workspace that the caller names is one that it may know of. The command line may
  /// know of all.
  public boolean reaches(String workspace) {
    return switch (subject) {
      case Key key -> key.workspace().equals(workspace);
      case Session session -> session.workspace().equals(workspace);
      case Operator _ -> true;
      case Anyone _ -> false;
    };
  }
}

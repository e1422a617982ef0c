package dev.keyreeve.procedure;

import dev.keyreeve.access.limit.Spending;
import dev.keyreeve.access.network.Address;
import dev.keyreeve.access.subject.ProvedBy;
import dev.keyreeve.access.subject.Reach;
import dev.keyreeve.access.subject.Subject;
import dev.keyreeve.access.subject.Who;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The admitted subject of a request, as a procedure sees it.
///
/// @param by what proved it, and until when that holds
/// @param allowance what its limits had left once this request was paid
/// @param requestId names the request in logs and errors
/// @param userAgent what the client's program says that it is, if it does
public record Caller(
    Subject subject,
    ProvedBy by,
    Spending.Granted allowance,
    Address address,
    String requestId,
    @Nullable String userAgent) {

  public Caller(Subject subject, Spending.Granted allowance, Address address, String requestId) {
    this(subject, ProvedBy.NOTHING, allowance, address, requestId, null);
  }

  /// The workspace whose data it may touch.
  ///
  /// @throws IllegalStateException if the subject has none: the procedure asks for less than it
  ///   needs
  public String workspace() {
    var workspace = subject.workspace();
    if (workspace == null) throw new IllegalStateException("this caller belongs to no workspace");
    return workspace;
  }

  /// What it may know of.
  public Reach reach() {
    return subject.reach();
  }

  /// As what it does is written down.
  public Actor actor() {
    return Actor.of(subject.who(), address);
  }

  /// The id of the person who calls; empty where none does.
  public Optional<String> person() {
    var who = subject.who();
    return who.kind() == Who.Kind.PERSON ? Optional.of(who.id()) : Optional.empty();
  }
}

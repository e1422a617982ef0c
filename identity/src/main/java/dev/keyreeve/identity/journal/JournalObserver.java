package dev.keyreeve.identity.journal;

import dev.keyreeve.access.subject.Anyone;
import dev.keyreeve.access.subject.CommandLine;
import dev.keyreeve.access.subject.Key;
import dev.keyreeve.access.subject.ProvedBy;
import dev.keyreeve.access.subject.Session;
import dev.keyreeve.access.subject.Subject;
import dev.keyreeve.identity.journal.Entry.By;
import dev.keyreeve.procedure.CallObserver;
import dev.keyreeve.procedure.problem.Reason;
import org.jspecify.annotations.Nullable;

/// Writes every call that is seen into the journal.
public final class JournalObserver implements CallObserver {
  private static final long NANOS_PER_MICRO = 1000;

  private final Journal journal;

  public JournalObserver(Journal journal) {
    this.journal = journal;
  }

  @Override
  public void observed(Seen seen) {
    var procedure = seen.procedure();
    journal.append(
        new Entry(
            seen.atMillis(),
            seen.requestId(),
            by(seen.subject(), seen.by()),
            seen.address(),
            procedure == null ? null : procedure.name(),
            end(seen.refusal()),
            seen.calls(),
            seen.latencyNanos() / NANOS_PER_MICRO,
            seen.admitted() ? Entry.Kind.ADMITTED : Entry.Kind.REFUSED));
  }

  /// The journal keeps a key as two numbers, and what it keeps of others differs from kind to kind.
  private static By by(@Nullable Subject subject, ProvedBy proof) {
    return switch (subject) {
      case Key key -> new By.OfKey(key.id(), proof.number(), key.workspace());
      case Session session -> new By.OfSession(session.id(), session.workspace());
      case CommandLine _ -> new By.OfCommandLine();
      case Anyone _ -> new By.OfNobody();
      case null -> new By.OfNobody();
    };
  }

  private static End end(@Nullable Reason refusal) {
    return refusal == null
        ? End.OK
        : new End(refusal.code().httpStatus(), refusal.code().name(), refusal.word());
  }
}

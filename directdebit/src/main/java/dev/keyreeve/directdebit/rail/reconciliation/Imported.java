package dev.keyreeve.directdebit.rail.reconciliation;

import dev.keyreeve.directdebit.bacs.Fault;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What became of a report.
///
/// @param id of its row
/// @param kind such as `arudd`; null if it could not be read, or not as the service user's own
/// @param status how it ended
/// @param faults why it was refused whole; none if it was read
/// @param applied advices that did something, or told what was so already
/// @param parked advices that wait for a person
/// @param repeated advices that another report had told before
public record Imported(
    String id,
    @Nullable String kind,
    Status status,
    List<Fault> faults,
    int applied,
    int parked,
    int repeated) {
  public Imported {
    faults = List.copyOf(faults);
  }

  public enum Status {
    APPLIED,
    /// The report was refused whole, and waits for a person.
    PARKED,
    /// The same bytes came before; nothing was done.
    REPEATED,
    /// It was refused whole, and a person has dealt with it.
    DISMISSED
  }
}

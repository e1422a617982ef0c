package dev.keyreeve.directdebit.mandate.instruction;

import dev.keyreeve.directdebit.bacs.calendar.Cycle;
import dev.keyreeve.directdebit.bacs.scheme.SchemeReason;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/// Where an instruction stands. Who holds a state by its own type finds its legal moves there and
/// no others; each leaves the state as it is and hands out the next.
public sealed interface InstructionState {

  /// The word by which the database knows it.
  String word();

  /// Whether nothing becomes of it any more.
  default boolean isOver() {
    return switch (this) {
      case Queued _, Submitted _ -> false;
      case Accepted _, Returned _, Unsendable _, Dropped _ -> true;
    };
  }

  /// Waits for the next run.
  record Queued() implements InstructionState {

    /// @param providerRef which of a provider's mandates it ends; null for what is lodged, which
    ///   the provider has yet to name
    Submitted submit(String submission, Cycle cycle, @Nullable String providerRef) {
      return new Submitted(submission, cycle.inputDay(), cycle.entryDay(), providerRef);
    }

    /// The scheme cannot carry it.
    ///
    /// @param reason what the payer's bank would say of it
    Unsendable refuse(LocalDate inputDay, SchemeReason reason) {
      return new Unsendable(inputDay, reason);
    }

    Dropped drop() {
      return new Dropped();
    }

    @Override
    public String word() {
      return "queued";
    }
  }

  /// On the way to the payer's bank, which may still return it.
  ///
  /// @param providerRef by which a provider knows the mandate that it lodges or ends; null if none
  ///   does, or none has been asked yet
  record Submitted(
      String submission, LocalDate inputDay, LocalDate entryDay, @Nullable String providerRef)
      implements InstructionState {

    /// The submission has been taken back before any bank has seen it.
    Queued takeBack() {
      return new Queued();
    }

    /// A provider has named the mandate that it lodges.
    Submitted named(String ref) {
      return new Submitted(submission, inputDay, entryDay, ref);
    }

    Accepted accept() {
      return new Accepted(this);
    }

    /// @param reason null where no bank gives one
    Returned comeBack(@Nullable SchemeReason reason) {
      return new Returned(this, reason);
    }

    @Override
    public String word() {
      return "submitted";
    }
  }

  /// The payer's bank holds it, or knows of the withdrawal.
  record Accepted(Submitted by) implements InstructionState {
    @Override
    public String word() {
      return "accepted";
    }
  }

  /// It came back, or a provider has not taken it.
  record Returned(Submitted from, @Nullable SchemeReason reason) implements InstructionState {
    @Override
    public String word() {
      return "returned";
    }
  }

  /// No submission could carry it, which ends it as if the payer's bank had returned it.
  record Unsendable(LocalDate inputDay, SchemeReason reason) implements InstructionState {
    @Override
    public String word() {
      return "returned";
    }
  }

  /// Taken back before a run had submitted it.
  record Dropped() implements InstructionState {
    @Override
    public String word() {
      return "dropped";
    }
  }
}

package dev.keyreeve.directdebit.bacs.bankreport;

import dev.keyreeve.directdebit.bacs.calendar.BacsCalendar;
import dev.keyreeve.directdebit.bacs.calendar.Cycle;
import dev.keyreeve.directdebit.bacs.money.Pence;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the bank has said of a service user and nobody has understood yet. Until somebody has,
/// silence decides nothing of what it may be about: no debit counts as paid, no instruction as
/// lodged or dormant, and no claim as taken. Of what has gone out since, it says nothing.
///
/// @param waiting the advices that wait for a person
/// @param unread the last day in London on which a report came that could not be read and that
///   nobody has dealt with; null if there is none
public record Doubts(List<Waiting> waiting, @Nullable LocalDate unread) {
  public static final Doubts NONE = new Doubts(List.of(), null);

  public Doubts {
    waiting = List.copyOf(waiting);
  }

  /// An advice that waits for a person.
  ///
  /// @param amount of the debit that it means; null for what is about an instruction
  /// @param day of the debit, as the bank names it; null for what is about an instruction
  /// @param toldOn in London
  public record Waiting(
      String reference, @Nullable Pence amount, @Nullable LocalDate day, LocalDate toldOn) {

    /// Whether the bank can mean a presentation under its reference: one of amount and day is as it
    /// says, and the other may be what it has got wrong.
    private boolean mayMean(Pence presented, Cycle cycle, BacsCalendar calendar) {
      return amount != null
          && day != null
          && (amount.equals(presented)
              || AdviceSubject.isNear(day, cycle.processingDay(), calendar)
              || AdviceSubject.isNear(day, cycle.entryDay(), calendar));
    }
  }

  /// @param reference the mandate's
  public boolean ofDebit(String reference, Pence amount, Cycle cycle, BacsCalendar calendar) {
    return isUnreadSince(cycle.inputDay())
        || waiting.stream()
            .anyMatch(
                advice ->
                    isOf(advice, reference, cycle.inputDay())
                        && advice.mayMean(amount, cycle, calendar));
  }

  /// @param reference the mandate's
  /// @param sentOn when it went to the bank
  public boolean ofInstruction(String reference, LocalDate sentOn) {
    return isUnreadSince(sentOn)
        || waiting.stream().anyMatch(advice -> isOf(advice, reference, sentOn));
  }

  /// @param reference the mandate's, as the bank writes it
  /// @param receivedOn when the claim came; what waits since then is perhaps the claim itself
  public boolean ofClaim(String reference, Pence amount, LocalDate receivedOn) {
    return isUnreadSince(receivedOn)
        || waiting.stream()
            .anyMatch(
                advice ->
                    isOf(advice, reference, receivedOn.plusDays(1))
                        && amount.equals(advice.amount()));
  }

  private boolean isUnreadSince(LocalDate day) {
    return unread != null && !unread.isBefore(day);
  }

  private static boolean isOf(Waiting advice, String reference, LocalDate since) {
    return advice.reference().equals(reference) && !advice.toldOn().isBefore(since);
  }
}

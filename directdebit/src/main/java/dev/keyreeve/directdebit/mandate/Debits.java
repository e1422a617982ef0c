package dev.keyreeve.directdebit.mandate;

import dev.keyreeve.directdebit.mandate.schedule.ScheduleDraft;
import dev.keyreeve.platform.event.Event;
import dev.keyreeve.platform.tenancy.Tx;
import dev.keyreeve.procedure.Outcome;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What mandates mean for the debits under them. Whoever asks holds the lock of the mandate.
public interface Debits {

  /// What became of debits when their mandate moved.
  ///
  /// @param changed those that are cancelled, held or resumed
  /// @param alreadySubmitted those on their way to the payer's bank, which nothing here stops
  record Affected(List<DebitView> changed, List<DebitView> alreadySubmitted) {
    public static final Affected NONE = new Affected(List.of(), List.of());
  }

  /// What is planned under a mandate.
  ///
  /// @param nextPossibleDate the first day on which a debit that is asked for now can be made; null
  ///   while nothing can be collected
  record Outlook(@Nullable ScheduleView schedule, @Nullable LocalDate nextPossibleDate) {}

  /// Plans the debits of a new mandate. What the plan has before they can be made is put off to the
  /// first day on which it can.
  Outcome<List<NoticeView>> plan(Tx tx, MandateId mandate, ScheduleDraft draft, Source source);

  /// Puts another plan in the place of what is not submitted yet.
  ///
  /// @param effectiveFrom the first day by the new plan; when it starts unless said
  /// @return the advance notices that it asks for
  Outcome<List<NoticeView>> replan(
      Tx tx,
      MandateId mandate,
      ScheduleDraft draft,
      @Nullable LocalDate effectiveFrom,
      Source source);

  /// Does what a move of a mandate asks for: cancels, holds or resumes its debits.
  ///
  /// @param told what the feed says of the move
  Affected after(Tx tx, MandateId mandate, Move.Moved move, Source source, Event told);

  Outlook outlook(Tx tx, MandateId mandate);
}

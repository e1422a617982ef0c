package dev.keyreeve.directdebit.collection;

import dev.keyreeve.directdebit.bacs.calendar.BacsCalendar;
import dev.keyreeve.directdebit.mandate.DebitView;
import dev.keyreeve.directdebit.mandate.MandateId;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/// A collection, as one row of the store. [#change] makes the next version of it.
///
/// @param amount in pence
/// @param entryOn when the payer is debited, or was last
/// @param firstEntryOn of its first presentation
/// @param needsNotice whether the payer has to be told of this one by itself
record Collection(
    CollectionId id,
    MandateId mandate,
    @Nullable String scheduleId,
    @Nullable String period,
    boolean isLast,
    long amount,
    LocalDate dueOn,
    LocalDate entryOn,
    @Nullable LocalDate firstEntryOn,
    CollectionStatus status,
    Instant since,
    @Nullable LocalDate expectedFinalOn,
    @Nullable Blocked blocked,
    boolean needsNotice,
    @Nullable Instant noticeSentAt,
    @Nullable Stage stage,
    @Nullable String reason,
    boolean late,
    @Nullable String description,
    int version,
    Instant createdAt,
    Instant updatedAt) {

  /// Processing days from the entry day to the day on which it counts as paid.
  static final int DAYS_TO_RETURN = 2;

  /// A new one.
  static Collection planned(
      CollectionId id,
      MandateId mandate,
      long amount,
      LocalDate dueOn,
      LocalDate entryOn,
      BacsCalendar calendar,
      Instant now) {
    return new Collection(
        id,
        mandate,
        null,
        null,
        false,
        amount,
        dueOn,
        entryOn,
        null,
        CollectionStatus.SCHEDULED,
        now,
        calendar.plus(entryOn, DAYS_TO_RETURN),
        null,
        true,
        null,
        null,
        null,
        false,
        null,
        1,
        now,
        now);
  }

  boolean awaitsNotice() {
    return needsNotice && noticeSentAt == null;
  }

  DebitView inShort() {
    return new DebitView(id.text(), amount, dueOn, entryOn, status.word());
  }

  Change change() {
    return new Change(this);
  }

  /// The next version of a collection, part by part.
  static final class Change {
    private final Collection before;
    private CollectionStatus status;
    private long amount;
    private LocalDate dueOn;
    private LocalDate entryOn;
    private @Nullable Blocked blocked;
    private boolean needsNotice;
    private @Nullable Instant noticeSentAt;
    private @Nullable LocalDate firstEntryOn;
    private @Nullable Stage stage;
    private @Nullable String reason;
    private boolean late;
    private @Nullable String scheduleId;
    private @Nullable String period;
    private boolean isLast;
    private @Nullable String description;

    private Change(Collection before) {
      this.before = before;
      status = before.status;
      amount = before.amount;
      dueOn = before.dueOn;
      entryOn = before.entryOn;
      blocked = before.blocked;
      needsNotice = before.needsNotice;
      noticeSentAt = before.noticeSentAt;
      firstEntryOn = before.firstEntryOn;
      stage = before.stage;
      reason = before.reason;
      late = before.late;
      scheduleId = before.scheduleId;
      period = before.period;
      isLast = before.isLast;
      description = before.description;
    }

    /// Takes a step, which must be legal.
    Change step(Step step) {
      status =
          switch (status.after(step)) {
            case Next.To<CollectionStatus>(var next) -> next;
            case Next.Same<CollectionStatus> _ -> status;
            case Next.Illegal<CollectionStatus> _ ->
                throw new IllegalStateException(before.id + ": " + status + " knows no " + step);
          };
      return this;
    }

    Change amount(long pence) {
      amount = pence;
      return this;
    }

    Change dueOn(LocalDate day) {
      dueOn = day;
      return this;
    }

    Change entryOn(LocalDate day) {
      entryOn = day;
      return this;
    }

    Change blocked(@Nullable Blocked why) {
      blocked = why;
      return this;
    }

    /// The payer has to be told, whatever was told before.
    Change tellAgain() {
      needsNotice = true;
      noticeSentAt = null;
      return this;
    }

    Change needsNotice(boolean needed) {
      needsNotice = needed;
      return this;
    }

    Change told(Instant at) {
      noticeSentAt = at;
      return this;
    }

    Change presentedFor(LocalDate entryDay) {
      entryOn = entryDay;
      if (firstEntryOn == null) firstEntryOn = entryDay;
      return this;
    }

    Change failed(@Nullable Stage where, @Nullable String why, boolean isLate) {
      stage = where;
      reason = why;
      late = isLate;
      return this;
    }

    Change ofSchedule(String id, String which, boolean last) {
      scheduleId = id;
      period = which;
      isLast = last;
      return this;
    }

    Change description(@Nullable String words) {
      description = words;
      return this;
    }

    /// The new version, at an instant.
    Collection at(Instant now, BacsCalendar calendar) {
      return made(before.version + 1, now, calendar);
    }

    /// The first version, with what it begins with.
    Collection asNew(BacsCalendar calendar) {
      return made(1, before.createdAt, calendar);
    }

    /// Nobody can tell when a provider presents it again.
    private boolean awaitsProvider() {
      return status == CollectionStatus.RETRYING && blocked == Blocked.PROVIDER;
    }

    private Collection made(int version, Instant now, BacsCalendar calendar) {
      return new Collection(
          before.id,
          before.mandate,
          scheduleId,
          period,
          isLast,
          amount,
          dueOn,
          entryOn,
          firstEntryOn,
          status,
          status == before.status ? before.since : now,
          status.isFinal() || awaitsProvider() ? null : calendar.plus(entryOn, DAYS_TO_RETURN),
          status.isPlanned() || awaitsProvider() ? blocked : null,
          needsNotice,
          noticeSentAt,
          stage,
          reason,
          late,
          description,
          version,
          before.createdAt,
          now);
    }
  }
}

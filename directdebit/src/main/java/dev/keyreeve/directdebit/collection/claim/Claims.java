package dev.keyreeve.directdebit.collection.claim;

import dev.keyreeve.directdebit.bacs.bankreport.Doubts;
import dev.keyreeve.directdebit.bacs.calendar.BacsCalendar;
import dev.keyreeve.directdebit.bacs.calendar.London;
import dev.keyreeve.directdebit.bacs.origin.Origin;
import dev.keyreeve.directdebit.bacs.scheme.DdicReason;
import dev.keyreeve.directdebit.bacs.scheme.MandateReaction;
import dev.keyreeve.directdebit.bacs.scheme.SchemeEvent;
import dev.keyreeve.directdebit.collection.AttemptId;
import dev.keyreeve.directdebit.collection.Presentations;
import dev.keyreeve.directdebit.collection.claim.ClaimRows.Debit;
import dev.keyreeve.platform.tenancy.Tx;
import java.time.LocalDate;
import java.util.Objects;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Takes what banks say of claims, and settles claims when their day has come. A claim that ends or
/// suspends its mandate is flagged, so that a person looks at it.
public final class Claims {
  /// Processing days after the one it came on in which a claim can be challenged.
  static final int DAYS_TO_CHALLENGE = 9;

  /// Processing days after which it is taken from the collector.
  static final int DAYS_TO_SETTLE = 14;

  private final BacsCalendar calendar;
  private final Presentations presentations;
  private final RandomGenerator random;

  public Claims(BacsCalendar calendar, Presentations presentations, RandomGenerator random) {
    this.random = random;
    this.calendar = calendar;
    this.presentations = presentations;
  }

  /// Takes a notice. The same notice twice changes nothing more; one that names the debit of a
  /// claim which was kept without one matches it.
  ///
  /// @param event what happened to the claim
  public Receipt receive(Tx tx, ClaimNotice notice, SchemeEvent.OfClaim event) {
    return switch (event) {
      case SchemeEvent.ClaimRaised(var reason) -> raised(tx, notice, reason);
      case SchemeEvent.ClaimWithdrawn(var reason) ->
          ended(tx, notice, ClaimStep.WITHDRAW, new SchemeEvent.ClaimWithdrawn(reason));
      case SchemeEvent.ClaimSettled settled -> ended(tx, notice, ClaimStep.SETTLE, settled);
    };
  }

  private Receipt raised(Tx tx, ClaimNotice notice, DdicReason reason) {
    var debit = debitOf(tx, notice);
    var known = find(tx, notice);
    if (known.isPresent()) return again(tx, known.get(), notice, debit);

    var why = fits(tx, notice, debit);
    Debit claimed = null;
    if (debit != null && why == null) {
      if (apply(tx, debit.id(), new SchemeEvent.ClaimRaised(reason))) {
        claimed = debit;
      } else {
        why = Unmatched.NOT_COLLECTED;
      }
    }
    var claim = claim(tx, notice, reason, claimed, why);
    if (!ClaimRows.insert(tx, claim, notice.key())) {
      // Told at the same time: whoever names the debit holds its mandate and never comes here.
      if (claimed != null) throw new IllegalStateException("claimed twice: " + notice.key());
      return new Receipt.Repeated(find(tx, notice).orElseThrow().id());
    }
    var kept = ClaimRows.find(tx, claim.id()).orElseThrow();
    ClaimEvents.tell(tx, ClaimEvent.RECEIVED, kept, Origin.BANK);
    return why == null ? new Receipt.Taken(claim.id()) : new Receipt.Kept(claim.id(), why);
  }

  private static @Nullable Debit debitOf(Tx tx, ClaimNotice notice) {
    var attempt = notice.attemptId();
    var debit = attempt == null ? null : ClaimRows.lockDebit(tx, attempt).orElse(null);
    var mandate = notice.mandateId();
    if (debit == null && mandate != null) ClaimRows.lockMandate(tx, mandate);
    return debit;
  }

  /// Why the debit cannot be the one that is claimed; null if it can.
  private static @Nullable Unmatched fits(Tx tx, ClaimNotice notice, @Nullable Debit debit) {
    if (debit == null) return Unmatched.NO_ATTEMPT;
    if (!debit.amount().equals(notice.amount())) return Unmatched.AMOUNT_DIFFERS;
    return ClaimRows.isClaimed(tx, debit.id()) ? Unmatched.CLAIMED_ALREADY : null;
  }

  private Receipt again(Tx tx, Claim seen, ClaimNotice notice, @Nullable Debit debit) {
    var claim = ClaimRows.lock(tx, seen.id()).orElseThrow();
    if (claim.attemptId() != null || debit == null || !claim.status().stands()) {
      return new Receipt.Repeated(claim.id());
    }
    var why = fits(tx, notice, debit);
    if (why != null) return new Receipt.Kept(claim.id(), why);
    if (!apply(tx, debit.id(), new SchemeEvent.ClaimRaised(claim.reason()))) {
      return new Receipt.Kept(claim.id(), Unmatched.NOT_COLLECTED);
    }
    var matched = ClaimRows.match(tx, claim.id(), debit, isFlagged(claim.reason()));
    ClaimEvents.tell(tx, ClaimEvent.MATCHED, matched, Origin.BANK);
    return new Receipt.Taken(claim.id());
  }

  private Claim claim(
      Tx tx,
      ClaimNotice notice,
      DdicReason reason,
      @Nullable Debit debit,
      @Nullable Unmatched why) {
    var today = London.dateOf(tx.now());
    var settlesOn = notice.settlesOn();
    return new Claim(
        ClaimId.generate(tx.now(), random),
        debit == null ? null : debit.id(),
        debit == null ? null : debit.collectionId(),
        debit == null ? notice.mandateId() : debit.mandateId(),
        notice.bankRef(),
        notice.reference(),
        reason,
        notice.amount(),
        notice.debitedOn(),
        ClaimStatus.RECEIVED,
        tx.now(),
        today,
        calendar.plus(today, DAYS_TO_CHALLENGE),
        settlesOn == null ? calendar.plus(today, DAYS_TO_SETTLE) : settlesOn,
        why,
        debit != null && isFlagged(reason),
        null,
        1);
  }

  private static boolean isFlagged(DdicReason reason) {
    return reason.reaction() != MandateReaction.NONE;
  }

  /// The claim that a notice has raised; one that was kept before notices had keys is found by what
  /// it says.
  private static Optional<Claim> find(Tx tx, ClaimNotice notice) {
    return ClaimRows.ofKey(tx, notice.key())
        .or(
            () ->
                ClaimRows.ofBankRef(tx, notice.bankRef(), true).stream()
                    .filter(claim -> isAbout(claim, notice))
                    .findFirst());
  }

  /// The claim that a notice says the end of: of several that it may mean, the first that can still
  /// end so. Banks may write the payer's reference in one way when they claim, and in another when
  /// they end the claim.
  private static Optional<Claim> findToEnd(Tx tx, ClaimNotice notice, ClaimStep step) {
    var all =
        ClaimRows.ofBankRef(tx, notice.bankRef(), false).stream()
            .filter(claim -> isAbout(claim, notice))
            .toList();
    var named = all.stream().filter(each -> each.reference().equals(notice.reference())).toList();
    var meant = named.isEmpty() && all.size() == 1 ? all : named;
    return meant.stream()
        .filter(claim -> claim.status().after(step) != claim.status())
        .findFirst()
        .or(() -> meant.stream().findFirst());
  }

  private static boolean isAbout(Claim claim, ClaimNotice notice) {
    return claim.amount().equals(notice.amount())
        && Objects.equals(claim.debitedOn(), notice.debitedOn());
  }

  private Receipt ended(Tx tx, ClaimNotice notice, ClaimStep step, SchemeEvent event) {
    var found = findToEnd(tx, notice, step);
    if (found.isEmpty()) return new Receipt.Unknown();

    var claim = ClaimRows.lock(tx, found.get().id()).orElseThrow();
    var after = claim.status().after(step);
    if (after == null || after == claim.status()) return new Receipt.Repeated(claim.id());

    release(tx, claim, after, event);
    var moved = ClaimRows.move(tx, claim.id(), after, claim.flagged());
    ClaimEvents.tell(tx, ClaimEvent.of(after), moved, Origin.BANK);
    return new Receipt.Taken(claim.id());
  }

  /// Gives the debit back to the collector if the claim stands no longer.
  void release(Tx tx, Claim claim, ClaimStatus after, SchemeEvent event) {
    var attempt = claim.attemptId();
    if (attempt == null || !claim.status().stands() || after.stands()) return;

    if (!apply(tx, attempt, event)) {
      throw new IllegalStateException("a claimed debit is not clawed back: " + attempt);
    }
  }

  /// Moves on the debit, its collection and its mandate.
  ///
  /// @return whether the event fits what is known of the debit; if not, nothing has changed
  private boolean apply(Tx tx, String attemptId, SchemeEvent event) {
    return presentations.apply(tx, new AttemptId(attemptId), event).fits();
  }

  /// Settles the claims whose day has come, unless they are challenged and nobody knows yet how
  /// that ends, or in doubt.
  ///
  /// @param day in London
  public void close(Tx tx, LocalDate day, Doubts doubts) {
    for (var due : ClaimRows.dueBy(tx, day)) {
      if (doubts.ofClaim(due.reference(), due.amount(), due.receivedOn())) continue;

      var claim = ClaimRows.lock(tx, due.id()).orElseThrow();
      var after = claim.status().after(ClaimStep.SETTLE);
      if (after == null || after == claim.status()) continue;

      var moved = ClaimRows.move(tx, claim.id(), after, claim.flagged());
      ClaimEvents.tell(tx, ClaimEvent.SETTLED, moved, Origin.CLOCK);
    }
  }
}

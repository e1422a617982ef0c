package dev.keyreeve.directdebit.rail.reconciliation;

import dev.keyreeve.directdebit.bacs.TransactionCode;
import dev.keyreeve.directdebit.bacs.bankreport.Advice;
import dev.keyreeve.directdebit.bacs.bankreport.AdviceSubject;
import dev.keyreeve.directdebit.bacs.calendar.BacsCalendar;
import dev.keyreeve.directdebit.bacs.calendar.Cycle;
import dev.keyreeve.directdebit.bacs.money.Pence;
import dev.keyreeve.directdebit.bacs.scheme.SchemeEvent;
import dev.keyreeve.directdebit.collection.AttemptStatus;
import dev.keyreeve.directdebit.collector.serviceuser.ServiceUser;
import dev.keyreeve.directdebit.collector.serviceuser.ServiceUsers;
import dev.keyreeve.platform.tenancy.Across;
import dev.keyreeve.platform.tenancy.Tx;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The mandates of a service user that a report names, and their presentations. Looked up once for
/// a whole report, workspace by workspace; the mandates are locked, in the order of their ids.
final class Candidates {
  private final Map<String, List<Mandate>> byReference = new HashMap<>();
  private final BacsCalendar calendar;

  private Candidates(BacsCalendar calendar) {
    this.calendar = calendar;
  }

  /// @param id of the mandate
  record Mandate(String workspace, String id, List<Attempt> attempts) {}

  record Attempt(
      String id, TransactionCode code, Pence amount, Cycle cycle, AttemptStatus status) {}

  /// What an advice is about.
  ///
  /// @param attempt null for what is about a mandate alone
  record Match(String workspace, String mandate, @Nullable String attempt) {}

  /// Either one match, or why there is none.
  sealed interface Found {
    record One(Match match) implements Found {}

    /// @param mandate the one that it must be, if that at least is clear
    record Unclear(String why, @Nullable Mandate mandate) implements Found {}
  }

  static Candidates of(
      Across across, ServiceUser user, Collection<String> references, BacsCalendar calendar) {
    var candidates = new Candidates(calendar);
    for (var workspace : ServiceUsers.workspaces(across.handle(), user.id())) {
      across.in(
          workspace,
          tx -> {
            candidates.add(tx, references);
            return tx;
          });
    }
    return candidates;
  }

  private void add(Tx tx, Collection<String> references) {
    var attempts = attempts(tx, references);
    tx.query(
            """
            select id, reference from mandate
            where workspace_id = :workspace and reference = any(:references)
            order by id
            for update
            """)
        .bindArray("references", String.class, references)
        .map(
            (row, _) -> {
              var id = row.getString("id");
              byReference
                  .computeIfAbsent(row.getString("reference"), _ -> new ArrayList<>())
                  .add(new Mandate(tx.workspace(), id, attempts.getOrDefault(id, List.of())));
              return id;
            })
        .list();
  }

  private static Map<String, List<Attempt>> attempts(Tx tx, Collection<String> references) {
    var attempts = new HashMap<String, List<Attempt>>();
    tx.query(
            """
            select a.id, a.mandate_id, a.code, a.amount, a.input_on, a.processing_on, a.entry_on,
                   a.status
            from attempt a
            join mandate m on m.workspace_id = :workspace and m.id = a.mandate_id
            where a.workspace_id = :workspace and m.reference = any(:references)
            order by a.entry_on, a.id
            """)
        .bindArray("references", String.class, references)
        .map(
            (row, _) ->
                attempts
                    .computeIfAbsent(row.getString("mandate_id"), _ -> new ArrayList<>())
                    .add(
                        new Attempt(
                            row.getString("id"),
                            TransactionCode.find(row.getString("code")).orElseThrow(),
                            new Pence(row.getLong("amount")),
                            new Cycle(
                                row.getObject("input_on", LocalDate.class),
                                row.getObject("processing_on", LocalDate.class),
                                row.getObject("entry_on", LocalDate.class)),
                            AttemptStatus.parse(row.getString("status")))))
        .list();
    return attempts;
  }

  /// Locks a mandate that a person has chosen.
  ///
  /// @param attempt null if none was chosen
  /// @return whether the workspace has it, and the attempt is one of its presentations
  static boolean holds(Tx tx, String mandate, @Nullable String attempt) {
    return tx.query(
            """
            select m.id from mandate m
            where m.workspace_id = :workspace and m.id = :mandate
              and (:attempt::text is null or exists (
                select from attempt a
                where a.workspace_id = :workspace and a.id = :attempt and a.mandate_id = m.id))
            for update of m
            """)
        .bind("mandate", mandate)
        .bind("attempt", attempt)
        .mapTo(String.class)
        .findOne()
        .isPresent();
  }

  Found find(Advice advice) {
    var subject = advice.subject();
    var mandates = byReference.getOrDefault(subject.reference(), List.of());
    if (mandates.isEmpty()) {
      return new Found.Unclear("No mandate has this reference.", null);
    }
    return switch (subject) {
      case AdviceSubject.Instruction _ ->
          mandates.size() == 1
              ? new Found.One(match(mandates.getFirst(), null))
              : new Found.Unclear("Several mandates have this reference.", null);
      case AdviceSubject.Debit debit -> find(advice, debit, mandates);
    };
  }

  private Found find(Advice advice, AdviceSubject.Debit debit, List<Mandate> mandates) {
    var matches = new ArrayList<Match>();
    for (var mandate : mandates) {
      for (var attempt : mandate.attempts()) {
        if (fits(advice, debit, attempt)) matches.add(match(mandate, attempt.id()));
      }
    }
    if (matches.size() == 1) return new Found.One(matches.getFirst());

    return new Found.Unclear(
        matches.isEmpty()
            ? "No debit under this reference has this amount and day."
            : "Several debits under this reference have this amount and day.",
        mandates.size() == 1 ? mandates.getFirst() : null);
  }

  private boolean fits(Advice advice, AdviceSubject.Debit debit, Attempt attempt) {
    return debit.mayBe(attempt.amount(), attempt.cycle(), calendar)
        && (debit.code() == null || debit.code() == attempt.code())
        && (!(advice.meaning() instanceof Advice.Clear(var event))
            || canBe(event, attempt.status()));
  }

  /// Whether a report can still be about a presentation that has come so far: what came back, or
  /// was never taken in, does not come back again.
  private static boolean canBe(SchemeEvent event, AttemptStatus status) {
    return switch (event) {
      case SchemeEvent.DebitReturned _, SchemeEvent.ClaimRaised _ -> status.stands();
      case SchemeEvent.DebitRejected _ -> status == AttemptStatus.SUBMITTED;
      case SchemeEvent.DebitSubmitted _,
          SchemeEvent.DebitCancelled _,
          SchemeEvent.DebitResubmitted _,
          SchemeEvent.DebitCollected _,
          SchemeEvent.DebitSettled _,
          SchemeEvent.ClaimWithdrawn _,
          SchemeEvent.ClaimSettled _,
          SchemeEvent.OfInstruction _ ->
          true;
    };
  }

  private static Match match(Mandate mandate, @Nullable String attempt) {
    return new Match(mandate.workspace(), mandate.id(), attempt);
  }
}

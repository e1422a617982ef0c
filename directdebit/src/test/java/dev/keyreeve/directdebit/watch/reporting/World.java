package dev.keyreeve.directdebit.watch.reporting;

import dev.keyreeve.directdebit.TestDirectDebit;
import dev.keyreeve.directdebit.TestDirectDebit.Workspace;
import dev.keyreeve.directdebit.bacs.calendar.London;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// Rows of collections as they are kept, written without the rooms that make them. An attempt is
/// presented two days before its entry day; what returns it or settles it happens at noon.
final class World {
  private static final AtomicInteger NUMBERS = new AtomicInteger();

  private final TestDirectDebit service;
  private final Workspace workspace;
  private final String mandate;

  World(TestDirectDebit service, Workspace workspace, String mandate) {
    this.service = service;
    this.workspace = workspace;
    this.mandate = mandate;
  }

  static String id(String prefix) {
    return prefix + "%026d".formatted(NUMBERS.incrementAndGet());
  }

  static Instant noon(LocalDate day) {
    return London.at(day, LocalTime.NOON);
  }

  /// A collection, final as of the day of its last outcome.
  String collection(LocalDate day, long amount, String status, boolean isFinal, LocalDate since) {
    return collection(day, amount, status, null, isFinal, since);
  }

  String collection(
      LocalDate day,
      long amount,
      String status,
      @Nullable String stage,
      boolean isFinal,
      LocalDate since) {
    var id = id("col_");
    service
        .tenancy()
        .write(
            workspace.id(),
            service.instant(),
            tx ->
                tx.update(
                        """
                        insert into collection (id, workspace_id, mandate_id, amount, due_on,
                          entry_on, first_entry_on, status, since, outcome_final, needs_notice,
                          stage, version, created_at, updated_at)
                        values (:id, :workspace, :mandate, :amount, :day, :day, :day, :status,
                          :since, :final, false, :stage, 1, :created, :since)
                        """)
                    .bind("id", id)
                    .bind("mandate", mandate)
                    .bind("amount", amount)
                    .bind("day", day)
                    .bind("status", status)
                    .bind("stage", stage)
                    .bind("since", noon(since))
                    .bind("created", noon(day.minusDays(20)))
                    .bind("final", isFinal)
                    .execute());
    return id;
  }

  String attempt(
      String collection,
      int n,
      LocalDate entry,
      long amount,
      String status,
      @Nullable String reason,
      @Nullable LocalDate settled,
      @Nullable LocalDate failed) {
    var id = id("att_");
    service
        .tenancy()
        .write(
            workspace.id(),
            service.instant(),
            tx ->
                tx.update(
                        """
                        insert into attempt (id, workspace_id, collection_id, mandate_id, n, code,
                          amount, input_on, processing_on, entry_on, status, reason, submitted_at,
                          settled_at, failed_at)
                        values (:id, :workspace, :collection, :mandate, :n, :code, :amount, :input,
                          :input, :entry, :status, :reason, :submitted, :settled, :failed)
                        """)
                    .bind("id", id)
                    .bind("collection", collection)
                    .bind("mandate", mandate)
                    .bind("n", n)
                    .bind("code", n == 1 ? "17" : "18")
                    .bind("amount", amount)
                    .bind("input", entry.minusDays(2))
                    .bind("entry", entry)
                    .bind("status", status)
                    .bind("reason", reason)
                    .bind("submitted", noon(entry.minusDays(2)))
                    .bind("settled", settled == null ? null : noon(settled))
                    .bind("failed", failed == null ? null : noon(failed))
                    .execute());
    return id;
  }

  String claim(
      @Nullable String collection,
      @Nullable String attempt,
      String reason,
      long amount,
      String status,
      LocalDate received,
      LocalDate since) {
    var id = id("clm_");
    service
        .tenancy()
        .write(
            workspace.id(),
            service.instant(),
            tx ->
                tx.update(
                        """
                        insert into claim (id, workspace_id, attempt_id, collection_id, mandate_id,
                          bank_ref, reference, reason, amount, status, since, received_on,
                          challenge_by, settles_on, version, created_at)
                        values (:id, :workspace, :attempt, :collection, :mandate, :id, 'REF', :reason,
                          :amount, :status, :since, :received, :challengeBy, :settles, 1, :created)
                        """)
                    .bind("id", id)
                    .bind("attempt", attempt)
                    .bind("collection", collection)
                    .bind("mandate", collection == null ? null : mandate)
                    .bind("reason", reason)
                    .bind("amount", amount)
                    .bind("status", status)
                    .bind("since", noon(since))
                    .bind("received", received)
                    .bind("challengeBy", received.plusDays(13))
                    .bind("settles", received.plusDays(20))
                    .bind("created", noon(received))
                    .execute());
    return id;
  }
}

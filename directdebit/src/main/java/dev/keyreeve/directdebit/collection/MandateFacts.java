package dev.keyreeve.directdebit.collection;

import dev.keyreeve.directdebit.bacs.MandateReference;
import dev.keyreeve.directdebit.mandate.MandateId;
import dev.keyreeve.directdebit.mandate.MandateStatus;
import dev.keyreeve.platform.tenancy.Tx;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What debits have to know of their mandate.
///
/// @param lodgedOn the entry day of an instruction that is on its way to the payer's bank
record MandateFacts(
    MandateId id,
    MandateReference reference,
    MandateStatus status,
    @Nullable LocalDate suspendedUntil,
    boolean resubmitting,
    @Nullable String bankAccountId,
    @Nullable String providerRef,
    @Nullable LocalDate lodgedOn) {

  private static final String SELECT =
      """
      select m.id, m.reference, m.status, m.suspended_until, m.resubmitting, m.bank_account_id,
             m.provider_ref,
             (select max(i.entry_day) from instruction i
              where i.workspace_id = :workspace and i.mandate_id = m.id
                and i.kind = 'lodge' and i.status = 'submitted') as lodged_on
      from mandate m
      where m.workspace_id = :workspace and m.id = any(:ids)
      order by m.id
      """;

  /// Of one mandate that the transaction holds the lock of, or only reads.
  static MandateFacts of(Tx tx, MandateId id) {
    return read(tx, List.of(id.text()), "").values().iterator().next();
  }

  /// Locks mandates in the order of their ids.
  static Map<MandateId, MandateFacts> lock(Tx tx, List<String> ids) {
    return ids.isEmpty() ? Map.of() : read(tx, ids, " for update of m");
  }

  private static Map<MandateId, MandateFacts> read(Tx tx, List<String> ids, String locking) {
    var facts =
        tx.query(SELECT + locking)
            .bindArray("ids", String.class, new ArrayList<>(ids))
            .map(
                (row, _) ->
                    new MandateFacts(
                        new MandateId(row.getString("id")),
                        new MandateReference(row.getString("reference")),
                        MandateStatus.parse(row.getString("status")),
                        row.getObject("suspended_until", LocalDate.class),
                        row.getBoolean("resubmitting"),
                        row.getString("bank_account_id"),
                        row.getString("provider_ref"),
                        row.getObject("lodged_on", LocalDate.class)))
            .list();
    var byId = new LinkedHashMap<MandateId, MandateFacts>();
    facts.forEach(each -> byId.put(each.id(), each));
    return byId;
  }

  /// Those of mandates under which a debit has come to something since the instruction was lodged
  /// last.
  static Set<MandateId> paid(Tx tx, List<String> ids) {
    return tx.query(
            """
            with lodged as (
              select mandate_id, max(queued_at) as at from instruction
              where workspace_id = :workspace and mandate_id = any(:ids)
                and kind = 'lodge' and status <> 'dropped'
              group by mandate_id)
            select distinct a.mandate_id
            from attempt a left join lodged l on l.mandate_id = a.mandate_id
            where a.workspace_id = :workspace and a.mandate_id = any(:ids)
              and a.status in ('collected', 'settled')
              and (l.at is null or a.submitted_at >= l.at)
            """)
        .bindArray("ids", String.class, ids)
        .map((row, _) -> new MandateId(row.getString("mandate_id")))
        .set();
  }

  /// Whether a debit can be presented under it now.
  boolean collects() {
    return status == MandateStatus.ACTIVE && !resubmitting;
  }

  boolean isOver() {
    return switch (status) {
      case CANCELLED, FAILED, EXPIRED -> true;
      case INVITED,
          INVITE_EXPIRED,
          PENDING_APPROVAL,
          PENDING_SUBMISSION,
          SUBMITTED,
          ACTIVE,
          SUSPENDED ->
          false;
    };
  }

  /// Whether the payer has agreed, so that notices of debits mean something.
  boolean isAuthorised() {
    return switch (status) {
      case PENDING_SUBMISSION, SUBMITTED, ACTIVE -> true;
      case INVITED, INVITE_EXPIRED, PENDING_APPROVAL, SUSPENDED, CANCELLED, FAILED, EXPIRED ->
          false;
    };
  }
}

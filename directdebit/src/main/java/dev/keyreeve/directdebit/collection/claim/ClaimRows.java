package dev.keyreeve.directdebit.collection.claim;

import dev.keyreeve.directdebit.bacs.money.Pence;
import dev.keyreeve.directdebit.bacs.scheme.DdicReason;
import dev.keyreeve.directdebit.bacs.scheme.SchemeReason;
import dev.keyreeve.platform.tenancy.Tx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The rows of claims, and what is read of the debits that they are about. Whoever changes a claim
/// holds the lock of its mandate, if that is known, and then of its own row.
final class ClaimRows {
  private static final String SELECT =
      """
      select id, attempt_id, collection_id, mandate_id, bank_ref, reference, reason, amount,
             debited_on, status, since, received_on, challenge_by, settles_on, unmatched, flagged,
             assignee, version
      from claim where workspace_id = :workspace
      """;

  private ClaimRows() {}

  /// A debit as a claim needs to know it.
  record Debit(String id, String collectionId, String mandateId, Pence amount) {}

  /// The debit, with its mandate held until the end of the transaction.
  static Optional<Debit> lockDebit(Tx tx, String attemptId) {
    var found =
        tx.query(
                """
                select id, collection_id, mandate_id, amount from attempt
                where workspace_id = :workspace and id = :id
                """)
            .bind("id", attemptId)
            .map(
                (row, _) ->
                    new Debit(
                        row.getString("id"),
                        row.getString("collection_id"),
                        row.getString("mandate_id"),
                        new Pence(row.getLong("amount"))))
            .findOne();
    found.ifPresent(debit -> lockMandate(tx, debit.mandateId()));
    return found;
  }

  static void lockMandate(Tx tx, String mandateId) {
    tx.query("select id from mandate where workspace_id = :workspace and id = :id for update")
        .bind("id", mandateId)
        .mapTo(String.class)
        .findOne();
  }

  /// Whether a payer claims a debit, or has won it, by another claim.
  static boolean isClaimed(Tx tx, String attemptId) {
    return tx.query(
            """
            select exists (
              select from claim
              where workspace_id = :workspace and attempt_id = :attemptId
                and status not in ('withdrawn', 'upheld'))
            """)
        .bind("attemptId", attemptId)
        .mapTo(Boolean.class)
        .one();
  }

  /// @param key of the notice that has raised it
  /// @return whether no claim of the same notice was kept before
  static boolean insert(Tx tx, Claim claim, String key) {
    return tx.update(
                """
                insert into claim (id, workspace_id, attempt_id, collection_id, mandate_id,
                                   bank_ref, reference, reason, amount, debited_on, status, since,
                                   received_on, challenge_by, settles_on, unmatched, flagged,
                                   version, created_at, notice_key)
                values (:id, :workspace, :attemptId, :collectionId, :mandateId, :bankRef,
                        :reference, :reason, :amount, :debitedOn, :status, :now, :receivedOn,
                        :challengeBy, :settlesOn, :unmatched, :flagged, 1, :now, :key)
                on conflict (workspace_id, notice_key) do nothing
                """)
            .bind("id", claim.id().text())
            .bind("attemptId", claim.attemptId())
            .bind("collectionId", claim.collectionId())
            .bind("mandateId", claim.mandateId())
            .bind("bankRef", claim.bankRef())
            .bind("reference", claim.reference())
            .bind("reason", claim.reason().code())
            .bind("amount", claim.amount().amount())
            .bind("debitedOn", claim.debitedOn())
            .bind("status", claim.status().word())
            .bind("receivedOn", claim.receivedOn())
            .bind("challengeBy", claim.challengeBy())
            .bind("settlesOn", claim.settlesOn())
            .bind("unmatched", word(claim.unmatched()))
            .bind("flagged", claim.flagged())
            .bind("key", key)
            .execute()
        == 1;
  }

  static Claim match(Tx tx, ClaimId id, Debit debit, boolean flagged) {
    tx.update(
            """
            update claim
            set attempt_id = :attemptId, collection_id = :collectionId, mandate_id = :mandateId,
                unmatched = null, flagged = :flagged, version = version + 1
            where workspace_id = :workspace and id = :id
            """)
        .bind("id", id.text())
        .bind("attemptId", debit.id())
        .bind("collectionId", debit.collectionId())
        .bind("mandateId", debit.mandateId())
        .bind("flagged", flagged)
        .execute();
    return find(tx, id).orElseThrow();
  }

  /// Moves a claim; whoever does has looked at it.
  static Claim move(Tx tx, ClaimId id, ClaimStatus status, boolean flagged) {
    tx.update(
            """
            update claim
            set status = :status, since = :now, flagged = :flagged, version = version + 1
            where workspace_id = :workspace and id = :id
            """)
        .bind("id", id.text())
        .bind("status", status.word())
        .bind("flagged", flagged)
        .execute();
    return find(tx, id).orElseThrow();
  }

  static Claim assign(Tx tx, ClaimId id, @Nullable String assignee) {
    tx.update(
            """
            update claim set assignee = :assignee, version = version + 1
            where workspace_id = :workspace and id = :id
            """)
        .bind("id", id.text())
        .bind("assignee", assignee)
        .execute();
    return find(tx, id).orElseThrow();
  }

  static Optional<Claim> find(Tx tx, ClaimId id) {
    return tx.query(SELECT + " and id = :id").bind("id", id.text()).map(ClaimRows::read).findOne();
  }

  /// The claim, held with its mandate until the end of the transaction.
  static Optional<Claim> lock(Tx tx, ClaimId id) {
    find(tx, id).map(Claim::mandateId).ifPresent(mandate -> lockMandate(tx, mandate));
    return tx.query(SELECT + " and id = :id for update")
        .bind("id", id.text())
        .map(ClaimRows::read)
        .findOne();
  }

  /// The ids of the claims on a collection.
  static List<String> idsOn(Tx tx, String collectionId) {
    return tx.query(
            "select id from claim where workspace_id = :workspace and collection_id = :collectionId")
        .bind("collectionId", collectionId)
        .mapTo(String.class)
        .list();
  }

  /// The claim that a notice has raised.
  static Optional<Claim> ofKey(Tx tx, String key) {
    return tx.query(SELECT + " and notice_key = :key")
        .bind("key", key)
        .map(ClaimRows::read)
        .findOne();
  }

  /// The claims of a bank reference, the oldest first.
  ///
  /// @param keyless only those that were kept before notices had keys
  static List<Claim> ofBankRef(Tx tx, String bankRef, boolean keyless) {
    return tx.query(
            SELECT
                + """
                 and bank_ref = :bankRef and (not :keyless or notice_key is null)
                order by id
                """)
        .bind("bankRef", bankRef)
        .bind("keyless", keyless)
        .map(ClaimRows::read)
        .list();
  }

  /// The claims whose money is taken by a day, in the order of their mandates.
  static List<Claim> dueBy(Tx tx, LocalDate day) {
    return tx.query(
            SELECT
                + """
                 and settles_on <= :day
                and status in ('received', 'under_review', 'accepted', 'rejected')
                order by mandate_id nulls last, id
                """)
        .bind("day", day)
        .map(ClaimRows::read)
        .list();
  }

  static List<Claim> list(Tx tx, ClaimFilter filter, @Nullable ClaimId before, int limit) {
    var statuses = filter.status();
    return tx.query(
            SELECT
                + """
                 and (:before::text is null or id < :before)
                and (:anyStatus or status = any(:statuses))
                and (:collectionId::text is null or collection_id = :collectionId)
                and (:mandateId::text is null or mandate_id = :mandateId)
                and (:assignee::text is null or assignee = :assignee)
                and (:challengeBefore::date is null or challenge_by < :challengeBefore)
                and (not :unmatchedOnly or attempt_id is null)
                and (not :flaggedOnly or flagged)
                order by id desc limit :limit
                """)
        .bind("before", before == null ? null : before.text())
        .bind("anyStatus", statuses == null)
        .bindArray(
            "statuses",
            String.class,
            statuses == null ? List.of() : statuses.stream().map(ClaimStatus::word).toList())
        .bind("collectionId", filter.collectionId())
        .bind("mandateId", filter.mandateId())
        .bind("assignee", filter.assignee())
        .bind("challengeBefore", filter.challengeBefore())
        .bind("unmatchedOnly", Boolean.TRUE.equals(filter.unmatched()))
        .bind("flaggedOnly", Boolean.TRUE.equals(filter.flagged()))
        .bind("limit", limit)
        .map(ClaimRows::read)
        .list();
  }

  private static Claim read(ResultSet row, Object context) throws SQLException {
    var unmatched = row.getString("unmatched");
    return new Claim(
        new ClaimId(row.getString("id")),
        row.getString("attempt_id"),
        row.getString("collection_id"),
        row.getString("mandate_id"),
        row.getString("bank_ref"),
        row.getString("reference"),
        reason(row.getString("reason")),
        new Pence(row.getLong("amount")),
        row.getObject("debited_on", LocalDate.class),
        ClaimStatus.parse(row.getString("status")),
        row.getTimestamp("since").toInstant(),
        row.getObject("received_on", LocalDate.class),
        row.getObject("challenge_by", LocalDate.class),
        row.getObject("settles_on", LocalDate.class),
        unmatched == null ? null : Unmatched.parse(unmatched),
        row.getBoolean("flagged"),
        row.getString("assignee"),
        row.getInt("version"));
  }

  private static DdicReason reason(String code) {
    if (SchemeReason.parse(code) instanceof DdicReason reason) return reason;

    throw new IllegalStateException("not the reason of a claim: " + code);
  }

  private static @Nullable String word(@Nullable Unmatched unmatched) {
    return unmatched == null ? null : unmatched.word();
  }
}

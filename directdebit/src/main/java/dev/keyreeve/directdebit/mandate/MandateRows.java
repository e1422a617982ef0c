package dev.keyreeve.directdebit.mandate;

import dev.keyreeve.directdebit.bacs.MandateReference;
import dev.keyreeve.directdebit.bacs.bankaccount.BankAccountView;
import dev.keyreeve.directdebit.bacs.bankaccount.ModulusResult;
import dev.keyreeve.platform.mail.EmailAddress;
import dev.keyreeve.platform.tenancy.Tx;
import dev.keyreeve.procedure.Outcome;
import dev.keyreeve.procedure.json.Json;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jspecify.annotations.Nullable;

/// The rows of mandates. Every change of one raises its version and tells the feed.
final class MandateRows {

  private static final String SELECT =
      """
      select m.id, m.reference, m.status, m.since, m.suspended_until, m.initiator, m.reason,
             m.submissions, m.resubmitting, m.metadata, m.version, m.created_at, m.updated_at,
             p.id as payer_id, p.external_ref, p.name, p.email,
             case when not m.account_unknown then b.last4 end as last4, b.holder_name, b.modulus
      from mandate m
      join payer p on p.id = m.payer_id and p.workspace_id = :workspace
      left join bank_account b on b.id = m.bank_account_id and b.workspace_id = :workspace
      where m.workspace_id = :workspace
      """;

  private MandateRows() {}

  /// What a new mandate begins with.
  record New(
      MandateId id,
      MandateReference reference,
      MandateState state,
      String payerId,
      @Nullable String bankAccountId,
      Map<String, String> metadata) {}

  /// Adds a mandate.
  ///
  /// @return whether there was none with its reference
  static boolean insert(Tx tx, New mandate) {
    var statement =
        tx.update(
                """
                insert into mandate (id, workspace_id, payer_id, bank_account_id, reference, status,
                                     since, suspended_until, initiator, reason, submissions,
                                     resubmitting, metadata, version, created_at, updated_at)
                values (:id, :workspace, :payerId, :bankAccountId, :reference, :status,
                        :since, :suspendedUntil, :initiator, :reason, :submissions,
                        :resubmitting, :metadata::jsonb, 1, :now, :now)
                on conflict (workspace_id, reference) do nothing
                """)
            .bind("id", mandate.id().text())
            .bind("payerId", mandate.payerId())
            .bind("bankAccountId", mandate.bankAccountId())
            .bind("reference", mandate.reference().text())
            .bind("metadata", Json.write(mandate.metadata()));
    return bind(statement, mandate.state().columns()).execute() == 1;
  }

  /// Sets the state.
  static void put(Tx tx, MandateId id, MandateState state) {
    var statement =
        tx.update(
                """
                update mandate
                set status = :status, since = :since, suspended_until = :suspendedUntil,
                    initiator = :initiator, reason = :reason, submissions = :submissions,
                    resubmitting = :resubmitting, version = version + 1, updated_at = :now
                where workspace_id = :workspace and id = :id
                """)
            .bind("id", id.text());
    bind(statement, state.columns()).execute();
  }

  /// Sets the metadata.
  static Mandate update(Tx tx, MandateId id, Map<String, String> metadata) {
    tx.update(
            """
            update mandate
            set metadata = :metadata::jsonb, version = version + 1, updated_at = :now
            where workspace_id = :workspace and id = :id
            """)
        .bind("id", id.text())
        .bind("metadata", Json.write(metadata))
        .execute();
    return find(tx, id).orElseThrow();
  }

  /// Has a mandate collect from this account. The move that it belongs to raises the version.
  static void useAccount(Tx tx, MandateId id, String bankAccountId) {
    tx.update(
            "update mandate set bank_account_id = :account, account_unknown = false"
                + " where workspace_id = :workspace and id = :id")
        .bind("id", id.text())
        .bind("account", bankAccountId)
        .execute();
  }

  /// The account that the mandate had is not the payer's any more, and nobody here knows the other.
  static void forgetAccount(Tx tx, MandateId id) {
    tx.update(
            "update mandate set account_unknown = true where workspace_id = :workspace and id = :id")
        .bind("id", id.text())
        .execute();
  }

  /// Keeps how a provider calls a mandate. The feed does not speak of it.
  static void name(Tx tx, MandateId id, String providerRef) {
    tx.update("update mandate set provider_ref = :ref where workspace_id = :workspace and id = :id")
        .bind("id", id.text())
        .bind("ref", providerRef)
        .execute();
  }

  static void rename(Tx tx, MandateId id, String providerRef, String next) {
    tx.update(
            """
            update mandate set provider_ref = :next
            where workspace_id = :workspace and id = :id and provider_ref = :ref
            """)
        .bind("id", id.text())
        .bind("ref", providerRef)
        .bind("next", next)
        .execute();
  }

  static void forgetNames(Tx tx, Collection<MandateId> ids) {
    tx.update(
            """
            update mandate set provider_ref = null
            where workspace_id = :workspace and id = any(:ids) and provider_ref is not null
            """)
        .bindArray("ids", String.class, ids.stream().map(MandateId::text).toList())
        .execute();
  }

  /// Keeps for which days debits have been presented last.
  static void presented(Tx tx, Map<MandateId, LocalDate> entryDays) {
    tx.<Map.Entry<MandateId, LocalDate>>bulk(
        """
        update mandate m set last_presented_on = r.entry_on
        from unnest(:id::text[], :entryOn::date[]) as r (id, entry_on)
        where m.workspace_id = :workspace and m.id = r.id
        """,
        entryDays.entrySet(),
        (row, each) -> row.bind("id", each.getKey().text()).bind("entryOn", each.getValue()));
  }

  /// Keeps for good how the payer's agreement can be shown.
  static void keepEvidence(Tx tx, String evidenceId, MandateId id, String evidence) {
    tx.update(
            """
            insert into mandate_evidence (id, workspace_id, mandate_id, evidence, recorded_at)
            values (:evidenceId, :workspace, :id, :evidence::jsonb, :now)
            """)
        .bind("evidenceId", evidenceId)
        .bind("id", id.text())
        .bind("evidence", evidence)
        .execute();
  }

  static boolean isAny(Tx tx) {
    return tx.query("select exists (select from mandate where workspace_id = :workspace)")
        .mapTo(Boolean.class)
        .one();
  }

  static Optional<Mandate> find(Tx tx, MandateId id) {
    return tx.query(SELECT + " and m.id = :id")
        .bind("id", id.text())
        .map(MandateRows::read)
        .findOne();
  }

  static Optional<Mandate> find(Tx tx, MandateReference reference) {
    return tx.query(SELECT + " and m.reference = :reference")
        .bind("reference", reference.text())
        .map(MandateRows::read)
        .findOne();
  }

  /// A mandate of the payer that is not over, or null.
  static @Nullable MandateId liveOf(Tx tx, String payerId) {
    return tx.query(
            """
            select id from mandate
            where workspace_id = :workspace and payer_id = :payerId
              and status not in ('cancelled', 'failed', 'expired', 'invite_expired')
            limit 1
            """)
        .bind("payerId", payerId)
        .map((row, _) -> new MandateId(row.getString("id")))
        .findOne()
        .orElse(null);
  }

  /// The mandate as its caller has seen it, held until the end of the transaction.
  static Outcome<Mandate> lock(Tx tx, MandateId id, @Nullable Integer ifVersion) {
    var found = lock(tx, id);
    if (found.isEmpty()) return Outcome.refused(Refusals.MANDATE_NOT_FOUND);

    int version = found.get().version();
    return ifVersion != null && ifVersion != version
        ? Outcome.refused(Refusals.VERSION_MISMATCH, Map.of("version", version))
        : Outcome.done(found.get());
  }

  /// The mandate, held until the end of the transaction.
  static Optional<Mandate> lock(Tx tx, MandateId id) {
    return tx.query(SELECT + " and m.id = :id for update of m")
        .bind("id", id.text())
        .map(MandateRows::read)
        .findOne();
  }

  /// Newest first.
  static List<Mandate> list(Tx tx, MandateFilter filter, @Nullable MandateId before, int limit) {
    var statement =
        tx.query(
            SELECT
                + """
                and (:before::text is null or m.id < :before)
                and (:anyStatus or m.status = any(:statuses))
                and (:externalRef::text is null or p.external_ref = :externalRef)
                and (:reference::text is null or m.reference = :reference)
                and (:q::text is null or p.name ilike :q or m.reference ilike :q)
                and (:createdFrom::timestamptz is null or m.created_at >= :createdFrom)
                and (:createdTo::timestamptz is null or m.created_at < :createdTo)
                and (:updatedSince::timestamptz is null or m.updated_at >= :updatedSince)
                order by m.id desc
                limit :limit
                """);
    return filter
        .bind(statement)
        .bind("before", before == null ? null : before.text())
        .bind("limit", limit)
        .map(MandateRows::read)
        .list();
  }

  private static <S extends SqlStatement<S>> S bind(S statement, MandateColumns columns) {
    var initiator = columns.initiator();
    return statement
        .bind("status", columns.status().word())
        .bind("since", columns.since())
        .bind("suspendedUntil", columns.suspendedUntil())
        .bind("initiator", initiator == null ? null : initiator.word())
        .bind("reason", columns.reason())
        .bind("submissions", columns.submissions())
        .bind("resubmitting", columns.resubmitting());
  }

  private static Mandate read(ResultSet row, Object context) throws SQLException {
    var initiator = row.getString("initiator");
    var email = row.getString("email");
    return new Mandate(
        new MandateId(row.getString("id")),
        new MandateReference(row.getString("reference")),
        MandateState.of(
            new MandateColumns(
                MandateStatus.parse(row.getString("status")),
                row.getTimestamp("since").toInstant(),
                row.getObject("suspended_until", LocalDate.class),
                initiator == null ? null : Initiator.parse(initiator),
                row.getString("reason"),
                row.getInt("submissions"),
                row.getBoolean("resubmitting"))),
        new PayerView(
            row.getString("payer_id"),
            row.getString("external_ref"),
            row.getString("name"),
            email == null ? null : new EmailAddress(email)),
        bankAccount(row),
        Json.readTexts(row.getString("metadata")),
        row.getInt("version"),
        row.getTimestamp("created_at").toInstant(),
        row.getTimestamp("updated_at").toInstant());
  }

  private static @Nullable BankAccountView bankAccount(ResultSet row) throws SQLException {
    var last4 = row.getString("last4");
    return last4 == null
        ? null
        : new BankAccountView(
            last4,
            row.getString("holder_name"),
            ModulusResult.valueOf(row.getString("modulus").toUpperCase(Locale.ROOT)));
  }
}

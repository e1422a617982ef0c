package dev.keyreeve.directdebit.mandate.instruction;

import dev.keyreeve.directdebit.bacs.scheme.SchemeReason;
import dev.keyreeve.directdebit.mandate.instruction.InstructionState.Accepted;
import dev.keyreeve.directdebit.mandate.instruction.InstructionState.Dropped;
import dev.keyreeve.directdebit.mandate.instruction.InstructionState.Queued;
import dev.keyreeve.directdebit.mandate.instruction.InstructionState.Returned;
import dev.keyreeve.directdebit.mandate.instruction.InstructionState.Submitted;
import dev.keyreeve.directdebit.mandate.instruction.InstructionState.Unsendable;
import dev.keyreeve.platform.tenancy.Tx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/// The rows of instructions. Whoever changes one holds the lock of its mandate.
final class InstructionRows {
  private static final String SUBMITTED =
      """
      select id, submission_id, input_day, entry_day, provider_ref from instruction
      where workspace_id = :workspace and status = 'submitted'
      """;

  private InstructionRows() {}

  /// Adds one that is queued, for the account that the mandate has now.
  static void insert(Tx tx, String id, String mandateId, InstructionKind kind) {
    tx.update(
            """
            insert into instruction (id, workspace_id, mandate_id, kind, bank_account_id, status,
                                     queued_at)
            select :id, m.workspace_id, m.id, :kind, m.bank_account_id, 'queued', :now
            from mandate m
            where m.workspace_id = :workspace and m.id = :mandateId
            """)
        .bind("id", id)
        .bind("mandateId", mandateId)
        .bind("kind", kind.word())
        .execute();
  }

  /// Sets the states of instructions, by their ids.
  static void put(Tx tx, Map<String, ? extends InstructionState> states) {
    tx.<Map.Entry<String, ? extends InstructionState>>bulk(
        """
        update instruction i
        set status = r.status, reason = r.reason, submission_id = r.submission_id,
            input_day = r.input_day, entry_day = r.entry_day, provider_ref = r.provider_ref,
            ended_at = case when r.over then :now::timestamptz end
        from unnest(:id::text[], :status::text[], :reason::text[], :submission::text[],
                    :inputDay::date[], :entryDay::date[], :providerRef::text[], :over::boolean[])
          as r (id, status, reason, submission_id, input_day, entry_day, provider_ref, over)
        where i.workspace_id = :workspace and i.id = r.id
        """,
        states.entrySet(),
        (row, each) -> {
          var state = each.getValue();
          var reason = reason(state);
          var submitted = submitted(state);
          row.bind("id", each.getKey())
              .bind("status", state.word())
              .bind("reason", reason == null ? null : reason.code())
              .bind("submission", submitted == null ? null : submitted.submission())
              .bind("inputDay", inputDay(state))
              .bind("entryDay", submitted == null ? null : submitted.entryDay())
              .bind("providerRef", submitted == null ? null : submitted.providerRef())
              .bind("over", state.isOver());
        });
  }

  private static @Nullable SchemeReason reason(InstructionState state) {
    return switch (state) {
      case Returned(_, var reason) -> reason;
      case Unsendable(_, var reason) -> reason;
      case Queued _, Submitted _, Accepted _, Dropped _ -> null;
    };
  }

  private static @Nullable Submitted submitted(InstructionState state) {
    return switch (state) {
      case Submitted submitted -> submitted;
      case Accepted(var by) -> by;
      case Returned(var from, _) -> from;
      case Queued _, Unsendable _, Dropped _ -> null;
    };
  }

  private static @Nullable LocalDate inputDay(InstructionState state) {
    if (state instanceof Unsendable(var day, _)) return day;

    var submitted = submitted(state);
    return submitted == null ? null : submitted.inputDay();
  }

  /// Locks, in their order, the mandates of which something is queued, and lists it: withdrawals
  /// before what is lodged anew under the same reference.
  static List<DueInstruction> due(Tx tx) {
    tx.query(
            """
            select m.id from mandate m
            where m.workspace_id = :workspace and m.id in (
              select i.mandate_id from instruction i
              where i.workspace_id = :workspace and i.status = 'queued')
            order by m.id
            for update of m
            """)
        .mapTo(String.class)
        .list();
    return tx.query(
            """
            select i.id, i.mandate_id, i.kind, i.bank_account_id, m.reference, m.provider_ref
            from instruction i
            join mandate m on m.workspace_id = :workspace and m.id = i.mandate_id
            where i.workspace_id = :workspace and i.status = 'queued'
            order by i.mandate_id, i.kind desc, i.id
            """)
        .map(
            (row, _) ->
                new DueInstruction(
                    row.getString("id"),
                    row.getString("mandate_id"),
                    InstructionKind.parse(row.getString("kind")),
                    row.getString("reference"),
                    row.getString("bank_account_id"),
                    row.getString("provider_ref")))
        .list();
  }

  static Map<String, Queued> queued(Tx tx, String mandateId, InstructionKind kind) {
    return tx.query(
            """
            select id from instruction
            where workspace_id = :workspace and mandate_id = :mandateId
              and kind = :kind and status = 'queued'
            """)
        .bind("mandateId", mandateId)
        .bind("kind", kind.word())
        .mapTo(String.class)
        .collect(Collectors.toMap(id -> id, _ -> new Queued()));
  }

  /// Those of these that are under way.
  static Map<String, Submitted> submitted(Tx tx, List<String> ids) {
    return submitted(
        tx.query(SUBMITTED + "and id = any(:ids)").bindArray("ids", String.class, ids));
  }

  /// Locks, in their order, the mandates of which something is under way with a submission, and
  /// lists it.
  static Map<String, Submitted> submittedWith(Tx tx, String submission) {
    tx.query(
            """
            select m.id from mandate m
            where m.workspace_id = :workspace and m.id in (
              select i.mandate_id from instruction i
              where i.workspace_id = :workspace and i.submission_id = :submission
                and i.status = 'submitted')
            order by m.id
            for update of m
            """)
        .bind("submission", submission)
        .mapTo(String.class)
        .list();
    return submitted(
        tx.query(SUBMITTED + "and submission_id = :submission").bind("submission", submission));
  }

  /// What is under way to lodge a mandate.
  static Map<String, Submitted> lodging(Tx tx, String mandateId) {
    return submitted(
        tx.query(SUBMITTED + "and mandate_id = :mandateId and kind = 'lodge'")
            .bind("mandateId", mandateId));
  }

  private static Map<String, Submitted> submitted(Query query) {
    return query
        .map((row, _) -> Map.entry(row.getString("id"), submitted(row)))
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  private static Submitted submitted(ResultSet row) throws SQLException {
    return new Submitted(
        row.getString("submission_id"),
        row.getObject("input_day", LocalDate.class),
        row.getObject("entry_day", LocalDate.class),
        row.getString("provider_ref"));
  }

  static boolean isUnderWay(Tx tx, String mandateId, InstructionKind kind) {
    return tx.query(
            """
            select exists (select from instruction
                           where workspace_id = :workspace and mandate_id = :mandateId
                             and kind = :kind and status = 'submitted')
            """)
        .bind("mandateId", mandateId)
        .bind("kind", kind.word())
        .mapTo(Boolean.class)
        .one();
  }

  /// Whether the mandate was lodged again after this one.
  static boolean isFollowed(Tx tx, String mandateId, String id) {
    return tx.query(
            """
            select exists (
              select from instruction
              where workspace_id = :workspace and mandate_id = :mandateId and kind = 'lodge'
                and id > :id and submission_id is not null)
            """)
        .bind("mandateId", mandateId)
        .bind("id", id)
        .mapTo(Boolean.class)
        .one();
  }
}

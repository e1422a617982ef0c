package dev.keyreeve.directdebit.instruction;

import dev.keyreeve.platform.tenancy.Tx;
import dev.keyreeve.platform.ulid.Ulid;
import java.security.SecureRandom;

/// The rows of instructions. Whoever changes one holds the lock of its mandate.
public final class Instructions {
  private static final SecureRandom random = new SecureRandom();

  private Instructions() {}

  /// Has the next run submit an instruction for the account that the mandate has now.
  public static void queue(Tx tx, String mandateId, InstructionKind kind) {
    tx.update(
            """
            insert into instruction (id, workspace_id, mandate_id, kind, bank_account_id, status,
                                     queued_at)
            select :id, m.workspace_id, m.id, :kind, m.bank_account_id, 'queued', :now
            from mandate m
            where m.workspace_id = :workspace and m.id = :mandateId
            """)
        .bind("id", Ulid.generate("ins_", tx.now(), random))
        .bind("mandateId", mandateId)
        .bind("kind", kind.word())
        .execute();
  }

  /// Whether one of a kind has been submitted, and its bank may still return it.
  public static boolean isUnderWay(Tx tx, String mandateId, InstructionKind kind) {
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

  /// Takes back what no run has submitted yet.
  ///
  /// @return whether there was anything
  public static boolean drop(Tx tx, String mandateId, InstructionKind kind) {
    return tx.update(
                """
                update instruction set status = 'dropped', ended_at = :now
                where workspace_id = :workspace and mandate_id = :mandateId
                  and kind = :kind and status = 'queued'
                """)
            .bind("mandateId", mandateId)
            .bind("kind", kind.word())
            .execute()
        > 0;
  }
}

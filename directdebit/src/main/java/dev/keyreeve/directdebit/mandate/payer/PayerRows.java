package dev.keyreeve.directdebit.mandate.payer;

import dev.keyreeve.platform.tenancy.Tx;
import dev.keyreeve.platform.ulid.Ulid;
import java.util.random.RandomGenerator;

/// The rows of payers.
public final class PayerRows {
  private final RandomGenerator random;

  public PayerRows(RandomGenerator random) {
    this.random = random;
  }

  /// Keeps a payer. One that the agent has named before is the same payer, described anew.
  ///
  /// @return its id
  public String put(Tx tx, Payer payer) {
    return tx.query(
            """
            insert into payer (id, workspace_id, external_ref, name, email, created_at)
            values (:id, :workspace, :externalRef, :name, :email, :now)
            on conflict (workspace_id, external_ref)
            do update set name = excluded.name, email = coalesce(excluded.email, payer.email)
            returning id
            """)
        .bind("id", Ulid.generate("pay_", tx.now(), random))
        .bind("externalRef", payer.externalRef())
        .bind("name", payer.name())
        .bind("email", payer.email() == null ? null : payer.email().text())
        .mapTo(String.class)
        .one();
  }

  /// Puts another contact in the place of a payer's.
  public void describe(Tx tx, String payerId, Contact contact) {
    tx.update(
            "update payer set name = :name, email = :email"
                + " where workspace_id = :workspace and id = :id")
        .bind("id", payerId)
        .bind("name", contact.name())
        .bind("email", contact.email() == null ? null : contact.email().text())
        .execute();
  }

  /// Keeps that a payer is to get nothing any more.
  public static void stopContact(Tx tx, String payerId) {
    tx.update(
            """
            update payer set contact_stopped_at = coalesce(contact_stopped_at, :now)
            where workspace_id = :workspace and id = :id
            """)
        .bind("id", payerId)
        .execute();
  }
}

package dev.keyreeve.directdebit.collector.serviceuser;

import dev.keyreeve.platform.tenancy.Tx;

/// What a sandbox workspace collects with: a service user and a bank of its own from the beginning,
/// so that nobody's clock is moved by anybody else. It stands where the clock stands that opens it.
public final class Sandbox {
  private Sandbox() {}

  /// Gives one to a workspace that has none.
  public static void open(Tx tx) {
    if (collects(tx)) return;

    tx.update(
            """
            insert into service_user (id, scheme, number, name, stands_at, stands_since,
                                      moments_until, created_at)
            values ('sun_' || substr(:workspace, 5), 'sandbox',
                    nextval('sandbox_service_user_number')::text, 'SANDBOX', :now, :now, :now, :now)
            """)
        .execute();
    tx.update(
            """
            insert into collector (workspace_id, service_user_id)
            values (:workspace, 'sun_' || substr(:workspace, 5))
            """)
        .execute();
  }

  private static boolean collects(Tx tx) {
    return tx.query("select exists (select from collector where workspace_id = :workspace)")
        .mapTo(Boolean.class)
        .one();
  }
}

package dev.keyreeve.identity.key;

import dev.keyreeve.access.directory.Upgrades;
import dev.keyreeve.access.subject.Basis;
import dev.keyreeve.identity.access.AccessChanges;
import dev.keyreeve.identity.access.Alteration;
import dev.keyreeve.platform.audit.AuditLog;
import dev.keyreeve.platform.audit.Target;
import dev.keyreeve.procedure.Actor;
import dev.keyreeve.procedure.Outcome;
import java.time.Instant;
import java.util.Map;

/// Moves the secrets that are in use to the newest pepper, a batch at a time. What a key may do
/// does not change by it, so the server's chain has one entry for a batch, and no organisation's
/// has any.
public final class PepperMove {
  private static final int BATCH = 200;

  private final AccessChanges changes;
  private final Upgrades upgrades;

  public PepperMove(AccessChanges changes, Upgrades upgrades) {
    this.changes = changes;
    this.upgrades = upgrades;
  }

  /// Moves what waits, to be called now and then. A batch that fails is noted anew as its keys are
  /// used.
  public void run(Instant now) {
    while (true) {
      var batch = upgrades.take(BATCH);
      if (batch.isEmpty()) return;
      var _ =
          changes.change(
              Actor.SYSTEM,
              now,
              alteration -> {
                int moved = 0;
                for (var upgrade : batch) {
                  if (move(alteration, upgrade)) moved++;
                }
                if (moved > 0) {
                  alteration.records(
                      AuditLog.SERVER,
                      "pepper.moved",
                      new Target("pepper", Integer.toString(batch.getFirst().pepperVersion())),
                      Map.of("secrets", moved));
                }
                return Outcome.done(moved);
              });
    }
  }

  /// @return false if the secret is gone, or was moved already
  private static boolean move(Alteration alteration, Upgrades.Upgrade upgrade) {
    boolean moved =
        alteration
                .handle()
                .createUpdate(
                    """
                    update api_key_secret set digest = :digest, pepper_version = :version
                    where key_id = :key and number = :number and pepper_version < :version
                    """)
                .bind("digest", upgrade.digest().toBytes())
                .bind("version", upgrade.pepperVersion())
                .bind("key", upgrade.key().toString())
                .bind("number", upgrade.secret())
                .execute()
            == 1;
    if (moved) alteration.touches(Basis.Kind.KEY, upgrade.key().toString());
    return moved;
  }
}

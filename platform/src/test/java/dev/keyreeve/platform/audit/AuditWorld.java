package dev.keyreeve.platform.audit;

import dev.keyreeve.access.network.Address;
import dev.keyreeve.access.subject.Who;
import dev.keyreeve.platform.TestPlatform;
import dev.keyreeve.platform.database.Database;
import dev.keyreeve.platform.postgres.TestPostgres;
import dev.keyreeve.procedure.Actor;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Map;

/// A migrated database with chains in it, a key that signs them, and somebody who can get at the
/// rows past every guard.
final class AuditWorld implements AutoCloseable {
  static final String CHAIN = "org_a";
  static final String OTHER = "org_b";

  final TestPostgres.Database postgres = TestPostgres.migratedDatabase();
  final Database database = Database.open(postgres.location());
  final Path folder;
  final CheckpointKey key;
  final CheckpointFile copies;
  final Checkpoints checkpoints;
  final AuditTrail trail;
  Instant now = TestPlatform.START;

  AuditWorld(Path folder) {
    this.folder = folder;
    key = CheckpointKey.loadOrCreate(folder.resolve("audit-key"));
    copies = CheckpointFile.open(folder.resolve("audit-checkpoints"));
    checkpoints = new Checkpoints(database.jdbi(), key, copies);
    trail = new AuditTrail(database.jdbi(), key, copies);
  }

  void append(String chain, int times) {
    for (int i = 0; i < times; i++) append(chain, "key.issued", "key" + i);
  }

  void append(String chain, String action, String target) {
    now = now.plusMillis(7);
    var actor =
        new Actor(Who.Kind.PERSON, "per_1", "zoë@example.com", Address.parse("2001:db8::1"));
    var entry =
        new AuditEntry(
            chain, now, actor, action, new Target("key", target), Map.of("name", "Ängström £"));
    database.jdbi().useTransaction(handle -> AuditLog.append(handle, entry));
  }

  /// Lets the time pass after which what is new is signed.
  void sign() {
    now = now.plus(Checkpoints.AGE);
    checkpoints.sign(now);
  }

  /// What somebody does who owns the database: no guard holds them.
  void tamper(String... statements) {
    try (var connection = postgres.connectAsSuperuser();
        var statement = connection.createStatement()) {
      statement.execute("set session_replication_role = replica");
      for (var sql : statements) statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  Verdict verdict(String chain) {
    return trail.verify(chain).getFirst();
  }

  @Override
  public void close() {
    copies.close();
    database.close();
  }
}

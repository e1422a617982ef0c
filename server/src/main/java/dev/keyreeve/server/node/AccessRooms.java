package dev.keyreeve.server.node;

import dev.keyreeve.access.credential.CommandLineToken;
import dev.keyreeve.access.credential.Peppers;
import dev.keyreeve.access.decision.AccessCheck;
import dev.keyreeve.access.directory.Credentials;
import dev.keyreeve.access.directory.KeyDirectory;
import dev.keyreeve.access.directory.Lease;
import dev.keyreeve.access.directory.SessionDirectory;
import dev.keyreeve.access.limit.AddressMeter;
import dev.keyreeve.access.limit.Meter;
import dev.keyreeve.access.scope.ScopeCatalogue;
import dev.keyreeve.identity.access.AccessChanges;
import dev.keyreeve.identity.access.AccessFeed;
import dev.keyreeve.identity.access.AllFacts;
import dev.keyreeve.identity.access.LogPosition;
import dev.keyreeve.identity.key.Keys;
import dev.keyreeve.identity.key.KnownPeppers;
import dev.keyreeve.identity.key.LeakedKeys;
import dev.keyreeve.identity.key.PepperFile;
import dev.keyreeve.identity.key.PepperMove;
import dev.keyreeve.identity.notice.KeyEvents;
import dev.keyreeve.identity.session.SessionLife;
import dev.keyreeve.identity.usage.CountedUses;
import dev.keyreeve.platform.database.Database;
import dev.keyreeve.platform.tenancy.Across;
import dev.keyreeve.server.config.SecretSettings;
import dev.keyreeve.server.config.Settings;
import dev.keyreeve.server.http.Streams;
import dev.keyreeve.server.metrics.Meters;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The part of the server's object graph that decides who calls and whether they may: what this
/// node knows of keys and sessions, and the one door through which that changes.
final class AccessRooms {
  private final Peppers peppers;
  private final Meter meter = new Meter();
  private final Lease lease;
  private final KeyDirectory directory;
  private final SessionDirectory sessions;
  private final SessionLife life;
  private final CommandLineToken operator;
  private final Credentials credentials;
  private final AccessCheck check;
  private final AccessFeed feed;
  private final AccessChanges changes;
  private final Keys keys;
  private final LeakedKeys leakedKeys;

  /// @param catalogues the scopes of each API, by brand
  /// @param streams which end with what permitted them
  /// @param meters is told how long revocations took; null if nothing is measured
  AccessRooms(
      Database database,
      Settings settings,
      Map<String, ScopeCatalogue> catalogues,
      Path dataDirectory,
      Streams streams,
      @Nullable Meters meters,
      InstantSource clock,
      SecureRandom random,
      Opened opened)
      throws SQLException {
    operator = CommandLineToken.random(random);
    var jdbi = database.jdbi();
    peppers = peppers(settings.secrets());
    KnownPeppers.check(jdbi, peppers, clock.instant());
    lease = new Lease(settings.access().lease(), System::nanoTime);
    directory = new KeyDirectory(peppers, lease);
    sessions = new SessionDirectory(lease);
    life = new SessionLife(settings.sessions().idle(), settings.sessions().absolute());
    credentials = new Credentials(directory, sessions, operator);
    check =
        new AccessCheck(
            meter,
            new AddressMeter(settings.access().failuresPerMinute()),
            new AddressMeter(AccessCheck.CALLS_OF_ANYONE));
    feed =
        opened.open(
            new AccessFeed(
                database,
                AllFacts.of(directory, sessions, meter, catalogues, life.idle()),
                lease,
                streams,
                LogPosition.in(dataDirectory.resolve("log-position"))));
    feed.start();
    changes = new AccessChanges(jdbi, feed, clock, meters == null ? _ -> {} : meters::revoked);
    keys = new Keys(jdbi, changes, peppers, catalogues, new CountedUses(), random);
    leakedKeys =
        new LeakedKeys(
            jdbi,
            changes,
            peppers,
            (handle, workspace, id, name, at) ->
                Across.lastIn(
                    handle,
                    workspace,
                    at,
                    tx -> tx.emit(KeyEvents.leaked(id.toString(), name, null))));
  }

  private static Peppers peppers(SecretSettings secrets) {
    var newest = secrets.pepper();
    return newest == null
        ? PepperFile.loadOrCreate(secrets.pepperFile())
        : new Peppers(newest, secrets.olderPepper());
  }

  void begin(PeriodicTasks tasks, InstantSource clock) {
    tasks.every(Duration.ofHours(1), "forget old nodes and changes", feed::sweep);
    var pepperMove = new PepperMove(changes, directory.upgrades());
    tasks.every(
        Duration.ofSeconds(10),
        "move secrets to the newest pepper",
        () -> pepperMove.run(clock.instant()));
  }

  Meter meter() {
    return meter;
  }

  Lease lease() {
    return lease;
  }

  KeyDirectory directory() {
    return directory;
  }

  /// What this node knows of signed-in people.
  SessionDirectory sessions() {
    return sessions;
  }

  SessionLife life() {
    return life;
  }

  /// The command line's own credential.
  CommandLineToken operator() {
    return operator;
  }

  Credentials credentials() {
    return credentials;
  }

  AccessCheck check() {
    return check;
  }

  AccessChanges changes() {
    return changes;
  }

  Keys keys() {
    return keys;
  }

  LeakedKeys leakedKeys() {
    return leakedKeys;
  }
}

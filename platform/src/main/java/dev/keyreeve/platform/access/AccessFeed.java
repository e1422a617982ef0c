package dev.keyreeve.platform.access;

import dev.keyreeve.access.directory.KeyDirectory;
import dev.keyreeve.access.directory.Lease;
import dev.keyreeve.access.directory.SessionDirectory;
import dev.keyreeve.access.limit.Meter;
import dev.keyreeve.access.scope.ScopeCatalogue;
import dev.keyreeve.platform.database.Database;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Brings every change of access from the log to this node's directory: at once when PostgreSQL
/// notifies, within a second when it does not. Each complete reading renews the node's lease.
///
/// Its connection also holds the lock that admits one server to a database. If the connection
/// breaks, it is opened anew and everything is loaded again; until then the lease runs out.
public final class AccessFeed implements AutoCloseable {
  /// The channel on which changes are announced.
  static final String CHANNEL = "keyreeve_access";

  /// How long this node trusts what it knows without having read the log.
  public static final Duration LEASE = Duration.ofSeconds(5);

  private static final Logger log = LoggerFactory.getLogger(AccessFeed.class);
  private static final int POLL_MILLIS = 1000;

  /// The advisory lock of the one server, an arbitrary number.
  private static final long ONE_SERVER = 0x6b65797265657665L;

  private final Database database;
  private final AccessFacts facts;
  private final Lease lease;
  private final Thread follower;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition advanced = lock.newCondition();
  private long seen;

  private volatile @Nullable Connection connection;
  private volatile boolean closing;

  /// Another server already works on this database.
  public static final class InUse extends RuntimeException {
    private static final long serialVersionUID = 1;

    InUse() {
      super("Another Keyreeve server already uses this database. Stop it first.");
    }
  }

  /// @param catalogues the scopes of each API, by brand
  /// @param idle how long a session may go unused
  public AccessFeed(
      Database database,
      KeyDirectory directory,
      SessionDirectory sessions,
      Meter meter,
      Map<String, ScopeCatalogue> catalogues,
      Duration idle,
      Lease lease) {
    this.database = database;
    this.facts = new AccessFacts(directory, sessions, meter, catalogues, idle);
    this.lease = lease;
    this.follower = Thread.ofPlatform().name("access-feed").daemon().unstarted(this::follow);
  }

  /// Loads all facts, and follows the log from there.
  ///
  /// @throws InUse if another server holds this database
  public void start() throws SQLException {
    connect();
    follower.start();
  }

  /// Waits until this node's directory has every change up to this place in the log.
  ///
  /// @return false if it has not within a lease, after which this node permits nobody
  boolean await(long seq) {
    long patience = LEASE.toNanos();
    lock.lock();
    try {
      while (seen < seq) {
        if (patience <= 0) {
          return false;
        }
        patience = advanced.awaitNanos(patience);
      }
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      lock.unlock();
    }
  }

  private void follow() {
    while (!closing) {
      try {
        var open = open();
        open.unwrap(PGConnection.class).getNotifications(POLL_MILLIS);
        readChanges(open, seen);
      } catch (SQLException | RuntimeException failure) {
        if (closing) {
          return;
        }
        log.warn("the log of access changes cannot be read: {}", failure.toString());
        disconnect();
        pause();
      }
    }
  }

  private Connection open() throws SQLException {
    var current = connection;
    return current != null ? current : connect();
  }

  private Connection connect() throws SQLException {
    var opened = database.connect();
    try {
      if (!isTrue(opened, "select pg_try_advisory_lock(" + ONE_SERVER + ")")) {
        throw new InUse();
      }
      try (var statement = opened.createStatement()) {
        statement.execute("listen " + CHANNEL);
      }
      // What commits after this reading is read again by its number; loading twice is harmless.
      long last = lastChange(opened);
      facts.loadAll(opened);
      // From here on an answer that takes longer than the lease is worth nothing.
      opened.setNetworkTimeout(Runnable::run, (int) LEASE.toMillis());
      readChanges(opened, last);
      connection = opened;
      return opened;
    } catch (SQLException | RuntimeException failure) {
      opened.close();
      throw failure;
    }
  }

  private void readChanges(Connection open, long from) throws SQLException {
    long mark = lease.mark();
    long last = from;
    var sql = "select seq, subject_kind, subject_id from access_change where seq > ? order by seq";
    try (var statement = open.prepareStatement(sql)) {
      statement.setLong(1, from);
      try (var row = statement.executeQuery()) {
        while (row.next()) {
          apply(open, row.getString("subject_kind"), row.getString("subject_id"));
          last = row.getLong("seq");
        }
      }
    }
    lease.renewFrom(mark);
    advanceTo(last);
  }

  private void apply(Connection open, String kind, String id) throws SQLException {
    switch (kind) {
      case "organisation" -> facts.loadOrganisations(open, id);
      case "key" -> facts.loadKeys(open, id);
      case "session" -> facts.sessions().load(open, id);
      case "member" -> facts.sessions().loadOf(open, id);
      default -> throw new IllegalStateException("unknown kind of access change: " + kind);
    }
  }

  private void advanceTo(long seq) {
    lock.lock();
    try {
      seen = seq;
      advanced.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private static long lastChange(Connection open) throws SQLException {
    try (var statement = open.createStatement();
        var row = statement.executeQuery("select coalesce(max(seq), 0) from access_change")) {
      row.next();
      return row.getLong(1);
    }
  }

  private static boolean isTrue(Connection open, String sql) throws SQLException {
    try (var statement = open.createStatement();
        var row = statement.executeQuery(sql)) {
      return row.next() && row.getBoolean(1);
    }
  }

  private void disconnect() {
    var broken = connection;
    connection = null;
    if (broken != null) {
      try {
        broken.close();
      } catch (SQLException e) {
        log.debug("closing a broken connection failed", e);
      }
    }
  }

  private static void pause() {
    try {
      Thread.sleep(POLL_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    closing = true;
    follower.interrupt();
    disconnect();
    try {
      // It may be about to connect anew.
      follower.join(LEASE.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    disconnect();
  }
}

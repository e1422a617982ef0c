package dev.keyreeve.identity.access;

import dev.keyreeve.access.directory.Lease;
import dev.keyreeve.access.subject.Basis;
import dev.keyreeve.platform.database.Database;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Brings every change of access from the log to this node's directory: at once when PostgreSQL
/// notifies, and soon when it does not. Each complete reading is confirmed and renews the lease.
///
/// If its connection breaks, it is opened anew and read on from where it was; until then the lease
/// runs out.
public final class AccessFeed implements AutoCloseable {
  /// The channel on which changes are announced.
  static final String CHANNEL = "keyreeve_access";

  /// What its connection is called in `pg_stat_activity`.
  static final String NAME = "keyreeve access feed";

  /// How long a node trusts what it knows without having read the log, unless told otherwise.
  public static final Duration LEASE = Duration.ofSeconds(5);

  /// How long changes are kept after every node has them.
  private static final Duration KEPT = Duration.ofDays(1);

  private static final Logger log = LoggerFactory.getLogger(AccessFeed.class);
  private static final Duration LONGEST_POLL = Duration.ofSeconds(1);
  private static final Duration LONGEST_LEASE = Duration.ofMinutes(5);

  // Why nobody is permitted by a node that lacks a change which was answered:
  //
  // A node first reads the log, then shows itself (its row gets a new `seen_at`), and then renews
  // its lease from an instant before it showed itself; but only if the lease that it had was still
  // running when the row was committed. If it was not, somebody may have taken the node for dead in
  // between, so it reads once more before it renews.
  //
  // Whoever makes a change looks at the rows after it is committed. A row that has not changed for
  // longer than a lease belongs to a node whose lease has run out, and which, to get another, will
  // read a log that has the change. Any other node is waited for.
  //
  // A new node shows itself before it loads: it is waited for, or loads what has changed.
  private final Database database;
  private final List<Facts> facts;
  private final Lease lease;
  private final Nodes nodes;
  private final Subscribers subscribers;
  private final @Nullable LogPosition position;
  private final Duration poll;
  private final Thread follower;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition advanced = lock.newCondition();
  private long seen = NOTHING;

  /// Before the first loading.
  private static final long NOTHING = -1;

  private volatile @Nullable Connection connection;
  private volatile boolean closing;

  /// @param facts in the order in which they are read: each may stand on those before it
  /// @param lease 1 s to 5 min long
  /// @param subscribers cut before a change that no longer permits them is confirmed
  /// @param position checked at the start; null if it is not kept
  public AccessFeed(
      Database database,
      List<Facts> facts,
      Lease lease,
      Subscribers subscribers,
      @Nullable LogPosition position) {
    if (lease.length().toSeconds() < 1 || lease.length().compareTo(LONGEST_LEASE) > 0) {
      throw new IllegalArgumentException("A lease lasts 1 to 300 seconds.");
    }
    this.database = database;
    this.facts = List.copyOf(facts);
    this.lease = lease;
    this.nodes = new Nodes(lease);
    this.subscribers = subscribers;
    this.position = position;
    var quarter = lease.length().dividedBy(4);
    this.poll = quarter.compareTo(LONGEST_POLL) < 0 ? quarter : LONGEST_POLL;
    this.follower = Thread.ofPlatform().name("access-feed").daemon().unstarted(this::follow);
  }

  /// A feed whose node has no subscribers and keeps nothing beside the database.
  public AccessFeed(Database database, List<Facts> facts, Lease lease) {
    this(database, facts, lease, Subscribers.NONE, null);
  }

  /// Loads all facts, and follows the log from there.
  ///
  /// @throws LogPosition.Rollback if the database has forgotten changes
  public void start() throws SQLException {
    connect();
    follower.start();
  }

  /// Waits until every node has each change up to this place in the log, and has cut whom it no
  /// longer permits; a node whose lease has run out permits nobody, and is not waited for.
  ///
  /// @return how many nodes have it
  /// @throws IllegalStateException if that cannot be told
  int await(long seq) {
    try {
      int here = awaitHere(seq);
      return here + nodes.awaitOthers(database.jdbi(), seq);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(UNCONFIRMED, e);
    } catch (RuntimeException failure) {
      throw new IllegalStateException(UNCONFIRMED, failure);
    }
  }

  private static final String UNCONFIRMED =
      "the change is made, but cannot be confirmed to hold yet";

  private int awaitHere(long seq) throws InterruptedException {
    long patience = lease.length().toNanos();
    lock.lockInterruptibly();
    try {
      while (seen < seq) {
        if (!lease.isFresh()) return 0;
        if (patience <= 0) throw new IllegalStateException("this node does not follow the log");
        long step = Math.min(patience, poll.toNanos());
        patience -= step - advanced.awaitNanos(step);
      }
      return 1;
    } finally {
      lock.unlock();
    }
  }

  private void follow() {
    while (!closing) {
      try {
        var open = open();
        open.unwrap(PGConnection.class).getNotifications((int) poll.toMillis());
        keepUp(open);
      } catch (LogPosition.Rollback rollback) {
        log.error("This server permits nobody any more. {}", rollback.getMessage());
        disconnect();
        return;
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
      try (var statement = opened.createStatement()) {
        // That a node showed itself outlives a crash of PostgreSQL: others count on it.
        statement.execute("set synchronous_commit = local");
        statement.execute("set application_name = '" + NAME + "'");
        statement.execute("listen " + CHANNEL);
      }
      nodes.show(opened, Math.max(seen, 0));
      long last = lastChange(opened);
      refuseRollback(last);
      if (seen == NOTHING || seen < firstChange(opened)) {
        // What commits after `last` was read is read again by its number; twice is harmless.
        loadAll(opened);
        subscribers.recheckAll();
        advanceTo(last);
      }
      // From here on an answer that takes longer than the lease is worth nothing.
      opened.setNetworkTimeout(Runnable::run, (int) lease.length().toMillis());
      keepUp(opened);
      connection = opened;
      return opened;
    } catch (SQLException | RuntimeException failure) {
      opened.close();
      throw failure;
    }
  }

  private void refuseRollback(long last) {
    if (last < seen) {
      throw new LogPosition.Rollback(seen, last, "Revoke again what was revoked since.");
    }
    if (position != null && seen == NOTHING) position.check(last);
  }

  /// Reads the log to its end, confirms it and renews the lease.
  private void keepUp(Connection open) throws SQLException {
    nodes.observe(open);
    readChanges(open);
    long shown = seen;
    long mark = lease.mark();
    nodes.show(open, shown);
    if (!lease.isFresh()) readChanges(open);
    lease.renewFrom(mark);
    if (seen > shown) nodes.show(open, seen);
    if (position != null) position.keep(seen);
  }

  private void readChanges(Connection open) throws SQLException {
    long last = seen;
    var touched = new LinkedHashSet<Basis>();
    var sql = "select seq, subject_kind, subject_id from access_change where seq > ? order by seq";
    try (var statement = open.prepareStatement(sql)) {
      statement.setLong(1, last);
      try (var row = statement.executeQuery()) {
        while (row.next()) {
          last = row.getLong("seq");
          touched.add(
              new Basis(
                  Basis.Kind.ofWord(row.getString("subject_kind")), row.getString("subject_id")));
        }
      }
    }
    for (var changed : touched) {
      for (var kind : facts) kind.load(open, changed);
    }
    touched.forEach(subscribers::recheck);
    advanceTo(last);
  }

  /// Reads all rows in one transaction. PostgreSQL offers cursors inside of one alone, and without
  /// a cursor the driver would hold every row at once.
  private void loadAll(Connection open) throws SQLException {
    open.setAutoCommit(false);
    for (var kind : facts) kind.loadAll(open);
    open.commit();
    open.setAutoCommit(true);
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
    return number(open, "select coalesce(max(seq), 0) from access_change");
  }

  /// The oldest change that is kept; 0 if there was none yet.
  private static long firstChange(Connection open) throws SQLException {
    return number(open, "select coalesce(min(seq), 0) from access_change");
  }

  private static long number(Connection open, String sql) throws SQLException {
    try (var statement = open.createStatement();
        var row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    }
  }

  /// Forgets nodes that are long gone, and changes that every node has had for a day. To be called
  /// now and then, on any node.
  public void sweep() {
    database.jdbi().useTransaction(handle -> Nodes.sweep(handle, KEPT));
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

  private void pause() {
    try {
      Thread.sleep(poll);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// Permits nobody from here on, so that nobody waits for this node any more.
  @Override
  public void close() {
    closing = true;
    follower.interrupt();
    disconnect();
    try {
      // It may be about to connect anew.
      follower.join(lease.length().toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    disconnect();
    if (follower.isAlive()) return;

    lease.end();
    try (var last = database.connect()) {
      nodes.leave(last);
    } catch (SQLException e) {
      log.warn("this node could not say that it leaves: {}", e.toString());
    }
  }
}

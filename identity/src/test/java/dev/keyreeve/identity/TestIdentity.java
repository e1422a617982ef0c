package dev.keyreeve.identity;

import static dev.keyreeve.platform.TestPlatform.done;

import dev.keyreeve.access.credential.Environment;
import dev.keyreeve.access.credential.KeyId;
import dev.keyreeve.access.credential.Pepper;
import dev.keyreeve.access.credential.Peppers;
import dev.keyreeve.access.directory.KeyDirectory;
import dev.keyreeve.access.directory.Lease;
import dev.keyreeve.access.directory.SessionDirectory;
import dev.keyreeve.access.limit.Meter;
import dev.keyreeve.access.limit.Spending;
import dev.keyreeve.access.network.Address;
import dev.keyreeve.access.scope.Scope;
import dev.keyreeve.access.scope.ScopeCatalogue;
import dev.keyreeve.identity.access.AccessChanges;
import dev.keyreeve.identity.access.AccessFeed;
import dev.keyreeve.identity.access.AllFacts;
import dev.keyreeve.identity.key.IssueKey;
import dev.keyreeve.identity.key.IssuedKey;
import dev.keyreeve.identity.key.KeyUses;
import dev.keyreeve.identity.key.Keys;
import dev.keyreeve.identity.organisation.OrganisationView;
import dev.keyreeve.identity.organisation.Organisations;
import dev.keyreeve.identity.organisation.Plan;
import dev.keyreeve.platform.TestClock;
import dev.keyreeve.platform.TestPlatform;
import dev.keyreeve.platform.cipher.Fingerprint;
import dev.keyreeve.platform.database.Database;
import dev.keyreeve.platform.tenancy.Tenancy;
import dev.keyreeve.procedure.Actor;
import dev.keyreeve.procedure.Caller;
import dev.keyreeve.procedure.Outcome;
import dev.keyreeve.procedure.Procedure;
import dev.keyreeve.procedure.shape.OneTime;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A node without its HTTP: a platform with the feed of access, and those who issue keys on it. The
/// node's lease runs on the clock that tests move by hand.
public final class TestIdentity implements AutoCloseable {
  private final TestPlatform platform;
  private final KeyDirectory directory;
  private final SessionDirectory sessions;
  private final AccessFeed feed;
  private final AccessChanges changes;
  private final Keys keys;
  private final Organisations organisations;
  private final Peppers peppers;

  private TestIdentity(TestPlatform platform, Map<String, ScopeCatalogue> catalogues) {
    this.platform = platform;
    var jdbi = platform.database().jdbi();
    var random = new SecureRandom();
    var lease = new Lease(AccessFeed.LEASE, platform.clock()::nanos);
    this.peppers = Peppers.of(new Pepper(1, new byte[Pepper.MIN_LENGTH]));
    this.directory = new KeyDirectory(peppers, lease);
    this.sessions = new SessionDirectory(lease);
    this.feed =
        new AccessFeed(
            platform.database(),
            AllFacts.of(directory, sessions, platform.meter(), catalogues, Duration.ofMinutes(30)),
            lease);
    this.changes = new AccessChanges(jdbi, feed, platform.clock());
    this.keys = new Keys(jdbi, changes, peppers, catalogues, KeyUses.UNKNOWN, random);
    this.organisations = new Organisations(jdbi, changes, (_, _, _) -> {}, random);
  }

  /// On a database of its own, with the small API.
  public static TestIdentity start() {
    return start(TestPlatform.freshLocation());
  }

  public static TestIdentity start(Database.Location location) {
    return start(location, TestPlatform.catalogues(), new TestClock(TestPlatform.START));
  }

  /// @param catalogues the scopes of each API, by brand
  public static TestIdentity start(
      Database.Location location, Map<String, ScopeCatalogue> catalogues, TestClock clock) {
    var platform = TestPlatform.start(location, clock);
    var identity = new TestIdentity(platform, catalogues);
    try {
      identity.feed.start();
      return identity;
    } catch (SQLException | RuntimeException e) {
      platform.close();
      throw e instanceof RuntimeException unchecked ? unchecked : new IllegalStateException(e);
    }
  }

  public TestPlatform platform() {
    return platform;
  }

  public TestClock clock() {
    return platform.clock();
  }

  public Database database() {
    return platform.database();
  }

  public KeyDirectory directory() {
    return directory;
  }

  public SessionDirectory sessions() {
    return sessions;
  }

  public Meter meter() {
    return platform.meter();
  }

  public AccessChanges changes() {
    return changes;
  }

  public Keys keys() {
    return keys;
  }

  public Peppers peppers() {
    return peppers;
  }

  public Organisations organisations() {
    return organisations;
  }

  public Tenancy tenancy() {
    return platform.tenancy();
  }

  public Fingerprint fingerprint() {
    return platform.fingerprint();
  }

  /// A new organisation with a live workspace.
  public OrganisationView organisation() {
    return done(
        organisations.create(
            "Harbour Lettings",
            Plan.ENTERPRISE,
            6000,
            Environment.LIVE,
            Actor.SYSTEM,
            clock().instant()));
  }

  /// A new key of the small API.
  public IssuedKey key(String workspace, Scope... scopes) {
    return key(workspace, TestPlatform.BRAND, scopes);
  }

  public IssuedKey key(String workspace, String brand, Scope... scopes) {
    var wanted = new IssueKey(workspace, brand, null, "a key", List.of(scopes), null, null);
    return done(keys.issue(wanted, Actor.SYSTEM, clock().instant()));
  }

  /// The text of a key that has just been issued.
  public static String text(IssuedKey issued) {
    return text(issued.key());
  }

  /// What is shown once.
  public static String text(@Nullable OneTime shown) {
    return Objects.requireNonNull(shown).reveal();
  }

  /// A call by this key, already permitted.
  public <I, O> Outcome<O> call(Procedure<I, O> procedure, IssuedKey issued, String input) {
    return call(procedure, callerOf(issued), input);
  }

  public <I, O> Outcome<O> call(Procedure<I, O> procedure, Caller caller, String input) {
    return platform.call(procedure, caller, input);
  }

  /// Who this key stands for.
  public Caller callerOf(IssuedKey issued) {
    var key = directory.find(KeyId.parse(issued.details().id()));
    return new Caller(
        Objects.requireNonNull(key), Spending.unmetered(), Address.parse("192.0.2.1"), "req_test");
  }

  @Override
  public void close() {
    feed.close();
    platform.close();
  }
}

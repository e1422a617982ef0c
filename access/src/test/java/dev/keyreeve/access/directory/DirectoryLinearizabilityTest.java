package dev.keyreeve.access.directory;

import dev.keyreeve.access.Linearizability;
import dev.keyreeve.access.credential.Credential;
import dev.keyreeve.access.credential.Environment;
import dev.keyreeve.access.credential.KeyId;
import dev.keyreeve.access.credential.KeyToken;
import dev.keyreeve.access.credential.Pepper;
import dev.keyreeve.access.credential.Peppers;
import dev.keyreeve.access.credential.Provenance;
import dev.keyreeve.access.credential.Secret;
import dev.keyreeve.access.credential.SessionToken;
import dev.keyreeve.access.limit.Limit;
import dev.keyreeve.access.network.AddressList;
import dev.keyreeve.access.scope.Role;
import dev.keyreeve.access.scope.Scopes;
import dev.keyreeve.access.subject.Key;
import dev.keyreeve.access.subject.KeyBuilder;
import dev.keyreeve.access.subject.KeySecret;
import dev.keyreeve.access.subject.KeyState;
import dev.keyreeve.access.subject.Organisation;
import dev.keyreeve.access.subject.Presence;
import dev.keyreeve.access.subject.Session;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/// The directories and their lease, as callers see them while the feed changes them. The feed is
/// one thread, so its operations never run beside each other.
@Isolated("Lincheck rewrites classes while they run.")
class DirectoryLinearizabilityTest {
  private static final long NOW = 1_000_000;

  @Test
  void findsAKeyAsItWasPutLast() {
    Linearizability.check(Keys.class);
  }

  @Test
  void findsASessionAsItWasPutLast() {
    Linearizability.check(Sessions.class);
  }

  @Test
  void isFreshOnlyWhileItsLastRenewalHolds() {
    Linearizability.check(Leases.class);
  }

  @Test
  void noticesADirectoryThatRemovesBeforeItPuts() {
    Linearizability.checkFails(RemovingFirst.class);
  }

  @Test
  void noticesALeaseThatReadsTheClockTooEarly() {
    Linearizability.checkFails(HastyLeases.class);
  }

  @Param(name = "state", gen = IntGen.class, conf = "0:2")
  public static class Keys {
    private static final List<KeyState> STATES = List.of(KeyState.values());
    private static final Pepper PEPPER = new Pepper(1, new byte[Pepper.MIN_LENGTH]);
    private static final KeyToken TOKEN =
        KeyToken.issue("dd", Environment.LIVE, KeyId.parse("1aB3cD4eF5gH"), new Random(3));
    private static final String TEXT = TOKEN.secret().reveal();
    private static final Key KEY =
        KeyBuilder.aKey(new Limit(0, 0, 1), new Limit(0, 0, 1))
            .id(TOKEN.id())
            .secret(KeySecret.of(1, 1, Key.NEVER, PEPPER.digest(TOKEN)))
            .build();

    private final KeyDirectory directory = new KeyDirectory(Peppers.of(PEPPER), fresh());

    @Operation(nonParallelGroup = "feed")
    public void put(@Param(name = "state") int state) {
      directory.put(KeyBuilder.like(KEY).state(STATES.get(state)).build());
    }

    @Operation(nonParallelGroup = "feed")
    public void remove() {
      directory.remove(KEY.id());
    }

    @Operation
    public String lookup() {
      return stateOf(directory.lookup(TEXT, NOW));
    }

    @Operation
    public String current() {
      return stateOf(directory.current(KEY, 1, NOW));
    }

    private static String stateOf(Lookup lookup) {
      return lookup instanceof Lookup.Known(Key key, _) ? key.state().name() : "unknown";
    }
  }

  @Param(name = "role", gen = IntGen.class, conf = "0:3")
  public static class Sessions {
    private static final List<Role> ROLES = List.of(Role.values());
    private static final Secret COOKIE = Secret.of("a".repeat(43));
    private static final Organisation ORGANISATION =
        new Organisation(
            "acme", new Organisation.Standing(false, new Limit(0, 0, 1), AddressList.UNRESTRICTED));

    private final SessionDirectory directory = new SessionDirectory(fresh());
    private final Presence presence = new Presence(1_000, NOW);

    @Operation(nonParallelGroup = "feed")
    public void put(@Param(name = "role") int role) {
      directory.put(
          SessionToken.digest(COOKIE),
          new Session(
              "ses_1",
              "per_1",
              "sam@example.com",
              ORGANISATION,
              "wsp_1",
              ROLES.get(role),
              Scopes.NONE,
              new Limit(0, 0, 1),
              Long.MAX_VALUE,
              presence));
    }

    @Operation(nonParallelGroup = "feed")
    public void remove() {
      directory.remove("ses_1");
    }

    @Operation
    public String lookup() {
      var cookie = new Credential.Cookie(COOKIE, new Provenance.Reading());
      return directory.lookup(cookie, NOW) instanceof Lookup.Known(Session session, _)
          ? session.role().word()
          : "unknown";
    }
  }

  public static class Leases {
    private final AtomicLong clock = new AtomicLong();
    private final Lease lease = new Lease(Duration.ofNanos(2), clock::get);
    private long marked;

    @Operation
    public void pass() {
      clock.incrementAndGet();
    }

    @Operation(nonParallelGroup = "feed")
    public void mark() {
      marked = lease.mark();
    }

    @Operation(nonParallelGroup = "feed")
    public void renew() {
      lease.renewFrom(marked);
    }

    @Operation
    public boolean isFresh() {
      return lease.isFresh();
    }
  }

  /// For a moment the key is nobody's.
  @Param(name = "state", gen = IntGen.class, conf = "0:2")
  public static class RemovingFirst {
    private final ConcurrentHashMap<String, Integer> states = new ConcurrentHashMap<>();

    @Operation(nonParallelGroup = "feed")
    public void put(@Param(name = "state") int state) {
      states.remove("key");
      states.put("key", state);
    }

    @Operation
    public int lookup() {
      return states.getOrDefault("key", -1);
    }
  }

  /// Compares an instant that has passed with an end that was set since.
  public static class HastyLeases {
    private final AtomicLong clock = new AtomicLong(2);
    private volatile long expires;
    private long marked;

    @Operation
    public void pass() {
      clock.addAndGet(2);
    }

    @Operation(nonParallelGroup = "feed")
    public void mark() {
      marked = clock.get();
    }

    @Operation(nonParallelGroup = "feed")
    public void renew() {
      expires = marked + 2;
    }

    @Operation
    public boolean isFresh() {
      long now = clock.get();
      return now - expires < 0;
    }
  }

  private static Lease fresh() {
    var lease = new Lease(Duration.ofDays(1), () -> 0);
    lease.renewFrom(lease.mark());
    return lease;
  }
}

package dev.keyreeve.identity.key;

import static dev.keyreeve.platform.TestPlatform.BRAND;
import static dev.keyreeve.platform.TestPlatform.READ;
import static dev.keyreeve.platform.TestPlatform.START;
import static dev.keyreeve.platform.TestPlatform.WRITE;
import static dev.keyreeve.platform.TestPlatform.done;
import static org.assertj.core.api.Assertions.assertThat;

import dev.keyreeve.access.credential.Environment;
import dev.keyreeve.access.credential.KeyId;
import dev.keyreeve.access.directory.Lookup;
import dev.keyreeve.access.limit.Spending;
import dev.keyreeve.access.scope.Scope;
import dev.keyreeve.access.subject.Key;
import dev.keyreeve.access.subject.KeyState;
import dev.keyreeve.identity.TestIdentity;
import dev.keyreeve.platform.Rounds;
import dev.keyreeve.platform.TestPlatform;
import dev.keyreeve.platform.database.Database;
import dev.keyreeve.platform.tenancy.Reached;
import dev.keyreeve.procedure.Actor;
import dev.keyreeve.procedure.Outcome;
import dev.keyreeve.procedure.problem.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class KeysTest {
  private TestIdentity platform;
  private String workspace;

  @BeforeEach
  void start() {
    platform = TestIdentity.start();
    workspace = platform.organisation().workspaceId();
  }

  @AfterEach
  void stop() {
    platform.close();
  }

  @Test
  void knowsAKeyAsSoonAsItIsIssued() {
    for (int i = 0; i < Rounds.of(1000); i++) {
      var issued = platform.key(workspace, READ);

      assertThat(find(issued)).isEqualTo(KeyState.ACTIVE);
    }
  }

  @Test
  void knowsKeysThatAreIssuedAtOnce() throws Exception {
    try (var threads = Executors.newFixedThreadPool(Database.CONNECTIONS)) {
      var issuers = new ArrayList<Callable<@Nullable KeyState>>();
      for (int i = 0; i < Rounds.of(200); i++) {
        issuers.add(() -> find(platform.key(workspace, READ)));
      }

      for (var state : threads.invokeAll(issuers)) {
        assertThat(state.get()).isEqualTo(KeyState.ACTIVE);
      }
    }
  }

  @Test
  void holdsEachChangeWhenItIsAnswered() {
    var issued = platform.key(workspace, READ);

    for (int i = 0; i < Rounds.of(20); i++) {
      assertThat(done(become(issued, KeyState.DEACTIVATED)).status())
          .isEqualTo(KeyView.Status.INACTIVE);
      assertThat(find(issued)).isEqualTo(KeyState.DEACTIVATED);
      assertThat(done(become(issued, KeyState.ACTIVE)).status()).isEqualTo(KeyView.Status.ACTIVE);
      assertThat(find(issued)).isEqualTo(KeyState.ACTIVE);
    }
    become(issued, KeyState.REVOKED);
    assertThat(find(issued)).isEqualTo(KeyState.REVOKED);
  }

  @Test
  void keepsARevokedKeyRevoked() {
    var issued = platform.key(workspace, READ);
    become(issued, KeyState.REVOKED);

    var activated = become(issued, KeyState.ACTIVE);
    var deactivated = become(issued, KeyState.DEACTIVATED);
    var revokedAgain = become(issued, KeyState.REVOKED);

    assertThat(activated).isEqualTo(Outcome.refused(KeyRefusals.KEY_IS_REVOKED));
    assertThat(deactivated).isEqualTo(Outcome.refused(KeyRefusals.KEY_IS_REVOKED));
    assertThat(done(revokedAgain).status()).isEqualTo(KeyView.Status.REVOKED);
    assertThat(find(issued)).isEqualTo(KeyState.REVOKED);
  }

  @Test
  void takesACallBackInNoRace() throws Exception {
    var issued = platform.key(workspace, READ);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var moves = new ArrayList<Callable<Outcome<KeyView>>>();
      for (int i = 0; i < 32; i++) {
        var state =
            i == 16 ? KeyState.REVOKED : i % 2 == 0 ? KeyState.ACTIVE : KeyState.DEACTIVATED;
        moves.add(() -> become(issued, state));
      }

      threads.invokeAll(moves);
    }

    assertThat(find(issued)).isEqualTo(KeyState.REVOKED);
  }

  @Test
  void refusesToIssueWhatCannotBeAndLeavesNothing() {
    var live = wanted(workspace, BRAND, null, null, READ);
    long changes = count("access_change");

    assertThat(reason(wanted("wks_none", BRAND, null, null, READ)))
        .isEqualTo(Reached.WORKSPACE_NOT_FOUND);
    assertThat(reason(wanted(workspace, "zz", null, null, READ))).isEqualTo(KeyRules.NO_SUCH_API);
    assertThat(reason(wanted(workspace, BRAND, null, null, READ, new Scope("things:burn"))))
        .isEqualTo(KeyRules.NO_SUCH_SCOPE);
    assertThat(reason(wanted(workspace, BRAND, Environment.TEST, null, READ)))
        .isEqualTo(KeyRules.WRONG_ENVIRONMENT);
    assertThat(reason(wanted(workspace, BRAND, null, START, READ))).isEqualTo(ExpiryDay.PASSED);

    assertThat(count("api_key")).isZero();
    assertThat(count("api_key_secret")).isZero();
    assertThat(count("access_change")).isEqualTo(changes);
    assertThat(reason(live)).isNull();
  }

  @Test
  void refusesToChangeAKeyThatIsNotThere() {
    var none = KeyId.parse("000000000000");

    assertThat(platform.keys().become(none, KeyState.REVOKED, Actor.SYSTEM, START))
        .isEqualTo(Outcome.refused(KeyRefusals.NO_SUCH_KEY));
    assertThat(platform.keys().find(none, START))
        .isEqualTo(Outcome.refused(KeyRefusals.NO_SUCH_KEY));
  }

  @Test
  void listsKeysOfOneWorkspaceOrOfAllOldestFirst() {
    var other = platform.organisation().workspaceId();
    var first = platform.key(workspace, READ).details();
    platform.clock().advance(Duration.ofSeconds(1));
    var foreign = platform.key(other, READ).details();
    platform.clock().advance(Duration.ofSeconds(1));
    var second = platform.key(workspace, READ, WRITE).details();

    assertThat(platform.keys().list(workspace, START)).containsExactly(first, second);
    assertThat(platform.keys().list(null, START)).containsExactly(first, foreign, second);
    assertThat(platform.keys().find(KeyId.parse(second.id()), START))
        .isEqualTo(Outcome.done(second));
  }

  @Test
  void showsAnExpiredKeyAsExpired() {
    var end = START.plusSeconds(60);
    var issued =
        done(platform.keys().issue(wanted(workspace, BRAND, null, end, READ), Actor.SYSTEM, START));
    var id = KeyId.parse(issued.details().id());

    assertThat(done(platform.keys().find(id, end.minusMillis(1))).status())
        .isEqualTo(KeyView.Status.ACTIVE);
    assertThat(done(platform.keys().find(id, end)).status()).isEqualTo(KeyView.Status.EXPIRED);
  }

  @Test
  void keepsWhatIsSpentThroughEachChange() {
    var issued = platform.key(workspace, READ);
    for (int i = 0; i < Keys.DEFAULT_LIMIT; i++) {
      assertThat(spend(issued)).isInstanceOf(Spending.Allowance.class);
    }

    become(issued, KeyState.DEACTIVATED);
    become(issued, KeyState.ACTIVE);

    assertThat(spend(issued)).isInstanceOf(Spending.Exhausted.class);
  }

  @Test
  void storesNoSecret() {
    var secret = TestIdentity.text(platform.key(workspace, READ));
    var random = secret.substring(secret.length() - 38, secret.length() - 6);

    var stored =
        platform
            .database()
            .jdbi()
            .withHandle(
                handle ->
                    handle
                        .createQuery(
                            """
                            select k::text || s::text from api_key k
                            join api_key_secret s on s.key_id = k.id
                            """)
                        .mapTo(String.class)
                        .one());

    assertThat(stored).doesNotContain(random);
  }

  private Outcome<KeyView> become(IssuedKey issued, KeyState state) {
    return platform
        .keys()
        .become(
            KeyId.parse(issued.details().id()), state, Actor.SYSTEM, platform.clock().instant());
  }

  /// What a presented key is on this node, or null if it is nothing.
  private @Nullable KeyState find(IssuedKey issued) {
    return platform.directory().lookup(TestIdentity.text(issued), TestPlatform.START.toEpochMilli())
            instanceof Lookup.Known(Key key, _)
        ? key.state()
        : null;
  }

  private Spending spend(IssuedKey issued) {
    var lookup =
        platform.directory().lookup(TestIdentity.text(issued), TestPlatform.START.toEpochMilli());
    var key = (Key) ((Lookup.Known) lookup).subject();
    var ofAll = key.organisation().standing().limit();
    return platform.meter().spend(key.limit(), ofAll, 1, START.toEpochMilli());
  }

  private static IssueKey wanted(
      String workspace,
      String api,
      @Nullable Environment environment,
      @Nullable Instant expiresAt,
      Scope... scopes) {
    return new IssueKey(workspace, api, environment, "a key", List.of(scopes), null, expiresAt);
  }

  private @Nullable Reason reason(IssueKey wanted) {
    return platform.keys().issue(wanted, Actor.SYSTEM, START)
            instanceof Outcome.Refused<IssuedKey>(var problem)
        ? problem.reason()
        : null;
  }

  private long count(String table) {
    return platform
        .database()
        .jdbi()
        .withHandle(
            handle -> handle.createQuery("select count(*) from " + table).mapTo(Long.class).one());
  }
}

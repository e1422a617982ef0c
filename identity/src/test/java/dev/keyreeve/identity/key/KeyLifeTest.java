package dev.keyreeve.identity.key;

import static dev.keyreeve.platform.TestPlatform.BRAND;
import static dev.keyreeve.platform.TestPlatform.READ;
import static dev.keyreeve.platform.TestPlatform.START;
import static dev.keyreeve.platform.TestPlatform.WRITE;
import static dev.keyreeve.platform.TestPlatform.done;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.keyreeve.access.limit.Spending;
import dev.keyreeve.access.network.Address;
import dev.keyreeve.access.subject.Key;
import dev.keyreeve.identity.TestIdentity;
import dev.keyreeve.platform.tenancy.Reached;
import dev.keyreeve.procedure.Outcome;
import dev.keyreeve.procedure.problem.Problem;
import dev.keyreeve.procedure.shape.Issue;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The life of one key, as operators lead it and as its calls are answered.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KeyLifeTest {
  private final TestIdentity platform = TestIdentity.start();
  private KeyDesk desk;

  @BeforeEach
  void begin() {
    desk = new KeyDesk(platform);
  }

  @AfterAll
  void stop() {
    platform.close();
  }

  // Issue

  @Test
  void issuesAKeyWithTheFactsThatPeopleLookFor() {
    var issued = done(desk.issue("{'name':'Nightly','scopes':['things:read']}"));

    var key = issued.details();
    assertThat(key.keyPrefix()).isEqualTo(desk.text(issued).substring(0, 12 + 1) + "…");
    assertThat(key.status()).isEqualTo(KeyView.Status.ACTIVE);
    assertThat(key.isActive()).isTrue();
    assertThat(key.rateLimit()).isEqualTo(60);
    assertThat(key.requestCount()).isZero();
    assertThat(key.lastUsedAt()).isNull();
    assertThat(key.createdBy()).isEqualTo("command line");
    assertThat(key.api()).isEqualTo(BRAND);
    assertThat(issued.effective()).isNotNull();
    assertThat(desk.answerTo(issued)).isEqualTo("permitted");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'name':'  ','scopes':['things:read']                             | name",
        "'scopes':['things:read']                                         | name",
        "'name':'x','scopes':[]                                           | scopes",
        "'name':'x'                                                       | scopes",
        "'name':'x','scopes':['things:read'],'rate_limit':0               | rate_limit",
        "'name':'x','scopes':['things:read'],'rate_limit':601             | rate_limit",
        "'name':'x','scopes':['things:read'],'rate_limit':1.5             | rate_limit",
        "'name':'x','scopes':['things:read'],'expires_on':'tomorrow'      | expires_on",
        "'name':'x','scopes':['things:read'],'tags':['ok','not ok']       | tags[1]",
        "'name':'x','scopes':['things:read'],'ratelimit':5                | ratelimit"
      })
  void namesTheFieldThatHasNoRightForm(String fields, String path) {
    var issues = desk.issues("keys.issue", "{" + fields + "}");

    assertThat(issues).extracting(Issue::path).containsExactly(path);
  }

  @Test
  void takesANameOfAHundredCharactersAndNotOneMore() {
    assertThat(desk.issue("{'name':'" + "x".repeat(100) + "','scopes':['things:read']}"))
        .isInstanceOf(Outcome.Done.class);
    assertThat(
            desk.issues(
                "keys.issue", "{'name':'" + "x".repeat(101) + "','scopes':['things:read']}"))
        .extracting(Issue::path)
        .containsExactly("name");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'scopes':['things:read','things:burn']                           | unknown_scope     | scopes[1]",
        "'scopes':['things:read'],'api':'zz'                              | unknown_api       | api",
        "'scopes':['things:read'],'environment':'test'                    | wrong_environment | environment",
        "'scopes':['things:read'],'workspace_id':'wks_none'               | workspace_not_found | workspace_id",
        "'scopes':['things:read'],'expires_on':'2026-03-02'               | expiry_passed     | expires_on",
        "'scopes':['things:read'],'expires_at':'2026-03-02T09:00:00Z'     | expiry_passed     | expires_at",
        "'scopes':['things:read'],'ip_allow_list':['10.0.0.0/8','10.0.0.1/8'] | bad_address_range | ip_allow_list[1]",
        "'scopes':['things:read'],'ip_allow_list':['nonsense']            | bad_address_range | ip_allow_list[0]",
        "'scopes':['things:read'],'not_before':'2027-01-02T00:00:00Z','expires_on':'2027-01-01' | invalid_input | not_before",
        "'scopes':['things:read'],'expires_at':'2027-01-02T00:00:00Z','expires_on':'2027-01-01' | invalid_input | expires_at"
      })
  void refusesWhatNoKeyCanHaveAndNamesTheField(String fields, String reason, String path) {
    var problem = problem(desk.issue("{'name':'x'," + fields + "}"));

    assertThat(problem.reason().word()).isEqualTo(reason);
    assertThat(problem.issues()).extracting(Issue::path).containsExactly(path);
    assertThat(desk.keys()).isZero();
  }

  @Test
  void tellsAllThatIsWrongAtOnce() {
    var problem =
        problem(
            desk.issue(
                "{'name':'x','scopes':['no:such'],'expires_on':'2020-01-01','ip_allow_list':['x']}"));

    assertThat(problem.issues())
        .extracting(Issue::path)
        .containsExactly("scopes[0]", "expires_on", "ip_allow_list[0]");
    assertThat(problem.details()).containsEntry("scopes", List.of("things:read", "things:write"));
  }

  @Test
  void asksTheCommandLineForAWorkspace() {
    var problem =
        problem(desk.call("keys.issue", desk.operator(), "{'name':'x','scopes':['things:read']}"));

    assertThat(problem.issues()).extracting(Issue::path).containsExactly("workspace_id");
  }

  @ParameterizedTest
  @CsvSource({
    "2026-03-03, 2026-03-04T00:00:00Z",
    "2026-06-30, 2026-06-30T23:00:00Z",
    "2026-10-24, 2026-10-24T23:00:00Z",
    "2026-10-25, 2026-10-26T00:00:00Z"
  })
  void endsAKeyWithTheEndOfADayInLondonAndSaysSo(String day, Instant end) {
    var issued =
        done(desk.issue("{'name':'x','scopes':['things:read'],'expires_on':'" + day + "'}"));

    assertThat(issued.details().expiresAt()).isEqualTo(end);
    assertThat(issued.details().expiresZone()).isEqualTo("Europe/London");
  }

  @Test
  void grantsEachScopeOnce() {
    var issued =
        done(desk.issue("{'name':'x','scopes':['things:read','things:write','things:read']}"));

    assertThat(issued.details().scopes()).containsExactly(READ, WRITE);
  }

  // The same call twice

  @Test
  void issuesOneKeyForOneIdempotencyKeyAndShowsItsSecretOnce() {
    var call = "{'name':'x','scopes':['things:read'],'idempotency_key':'deploy-1'}";

    var first = done(desk.issue(call));
    var second = done(desk.issue(call));

    assertThat(first.replayed()).isFalse();
    assertThat(first.key()).isNotNull();
    assertThat(second).isEqualTo(new IssuedKey(first.details(), null, null, true));
    assertThat(desk.keys()).isEqualTo(1);
    assertThat(desk.recorded("key.issued")).isEqualTo(1);
  }

  @Test
  void refusesAnIdempotencyKeyThatWasUsedForSomethingElse() {
    desk.issue("{'name':'x','scopes':['things:read'],'idempotency_key':'deploy-1'}");

    var problem =
        problem(desk.issue("{'name':'y','scopes':['things:read'],'idempotency_key':'deploy-1'}"));

    assertThat(problem.reason().word()).isEqualTo("idempotency_key_reused");
    assertThat(desk.keys()).isEqualTo(1);
  }

  @Test
  void carriesARefusedCallOutWhenItIsMended() {
    var refused = desk.issue("{'name':'x','scopes':['things:burn'],'idempotency_key':'deploy-1'}");
    var mended = desk.issue("{'name':'x','scopes':['things:read'],'idempotency_key':'deploy-1'}");

    assertThat(refused).isInstanceOf(Outcome.Refused.class);
    assertThat(done(mended).replayed()).isFalse();
  }

  // Change in use

  @Test
  void changesWhatIsNamedAndLeavesTheRest() {
    var issued = done(desk.issue("{'name':'old','scopes':['things:read'],'tags':['a']}"));

    var changed =
        done(
            desk.update(
                issued,
                "'name':'new','rate_limit':7,'scopes':['things:write'],"
                    + "'ip_allow_list':['192.0.2.0/24','2001:db8::/32']"));

    assertThat(changed.details().name()).isEqualTo("new");
    assertThat(changed.details().tags()).containsExactly("a");
    assertThat(changed.details().rateLimit()).isEqualTo(7);
    assertThat(changed.details().scopes()).containsExactly(WRITE);
    assertThat(changed.effective().nodes()).isPositive();
    var key = desk.key(issued);
    assertThat(key.limit().calls()).isEqualTo(7);
    assertThat(key.holds(WRITE)).isTrue();
    assertThat(key.holds(READ)).isFalse();
    assertThat(key.addresses().allows(Address.parse("192.0.2.9"))).isTrue();
    assertThat(desk.answerTo(desk.text(issued), "198.51.100.1")).isEqualTo("403 ip_not_allowed");
    assertThat(desk.answerTo(desk.text(issued), "2001:db8::1")).isEqualTo("permitted");
  }

  @Test
  void recordsWhatWasThereBeforeAndNoSecret() {
    var issued = done(desk.issue("{'name':'old','scopes':['things:read']}"));
    desk.update(issued, "'name':'new','rate_limit':7");

    var activity = desk.activity(issued);

    assertThat(activity.items())
        .extracting(KeyActivity.Entry::action)
        .containsExactly("key.updated", "key.issued");
    assertThat(activity.items().getFirst().changes())
        .containsExactly(
            new KeyActivity.Change("name", "old", "new"),
            new KeyActivity.Change("rate_limit", "60", "7"));
    assertThat(activity.items().toString())
        .doesNotContain(desk.text(issued).substring(desk.text(issued).length() - 38));
  }

  @Test
  void keepsTheCountWhenTheLimitChanges() {
    var issued = done(desk.issue("{'name':'x','scopes':['things:read'],'rate_limit':3}"));
    desk.spend(issued, 3);
    assertThat(desk.answerTo(issued)).isEqualTo("429 rate_limited");

    desk.update(issued, "'rate_limit':5");

    assertThat(desk.answerTo(issued)).isEqualTo("permitted");
    assertThat(desk.answerTo(issued)).isEqualTo("permitted");
    assertThat(desk.answerTo(issued)).isEqualTo("429 rate_limited");
  }

  @ParameterizedTest
  @ValueSource(strings = {"regenerate", "rotate"})
  void keepsTheCountWhenTheSecretChanges(String how) {
    var issued = done(desk.issue("{'name':'x','scopes':['things:read'],'rate_limit':2}"));
    desk.spend(issued, 2);

    var renewed = done(desk.renew(how, issued, ""));

    assertThat(desk.answerTo(desk.text(renewed))).isEqualTo("429 rate_limited");
    assertThat(renewed.details().id()).isEqualTo(issued.details().id());
  }

  @Test
  void lendsNoSecondAllowanceWhileARotationOverlaps() {
    var issued = done(desk.issue("{'name':'x','scopes':['things:read'],'rate_limit':2}"));
    var renewed = done(desk.renew("rotate", issued, ""));

    assertThat(desk.answerTo(issued)).isEqualTo("permitted");
    assertThat(desk.answerTo(desk.text(renewed))).isEqualTo("permitted");
    assertThat(desk.answerTo(issued)).isEqualTo("429 rate_limited");
    assertThat(desk.answerTo(desk.text(renewed))).isEqualTo("429 rate_limited");
  }

  @Test
  void takesAnExpiryAway() {
    var issued =
        done(desk.issue("{'name':'x','scopes':['things:read'],'expires_on':'2026-03-09'}"));

    var changed = done(desk.update(issued, "'never_expires':true"));

    assertThat(changed.details().expiresAt()).isNull();
    assertThat(changed.details().expiresZone()).isNull();
    assertThat(desk.key(issued).expiresAtMillis()).isEqualTo(Key.NEVER);
  }

  @Test
  void answersAChangeThatChangesNothingWithoutRecordingIt() {
    var issued = done(desk.issue("{'name':'x','scopes':['things:read']}"));

    var changed = done(desk.update(issued, "'name':'x','is_active':true"));

    assertThat(changed.details()).isEqualTo(issued.details());
    assertThat(desk.activity(issued).items()).hasSize(1);
  }

  // New secrets

  @Test
  void regeneratesWithTheSameIdScopesLimitAndHistory() {
    var issued = done(desk.issue("{'name':'x','scopes':['things:read'],'rate_limit':9}"));

    var renewed = done(desk.renew("regenerate", issued, ""));

    assertThat(desk.answerTo(issued)).isEqualTo("401 invalid_key");
    assertThat(desk.answerTo(desk.text(renewed))).isEqualTo("permitted");
    assertThat(renewed.droppedSecrets()).containsExactly(1);
    assertThat(renewed.oldSecretEndsAt()).isNull();
    assertThat(renewed.details().secrets())
        .extracting(KeyView.SecretView::number)
        .containsExactly(2);
    assertThat(renewed.details())
        .usingRecursiveComparison()
        .ignoringFields("secrets")
        .isEqualTo(issued.details());
    assertThat(desk.activity(issued).items())
        .extracting(KeyActivity.Entry::action)
        .containsExactly("key.regenerated", "key.issued");
  }

  @Test
  void rotatesWithADayInWhichBothSecretsWork() {
    var issued = done(desk.issue("{'name':'x','scopes':['things:read']}"));

    var renewed = done(desk.renew("rotate", issued, ""));

    assertThat(renewed.oldSecretEndsAt()).isEqualTo(START.plus(Duration.ofHours(24)));
    assertThat(renewed.droppedSecrets()).isEmpty();
    assertThat(desk.answerTo(issued)).isEqualTo("permitted");
    assertThat(desk.answerTo(desk.text(renewed))).isEqualTo("permitted");
    desk.advance(Duration.ofHours(24).minusSeconds(1));
    assertThat(desk.answerTo(issued)).isEqualTo("permitted");
    desk.advance(Duration.ofSeconds(1));
    assertThat(desk.answerTo(issued)).isEqualTo("401 invalid_key");
    assertThat(desk.answerTo(desk.text(renewed))).isEqualTo("permitted");
  }

  @Test
  void neverLetsAnOldSecretOutliveItsKey() {
    var end = START.plusSeconds(100);
    var issued =
        done(desk.issue("{'name':'x','scopes':['things:read'],'expires_at':'" + end + "'}"));

    var renewed = done(desk.renew("rotate", issued, "'overlap_seconds':3600"));

    assertThat(renewed.oldSecretEndsAt()).isEqualTo(end);
  }

  @Test
  void dropsTheOldestAtOnceWhenItIsRotatedAgainAndSaysSo() {
    var first = done(desk.issue("{'name':'x','scopes':['things:read']}"));
    var second = done(desk.renew("rotate", first, ""));

    var third = done(desk.renew("rotate", first, ""));

    assertThat(third.droppedSecrets()).containsExactly(1);
    assertThat(third.details().secrets())
        .extracting(KeyView.SecretView::number)
        .containsExactly(3, 2);
    assertThat(desk.answerTo(first)).isEqualTo("401 invalid_key");
    assertThat(desk.answerTo(desk.text(second))).isEqualTo("permitted");
    assertThat(desk.answerTo(desk.text(third))).isEqualTo("permitted");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'overlap_seconds':0",
        "'reason':'compromised'",
        "'reason':'compromised','overlap_seconds':86400"
      })
  void leavesNoOverlapWhereNoneIsWanted(String fields) {
    var issued = done(desk.issue("{'name':'x','scopes':['things:read']}"));

    var renewed = done(desk.renew("rotate", issued, fields));

    assertThat(renewed.oldSecretEndsAt()).isNull();
    assertThat(renewed.droppedSecrets()).containsExactly(1);
    assertThat(desk.answerTo(issued)).isEqualTo("401 invalid_key");
  }

  @Test
  void overlapsForThirtyDaysAndNotASecondMore() {
    var issued = done(desk.issue("{'name':'x','scopes':['things:read']}"));
    var most = Duration.ofDays(30).toSeconds();
    var id = "'id':'" + issued.details().id() + "',";

    assertThat(desk.issues("keys.rotate", "{" + id + "'overlap_seconds':" + (most + 1) + "}"))
        .extracting(Issue::path)
        .containsExactly("overlap_seconds");
    assertThat(done(desk.renew("rotate", issued, "'overlap_seconds':" + most)).oldSecretEndsAt())
        .isEqualTo(START.plusSeconds(most));
  }

  // States

  /// What becomes of a key in each state, and how its calls are answered then.
  @ParameterizedTest
  @CsvSource({
    "active,    deactivate, inactive,  403 key_disabled",
    "active,    activate,   active,    permitted",
    "active,    revoke,     revoked,   401 key_revoked",
    "active,    delete,     deleted,   401 key_revoked",
    "active,    expire,     expired,   401 key_expired",
    "active,    regenerate, active,    401 invalid_key",
    "active,    rotate,     active,    permitted",
    "inactive,  activate,   active,    permitted",
    "inactive,  deactivate, inactive,  403 key_disabled",
    "inactive,  revoke,     revoked,   401 key_revoked",
    "inactive,  delete,     deleted,   401 key_revoked",
    "inactive,  expire,     expired,   401 key_expired",
    "inactive,  regenerate, inactive,  401 invalid_key",
    "inactive,  rotate,     inactive,  403 key_disabled",
    "scheduled, begin,      active,    permitted",
    "scheduled, deactivate, scheduled, 401 key_not_yet_valid",
    "scheduled, revoke,     revoked,   401 key_revoked",
    "scheduled, delete,     deleted,   401 key_revoked",
    "scheduled, rotate,     scheduled, 401 key_not_yet_valid",
    "expired,   extend,     REFUSED key_is_expired, 401 key_expired",
    "expired,   activate,   expired,   401 key_expired",
    "expired,   rename,     expired,   401 key_expired",
    "expired,   regenerate, REFUSED key_is_expired, 401 key_expired",
    "expired,   rotate,     REFUSED key_is_expired, 401 key_expired",
    "expired,   revoke,     revoked,   401 key_revoked",
    "expired,   delete,     deleted,   401 key_revoked",
    "revoked,   activate,   REFUSED key_is_revoked, 401 key_revoked",
    "revoked,   deactivate, REFUSED key_is_revoked, 401 key_revoked",
    "revoked,   rename,     REFUSED key_is_revoked, 401 key_revoked",
    "revoked,   regenerate, REFUSED key_is_revoked, 401 key_revoked",
    "revoked,   rotate,     REFUSED key_is_revoked, 401 key_revoked",
    "revoked,   revoke,     revoked,   401 key_revoked",
    "revoked,   delete,     deleted,   401 key_revoked",
    "deleted,   activate,   REFUSED key_not_found, 401 key_revoked",
    "deleted,   rename,     REFUSED key_not_found, 401 key_revoked",
    "deleted,   rotate,     REFUSED key_not_found, 401 key_revoked",
    "deleted,   revoke,     REFUSED key_not_found, 401 key_revoked",
    "deleted,   delete,     REFUSED key_not_found, 401 key_revoked"
  })
  void movesFromStateToState(String from, String move, String to, String answer) {
    var issued = desk.keyIn(from);

    var outcome = desk.move(issued, move);

    if (to.startsWith("REFUSED ")) {
      assertThat(problem(Objects.requireNonNull(outcome)).reason().word())
          .isEqualTo(to.substring("REFUSED ".length()));
      assertThat(desk.stateOf(issued)).isEqualTo(from);
    } else {
      if (outcome != null) done(outcome);
      assertThat(desk.stateOf(issued)).isEqualTo(to);
    }
    assertThat(desk.answerTo(issued)).isEqualTo(answer);
  }

  @Test
  void keepsWhenAndWhyAKeyWasFirstRevoked() {
    var issued = done(desk.issue("{'name':'x','scopes':['things:read']}"));
    desk.call("keys.revoke", desk.operator(), "{'id':'%s','reason':'Sam left'}", issued);
    desk.advance(Duration.ofMinutes(1));

    desk.call("keys.revoke", desk.operator(), "{'id':'%s','reason':'again'}", issued);

    var key = done(desk.get(issued));
    assertThat(key.revokedAt()).isEqualTo(START);
    assertThat(key.revokeReason()).isEqualTo("Sam left");
    assertThat(desk.activity(issued).items()).hasSize(2);
  }

  @Test
  void hidesADeletedKeyButFindsItInTheRecord() {
    var issued = done(desk.issue("{'name':'x','scopes':['things:read']}"));

    desk.move(issued, "delete");

    assertThat(problem(desk.get(issued)).reason().word()).isEqualTo("key_not_found");
    assertThat(desk.platform().keys().list(desk.workspace(), START)).isEmpty();
    assertThat(desk.keys()).isEqualTo(1);
    assertThat(desk.activity(issued).items())
        .extracting(KeyActivity.Entry::action)
        .containsExactly("key.deleted", "key.issued");
  }

  // Lists

  @ParameterizedTest
  @ValueSource(strings = {"newest", "oldest"})
  void handsOutLongListsPageByPage(String order) {
    var ids = new ArrayList<String>();
    for (int i = 0; i < 7; i++) {
      ids.add(done(desk.issue("{'name':'x','scopes':['things:read']}")).details().id());
      if (i % 2 == 0) desk.advance(Duration.ofSeconds(1));
    }

    var seen = new ArrayList<String>();
    @Nullable String cursor = null;
    do {
      var page = desk.list("'order':'" + order + "','limit':3", cursor);
      page.items().forEach(key -> seen.add(key.id()));
      cursor = page.nextCursor();
    } while (cursor != null);

    assertThat(seen).containsExactlyInAnyOrderElementsOf(ids);
    assertThat(order.equals("oldest") ? seen.getFirst() : seen.getLast()).isIn(ids.subList(0, 2));
  }

  @Test
  void findsKeysByStateTagAndCreator() {
    for (var state : List.of("active", "inactive", "scheduled", "expired", "revoked")) {
      var issued = desk.keyIn(state);
      assertThat(desk.list("'status':'" + state + "'", null).items())
          .describedAs(state)
          .extracting(KeyView::id)
          .containsExactly(issued.details().id());
      desk.move(issued, "delete");
    }
    var tagged = done(desk.issue("{'name':'x','scopes':['things:read'],'tags':['ci','eu']}"));
    done(desk.issue("{'name':'y','scopes':['things:read']}"));

    assertThat(desk.list("'tag':'ci'", null).items())
        .extracting(KeyView::id)
        .containsExactly(tagged.details().id());
    assertThat(desk.list("'created_by':'command line'", null).items()).hasSize(2);
    assertThat(desk.list("'created_by':'nobody'", null).items()).isEmpty();
  }

  // Many at once

  @Test
  void revokesManyInOneRecordedAction() {
    var ours = new ArrayList<IssuedKey>();
    for (int i = 0; i < 3; i++) {
      ours.add(done(desk.issue("{'name':'x','scopes':['things:read'],'tags':['ci']}")));
    }
    var other = done(desk.issue("{'name':'y','scopes':['things:read']}"));

    var dry = desk.revokeMany("'tag':'ci','dry_run':true");
    assertThat(dry.count()).isEqualTo(3);
    assertThat(dry.dryRun()).isTrue();
    assertThat(dry.effective()).isNull();
    assertThat(desk.answerTo(ours.getFirst())).isEqualTo("permitted");

    var revoked = desk.revokeMany("'tag':'ci','reason':'offboarding'");

    assertThat(revoked.keys())
        .extracting(KeyView::id)
        .containsExactlyInAnyOrderElementsOf(
            ours.stream().map(issued -> issued.details().id()).toList());
    assertThat(Objects.requireNonNull(revoked.effective()).nodes()).isPositive();
    for (var issued : ours) assertThat(desk.answerTo(issued)).isEqualTo("401 key_revoked");
    assertThat(desk.answerTo(other)).isEqualTo("permitted");
    assertThat(desk.recorded("keys.revoked")).isEqualTo(1);
    assertThat(desk.activity(ours.getFirst()).items())
        .extracting(KeyActivity.Entry::action)
        .containsExactly("keys.revoked", "key.issued");
    assertThat(desk.activity(other).items()).hasSize(1);
    assertThat(desk.revokeMany("'tag':'ci'").count()).isZero();
  }

  @Test
  void revokesByTheTimeOfIssueAndByWhoIssued() {
    var early = done(desk.issue("{'name':'x','scopes':['things:read']}"));
    desk.advance(Duration.ofHours(1));
    var late = done(desk.issue("{'name':'x','scopes':['things:read']}"));
    var between = START.plus(Duration.ofMinutes(30));

    desk.revokeMany("'created_by':'command line','created_before':'" + between + "'");
    assertThat(desk.stateOf(early)).isEqualTo("revoked");
    assertThat(desk.stateOf(late)).isEqualTo("active");

    desk.revokeMany("'created_after':'" + between + "'");
    assertThat(desk.stateOf(late)).isEqualTo("revoked");
  }

  @Test
  void revokesByTheAddressOfTheLastUseWhereItIsKnown() {
    var here = done(desk.issue("{'name':'x','scopes':['things:read']}"));
    var there = done(desk.issue("{'name':'x','scopes':['things:read']}"));
    var never = done(desk.issue("{'name':'x','scopes':['things:read']}"));
    desk.used(here, "203.0.113.7");
    desk.used(there, "198.51.100.7");

    var revoked = desk.revokeMany("'last_used_from':'203.0.113.0/24'");

    assertThat(revoked.keys())
        .extracting(KeyView::id, KeyView::lastUsedFrom)
        .containsExactly(tuple(here.details().id(), "203.0.113.7"));
    assertThat(desk.stateOf(there)).isEqualTo("active");
    assertThat(desk.stateOf(never)).isEqualTo("active");
  }

  @Test
  void revokesNothingUnlessToldWhich() {
    assertThat(desk.issues("keys.revokeMany", "{'workspace_id':'" + desk.workspace() + "'}"))
        .singleElement()
        .satisfies(issue -> assertThat(issue.message()).contains("Say which keys"));
    assertThat(problem(desk.refusedRevokeMany("'last_used_from':'x'")).issues())
        .extracting(Issue::path)
        .containsExactly("last_used_from");
  }

  @Test
  void tellsHowMuchAKeyIsUsed() {
    var issued = done(desk.issue("{'name':'x','scopes':['things:read']}"));
    desk.used(issued, "203.0.113.7");

    var key = done(desk.get(issued));

    assertThat(key.requestCount()).isEqualTo(1);
    assertThat(key.lastUsedAt()).isEqualTo(START);
    assertThat(key.secrets().getFirst().lastUsedAt()).isEqualTo(START);
    assertThat(desk.activity(issued).requestCount()).isEqualTo(1);
  }

  // Who may

  @Test
  void grantsNobodyMoreThanTheyHold() {
    var viewer = desk.session(READ);
    var both = done(desk.issue("{'name':'x','scopes':['things:read','things:write']}"));
    var call = "{'name':'x','scopes':['things:read','things:write']}";

    var issue = problem(desk.call("keys.issue", viewer, call));
    var widened =
        problem(
            desk.call(
                "keys.update",
                viewer,
                "{'id':'%s','scopes':['things:write']}",
                done(desk.issue("{'name':'x','scopes':['things:read']}"))));
    var regenerated = problem(desk.call("keys.regenerate", viewer, "{'id':'%s'}", both));
    var narrowed = desk.call("keys.update", viewer, "{'id':'%s','scopes':['things:write']}", both);

    assertThat(issue.reason().word()).isEqualTo("scope_not_held");
    assertThat(issue.issues()).extracting(Issue::path).containsExactly("scopes[1]");
    assertThat(widened.reason().word()).isEqualTo("scope_not_held");
    assertThat(regenerated.reason().word()).isEqualTo("scope_not_held");
    assertThat(narrowed).isInstanceOf(Outcome.Done.class);
  }

  @Test
  void givesASessionsKeyTheSessionsWorkspaceAndName() {
    var session = desk.session(READ, WRITE);

    var issued =
        done(desk.<IssuedKey>call("keys.issue", session, "{'name':'x','scopes':['things:read']}"));

    assertThat(issued.details().workspaceId()).isEqualTo(desk.workspace());
    assertThat(issued.details().createdBy()).isEqualTo("sam@example.com");
    assertThat(desk.list("'created_by':'per_sam'", null).items()).hasSize(1);
  }

  @Test
  void hidesFromASessionWhatIsNotInItsWorkspaceAsIfItWereNotThere() {
    var session = desk.session(READ, WRITE);
    var foreign = desk.foreignKey();
    var none = "000000000000";
    for (var call :
        List.of(
            "keys.get {'id':'%s'}",
            "keys.update {'id':'%s','name':'x'}",
            "keys.delete {'id':'%s'}",
            "keys.regenerate {'id':'%s'}",
            "keys.rotate {'id':'%s'}",
            "keys.revoke {'id':'%s'}",
            "keys.activity {'id':'%s'}")) {
      var name = call.substring(0, call.indexOf(' '));
      var input = call.substring(call.indexOf(' ') + 1);

      assertThat(desk.call(name, session, input, foreign))
          .describedAs(name)
          .isEqualTo(desk.call(name, session, input.formatted(none)))
          .isEqualTo(Outcome.refused(KeyRefusals.NO_SUCH_KEY));
    }
    for (var call :
        List.of(
            "keys.list {'workspace_id':'%s'}",
            "keys.issue {'workspace_id':'%s','name':'x','scopes':['things:read']}",
            "keys.revokeMany {'workspace_id':'%s','tag':'x'}")) {
      var name = call.substring(0, call.indexOf(' '));
      var input = call.substring(call.indexOf(' ') + 1);

      assertThat(desk.call(name, session, input.formatted(foreign.details().workspaceId())))
          .describedAs(name)
          .isEqualTo(desk.call(name, session, input.formatted("wks_none")));
      assertThat(problem(desk.call(name, session, input.formatted("wks_none"))).reason())
          .isEqualTo(Reached.WORKSPACE_NOT_FOUND);
    }
    assertThat(desk.answerTo(foreign)).isEqualTo("permitted");
  }

  @Test
  void spendsNothingOnARefusedCall() {
    var issued = done(desk.issue("{'name':'x','scopes':['things:read'],'rate_limit':1}"));
    desk.move(issued, "deactivate");
    assertThat(desk.answerTo(issued)).isEqualTo("403 key_disabled");
    desk.move(issued, "activate");

    assertThat(desk.spend(issued, 1)).isInstanceOf(Spending.Granted.class);
  }

  private static Problem problem(Outcome<?> outcome) {
    if (outcome instanceof Outcome.Refused<?>(var problem)) return problem;
    throw new AssertionError("was carried out: " + outcome);
  }
}

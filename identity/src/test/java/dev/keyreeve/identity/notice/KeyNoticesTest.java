package dev.keyreeve.identity.notice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyreeve.access.credential.KeyId;
import dev.keyreeve.access.subject.KeyState;
import dev.keyreeve.identity.TestIdentity;
import dev.keyreeve.identity.key.IssueKey;
import dev.keyreeve.platform.TestPlatform;
import dev.keyreeve.platform.event.Occurrence;
import dev.keyreeve.platform.tenancy.EventLog;
import dev.keyreeve.procedure.Actor;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class KeyNoticesTest {
  private static final Duration DAY = Duration.ofDays(1);

  private final List<LastUse.Use> uses = new ArrayList<>();
  private TestIdentity platform;
  private KeyNotices notices;
  private String workspace;

  @BeforeEach
  void start() {
    platform = TestIdentity.start();
    notices = new KeyNotices(platform.database().jdbi(), _ -> uses, platform.clock());
    workspace = platform.organisation().workspaceId();
  }

  @AfterEach
  void stop() {
    platform.close();
  }

  private Instant now() {
    return platform.clock().instant();
  }

  private void pass(Duration time) {
    platform.clock().advance(time);
    notices.tellOfExpiry();
    notices.tellOfSilence();
  }

  private String keyThatExpiresAfter(Duration life) {
    var wanted =
        new IssueKey(
            workspace,
            TestPlatform.BRAND,
            null,
            "nightly import",
            List.of(TestPlatform.READ),
            null,
            now().plus(life));
    return TestPlatform.done(platform.keys().issue(wanted, Actor.SYSTEM, now())).details().id();
  }

  private List<String> told() {
    return occurrences().stream().map(occurrence -> occurrence.event().type()).toList();
  }

  private List<Occurrence> occurrences() {
    return platform
        .tenancy()
        .read(workspace, now(), tx -> EventLog.read(tx, KeyEvents.TYPES, null, 0, 100));
  }

  @Test
  void tellsOfAnExpiryAWeekAheadADayAheadAndWhenItComes() {
    var key = keyThatExpiresAfter(Duration.ofDays(30));

    pass(Duration.ofDays(23).minusMillis(1));
    assertThat(told()).isEmpty();
    pass(Duration.ofMillis(1));
    pass(Duration.ofHours(1));
    assertThat(told()).containsExactly(KeyEvents.EXPIRING_SOON);
    pass(Duration.ofDays(5).plusHours(23));
    pass(Duration.ofHours(1));
    assertThat(told()).containsExactly(KeyEvents.EXPIRING_SOON, KeyEvents.EXPIRING_SOON);
    pass(Duration.ofHours(23));
    pass(DAY);

    assertThat(told())
        .containsExactly(KeyEvents.EXPIRING_SOON, KeyEvents.EXPIRING_SOON, KeyEvents.EXPIRED);
    assertThat(occurrences())
        .allSatisfy(
            occurrence -> {
              assertThat(occurrence.event().subjectId()).isEqualTo(key);
              assertThat(occurrence.event().snapshot())
                  .contains("nightly import", "2026-04-01T09:00:00Z");
            });
  }

  @Test
  void tellsOfNoExpiryThatWasNearWhenTheKeyWasIssued() {
    keyThatExpiresAfter(Duration.ofHours(12));

    pass(Duration.ofHours(1));
    assertThat(told()).isEmpty();
    pass(Duration.ofHours(11));

    assertThat(told()).containsExactly(KeyEvents.EXPIRED);
  }

  @Test
  void tellsTheNearestOfWhatItMissed() {
    keyThatExpiresAfter(Duration.ofDays(30));

    pass(Duration.ofDays(29).plusHours(12));

    assertThat(told()).containsExactly(KeyEvents.EXPIRING_SOON);
  }

  @Test
  void tellsOfAnotherExpiryAgain() {
    var key = keyThatExpiresAfter(Duration.ofDays(8));
    pass(DAY);
    sql("update api_key set expires_at = expires_at + interval '90 days' where id = ?", key);
    pass(DAY);
    assertThat(told()).hasSize(1);

    uses.add(new LastUse.Use(key, 1, now()));
    pass(Duration.ofDays(89));

    assertThat(told()).containsExactly(KeyEvents.EXPIRING_SOON, KeyEvents.EXPIRING_SOON);
  }

  @Test
  void tellsNothingOfARevokedKey() {
    var key = keyThatExpiresAfter(Duration.ofDays(8));
    TestPlatform.done(
        platform.keys().become(KeyId.parse(key), KeyState.REVOKED, Actor.SYSTEM, now()));

    pass(Duration.ofDays(8));
    pass(Duration.ofDays(90));

    assertThat(told()).isEmpty();
  }

  @Test
  void tellsOfAKeyThatLiesUnusedOncePerSilence() {
    var key = platform.key(workspace, TestPlatform.READ).details().id();
    pass(Duration.ofDays(90).minusMillis(1));
    assertThat(told()).isEmpty();
    pass(Duration.ofMillis(1));
    pass(DAY);
    assertThat(told()).containsExactly(KeyEvents.DORMANT);

    uses.add(new LastUse.Use(key, 1, now()));
    pass(Duration.ofDays(89));
    assertThat(told()).hasSize(1);
    pass(DAY);
    pass(DAY);

    assertThat(told()).containsExactly(KeyEvents.DORMANT, KeyEvents.DORMANT);
    assertThat(occurrences().getLast().event().snapshot()).contains("lastUsedAt");
  }

  @Test
  void tellsOfAnOldSecretThatNobodyUsesAnyMore() {
    var key = platform.key(workspace, TestPlatform.READ).details().id();
    sql(
        """
        insert into api_key_secret (key_id, number, digest, pepper_version, created_at)
        select key_id, 2, digest, pepper_version, created_at + interval '1 hour'
        from api_key_secret where key_id = ?
        """,
        key);
    platform.clock().advance(Duration.ofHours(2));
    uses.add(new LastUse.Use(key, 1, now()));
    uses.add(new LastUse.Use(key, 2, now().plus(DAY)));

    pass(DAY.minusMillis(1));
    assertThat(told()).isEmpty();
    pass(Duration.ofMillis(1));
    pass(DAY);

    assertThat(told()).containsExactly(KeyEvents.OLD_SECRET_SILENT);
  }

  @Test
  void tellsOnceByHoweverManyNodes() {
    for (int i = 0; i < 20; i++) {
      keyThatExpiresAfter(Duration.ofDays(8));
    }
    platform.clock().advance(DAY);

    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 4; i++) {
        var _ = threads.submit(notices::tellOfExpiry);
      }
    }

    assertThat(told()).hasSize(20);
    assertThat(occurrences())
        .extracting(occurrence -> occurrence.event().subjectId())
        .doesNotHaveDuplicates();
  }

  private void sql(String statement, Object... values) {
    platform.database().jdbi().useHandle(handle -> handle.execute(statement, values));
  }
}

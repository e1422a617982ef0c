package dev.keyreeve.identity.key;

import static dev.keyreeve.platform.TestPlatform.START;
import static dev.keyreeve.platform.TestPlatform.done;
import static org.assertj.core.api.Assertions.assertThat;

import dev.keyreeve.access.limit.Spending;
import dev.keyreeve.access.network.Address;
import dev.keyreeve.access.subject.Anyone;
import dev.keyreeve.identity.TestIdentity;
import dev.keyreeve.platform.TestPlatform;
import dev.keyreeve.procedure.Caller;
import dev.keyreeve.procedure.Procedure;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LeakedKeysTest {
  private static final Caller FINDER =
      new Caller(new Anyone(), Spending.unmetered(), Address.parse("203.0.113.9"), "req_test");

  private final TestIdentity platform = TestIdentity.start();
  private KeyDesk desk;
  private List<String> told;

  @BeforeEach
  void begin() {
    desk = new KeyDesk(platform);
    told = new ArrayList<>();
  }

  @AfterAll
  void stop() {
    platform.close();
  }

  @Test
  void revokesWhatIsHandedInAndTellsTheOwner() {
    var issued = done(desk.issue("{'name':'Nightly','scopes':['things:read']}"));

    assertThat(report(desk.text(issued))).isEqualTo(new LeakedKeys.Received(1));

    assertThat(desk.answerTo(issued)).isEqualTo("401 key_revoked");
    var key = done(desk.get(issued));
    assertThat(key.leakedAt()).isEqualTo(START);
    assertThat(key.revokeReason()).isEqualTo("leaked");
    assertThat(told).containsExactly(desk.workspace() + " " + key.id() + " Nightly");
    var entry = desk.activity(issued).items().getFirst();
    assertThat(entry.action()).isEqualTo("key.leaked");
    assertThat(entry.actorKind()).isEqualTo("anyone");
    assertThat(entry.address()).isEqualTo("203.0.113.9");
  }

  @Test
  void answersTheSameForAKeyAKeyThatWasAndNoKey() {
    var live = desk.text(done(desk.issue("{'name':'x','scopes':['things:read']}")));
    var dead = desk.keyIn("revoked");
    var body = live.substring(0, live.length() - 7);

    var answers =
        List.of(
            report("nonsense"),
            report(""),
            report(desk.text(dead)),
            report(body + "0000000"),
            report(live),
            report(live));

    assertThat(answers).containsOnly(new LeakedKeys.Received(1));
  }

  @Test
  void revokesManyAtOnceAndEachOnce() {
    var issued = new ArrayList<IssuedKey>();
    for (int i = 0; i < 3; i++) {
      issued.add(done(desk.issue("{'name':'x','scopes':['things:read']}")));
    }
    var texts = issued.stream().map(desk::text).collect(Collectors.toCollection(ArrayList::new));
    texts.addAll(List.copyOf(texts));
    texts.add("nonsense");

    assertThat(report(texts.toArray(String[]::new))).isEqualTo(new LeakedKeys.Received(7));
    report(texts.toArray(String[]::new));

    for (var key : issued) assertThat(desk.answerTo(key)).isEqualTo("401 key_revoked");
    assertThat(told).hasSize(3);
    assertThat(desk.recorded("key.leaked")).isEqualTo(3);
  }

  @Test
  void revokesAKeyWhoseOldSecretLeaksWhileItWorks() {
    var issued = done(desk.issue("{'name':'x','scopes':['things:read']}"));
    var renewed = done(desk.renew("rotate", issued, ""));

    report(desk.text(issued));

    assertThat(desk.answerTo(desk.text(renewed))).isEqualTo("401 key_revoked");
  }

  @Test
  void leavesAKeyWhoseDeadSecretIsFound() {
    var issued = done(desk.issue("{'name':'x','scopes':['things:read']}"));
    var renewed = done(desk.renew("regenerate", issued, ""));

    report(desk.text(issued));

    assertThat(desk.answerTo(desk.text(renewed))).isEqualTo("permitted");
    assertThat(told).isEmpty();
  }

  @Test
  void revokesADeactivatedKeySoThatNobodyActivatesItAgain() {
    var issued = desk.keyIn("inactive");

    report(desk.text(issued));

    assertThat(desk.stateOf(issued)).isEqualTo("revoked");
  }

  @Test
  void leavesTheLogOfChangesAloneWhereNothingIsFound() {
    long before = desk.rows("access_change", "");

    report("nonsense", "tt_live_1000000000000aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa000000");

    assertThat(desk.rows("access_change", "")).isEqualTo(before);
  }

  @Test
  void keepsWhatWasHandedInOutOfEveryTable() {
    var text = desk.text(done(desk.issue("{'name':'x','scopes':['things:read']}")));
    report(text);

    var secret = text.substring(text.length() - 38, text.length() - 6);
    for (var table : List.of("api_key", "api_key_secret", "audit_entry", "idempotency")) {
      assertThat(desk.rows(table, secret)).isZero();
    }
  }

  @SuppressWarnings("unchecked") // The one procedure of the API takes and gives these.
  private LeakedKeys.Received report(String... texts) {
    var leaks =
        new LeakedKeys(
            platform.database().jdbi(),
            platform.changes(),
            platform.peppers(),
            (_, workspace, id, name, _) -> told.add(workspace + " " + id + " " + name));
    var procedure =
        (Procedure<LeakedKeys.Report, LeakedKeys.Received>)
            leaks.api().procedures().iterator().next();
    var keys = List.of(texts).stream().map(t -> "'" + t + "'").collect(Collectors.joining(","));
    return TestPlatform.done(platform.call(procedure, FINDER, "{'keys':[" + keys + "]}"));
  }
}

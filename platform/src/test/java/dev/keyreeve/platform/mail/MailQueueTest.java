package dev.keyreeve.platform.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyreeve.platform.TestPlatform;
import dev.keyreeve.platform.Until;
import dev.keyreeve.platform.cipher.FieldCipher;
import dev.keyreeve.platform.cipher.FieldKeys;
import dev.keyreeve.platform.database.Database;
import dev.keyreeve.platform.schedule.Schedule;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MailQueueTest {
  private static final String SECRET =
      "https://pay.example/invite#QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVo";
  private static final Message MESSAGE =
      new Message(
          EmailAddress.deliverable("ada@tenant.example"), "Rent", "Dear Ada,\n\n" + SECRET + "\n");

  private static final List<Duration> WAITS = MailDeliveries.TERMS.retries().waits();

  @TempDir Path folder;

  private final StrictServer server = StrictServer.plain();
  private final Mailer mailer = server.mailer(SmtpServer.Tls.NONE);
  private final List<String> told = new CopyOnWriteArrayList<>();
  private final List<AutoCloseable> opened = new ArrayList<>();
  private TestPlatform platform;
  private Database.Location location;
  private FieldCipher cipher;
  private MailQueue queue;
  private String workspace;

  @BeforeEach
  void start() {
    location = TestPlatform.freshLocation();
    platform = TestPlatform.start(location);
    cipher = new FieldCipher(FieldKeys.loadOrCreate(folder.resolve("field-keys")));
    workspace = platform.workspace();
    queue = queueOn(platform.database());
  }

  @AfterEach
  void stop() throws Exception {
    for (var one : opened.reversed()) one.close();
    platform.close();
    server.close();
  }

  private MailQueue queueOn(Database database) {
    var made =
        new MailQueue(
            database.jdbi(),
            platform.tenancy(),
            cipher,
            platform.clock(),
            new SecureRandom(),
            () -> 0);
    made.listen(
        "invite", platform.tenancy(), (_, subject, status) -> told.add(subject + " " + status));
    return made;
  }

  private void put(String subject) {
    put("invite", subject);
  }

  private void put(String kind, String subject) {
    platform
        .tenancy()
        .write(
            workspace,
            platform.clock().instant(),
            tx -> {
              queue.put(tx, kind, subject, "pay_1", MESSAGE);
              return subject;
            });
  }

  private MailView only() {
    return queue.list(workspace, null, null, null, 10).getFirst();
  }

  private String rows() {
    return platform
        .database()
        .jdbi()
        .withHandle(
            handle -> {
              handle.execute("set bytea_output = 'escape'");
              return String.join(
                  "\n",
                  handle.createQuery("select m\\:\\:text from mail m").mapTo(String.class).list());
            });
  }

  private long sealed() {
    return platform
        .database()
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery("select count(sealed_message) from mail")
                    .mapTo(Long.class)
                    .one());
  }

  @Test
  void sendsWhatIsCommittedAndForgetsItsText() {
    put("inv_1");
    assertThat(only().status()).isEqualTo(MailStatus.QUEUED);
    assertThat(rows()).contains("inv_1").doesNotContain("invite#", "ada@", "Rent");

    assertThat(queue.sendDue(mailer)).isEqualTo(1);
    assertThat(queue.sendDue(mailer)).isZero();

    assertThat(server.received()).hasSize(1).first().asString().contains(SECRET);
    assertThat(only().status()).isEqualTo(MailStatus.SENT);
    assertThat(told).containsExactly("inv_1 " + new DeliveryStatus.Sent());
    assertThat(sealed()).isZero();
  }

  @Test
  void sendsNowWhatASandboxWritesAheadOfTime() {
    platform
        .tenancy()
        .by((_, _, now) -> now.plus(Duration.ofDays(400)))
        .write(
            workspace,
            platform.clock().instant(),
            tx -> {
              queue.put(tx, "invite", "inv_1", "pay_1", MESSAGE);
              return 0;
            });

    assertThat(queue.sendDue(mailer)).isEqualTo(1);
  }

  @Test
  void sendsNothingOfWhatWasRolledBack() {
    assertThatThrownBy(
            () ->
                platform
                    .tenancy()
                    .write(
                        workspace,
                        platform.clock().instant(),
                        tx -> {
                          queue.put(tx, "invite", "inv_1", "pay_1", MESSAGE);
                          throw new IllegalStateException("no");
                        }))
        .hasMessage("no");

    assertThat(queue.sendDue(mailer)).isZero();
  }

  @Test
  void triesAgainOnceAServerIsBackAndSendsOnce() {
    server.refuses(451, "4.3.2 closed for repairs");
    put("inv_1");
    queue.sendDue(mailer);

    assertThat(queue.sendDue(mailer)).as("before its next time").isZero();
    assertThat(only().answer()).contains("closed for repairs");
    assertThat(only().nextTryAt()).isEqualTo(platform.clock().instant().plus(WAITS.getFirst()));
    server.relents();
    platform.clock().advance(WAITS.getFirst());
    queue.sendDue(mailer);

    assertThat(server.received()).hasSize(1);
    assertThat(only().attempts()).isEqualTo(2);
    assertThat(only().answer()).isNull();
    assertThat(told).containsExactly("inv_1 " + new DeliveryStatus.Sent());
  }

  @Test
  void givesUpAfterThreeDaysAndSaysSo() {
    server.refuses(451, "4.3.2 closed for good");
    put("inv_1");
    for (var wait : WAITS) {
      assertThat(queue.sendDue(mailer)).isEqualTo(1);
      platform.clock().advance(wait);
    }
    queue.sendDue(mailer);

    assertThat(only().status()).isEqualTo(MailStatus.GIVEN_UP);
    assertThat(told).hasSize(1).first().asString().contains("GivenUp", "closed for good");
    assertThat(WAITS.stream().reduce(Duration.ZERO, Duration::plus))
        .isBetween(Duration.ofDays(2), Duration.ofDays(4));
  }

  @Test
  void tellsOfARefusedRecipientAndTriesNoMore() {
    server.refuses(550, "5.1.1 <ada@tenant.example> unknown");
    put("inv_1");
    queue.sendDue(mailer);
    platform.clock().advance(Duration.ofDays(9));

    assertThat(queue.sendDue(mailer)).isZero();
    assertThat(only().status()).isEqualTo(MailStatus.BOUNCED);
    assertThat(only().answer()).contains("unknown").doesNotContain("ada@");
    assertThat(told).hasSize(1).first().asString().contains("Bounced", "550");
  }

  @Test
  void withdrawsWhatIsOverOrGoesToSomebodyWhoGetsNothingAnyMore() {
    put("inv_1");
    put("inv_2");
    platform
        .tenancy()
        .write(
            workspace,
            platform.clock().instant(),
            tx -> {
              MailQueue.withdrawAbout(tx, "inv_1");
              return 0;
            });
    queue.sendDue(mailer);
    put("inv_3");
    platform
        .tenancy()
        .write(
            workspace,
            platform.clock().instant(),
            tx -> {
              MailQueue.withdrawTo(tx, "pay_1");
              return 0;
            });
    queue.sendDue(mailer);

    assertThat(told).containsExactly("inv_2 " + new DeliveryStatus.Sent());
    assertThat(queue.list(workspace, MailStatus.WITHDRAWN, null, null, 10))
        .extracting(MailView::subjectId)
        .containsExactlyInAnyOrder("inv_1", "inv_3");
  }

  @Test
  void handsOverAgainWhatADeadNodeHadBegunUnderTheSameName() {
    put("inv_1");
    // A node that dies after the server has taken the message, before it can note that.
    var dying = new Dying(mailer);
    assertThatThrownBy(() -> queue.sendDue(dying)).isInstanceOf(IllegalStateException.class);

    assertThat(queue.sendDue(mailer)).as("while the claim lasts").isZero();
    platform.clock().advance(MailDeliveries.TERMS.claim());
    queue.sendDue(mailer);

    var id = "Message-ID: <" + only().id() + "@keyreeve.example>";
    assertThat(server.received()).hasSize(2).allMatch(text -> text.contains(id));
    assertThat(only().status()).isEqualTo(MailStatus.SENT);
  }

  private record Dying(Mailer to) implements Mailer {
    @Override
    public Handover deliver(Outgoing mail) {
      to.deliver(mail);
      throw new IllegalStateException("gone");
    }
  }

  @Test
  void ofTwoNodesOneSendsEachMail() {
    for (int i = 0; i < 40; i++) put("inv_" + i);
    node();
    node();

    Until.isTrue(() -> queue.list(workspace, MailStatus.SENT, null, null, 100).size() == 40);

    assertThat(server.received()).hasSize(40).doesNotHaveDuplicates();
    assertThat(told).hasSize(40).doesNotHaveDuplicates();
  }

  private void node() {
    var looks = Duration.ofMillis(20);
    var database = Database.open(location);
    opened.add(database);
    var schedule =
        new Schedule(database.dataSource(), new Schedule.Pace(looks, Duration.ofSeconds(10)));
    queueOn(database).sendBy(schedule, mailer, looks);
    schedule.start();
    opened.add(schedule);
  }

  @Test
  void takesAReportOfAMailThatCameBackOnce() {
    put("inv_1");
    queue.sendDue(mailer);
    var bounce = Bounce.read(BounceTest.report(only().id(), "failed")).orElseThrow();

    queue.bounced(only(), bounce.status(), platform.clock().instant());
    queue.bounced(only(), bounce.status(), platform.clock().instant());

    assertThat(only().status()).isEqualTo(MailStatus.BOUNCED);
    assertThat(only().answer()).contains("mailbox unavailable");
    assertThat(told.getLast()).contains("5.1.1");
  }

  @Test
  void endsEachKindByTheClockOfTheServiceThatQueuedIt() {
    var ahead = Duration.ofDays(400);
    var times = new HashMap<String, Instant>();
    queue.listen(
        "ahead",
        platform.tenancy().by((_, _, now) -> now.plus(ahead)),
        (tx, subject, _) -> times.put(subject, tx.now()));
    queue.listen(
        "behind",
        platform.tenancy().by((_, _, now) -> now.minus(ahead)),
        (tx, subject, _) -> times.put(subject, tx.now()));
    for (var kind : List.of("ahead", "behind", "nobody's")) put(kind, "of " + kind);

    queue.sendDue(mailer);

    var now = platform.clock().instant();
    assertThat(times).isEqualTo(Map.of("of ahead", now.plus(ahead), "of behind", now.minus(ahead)));
    assertThat(endedAt("of ahead")).isEqualTo(now.plus(ahead));
    assertThat(endedAt("of behind")).isEqualTo(now.minus(ahead));
    assertThat(endedAt("of nobody's")).as("by the server's clock").isEqualTo(now);

    var bounce = Bounce.read(BounceTest.report(about("of ahead").id(), "failed")).orElseThrow();
    platform.clock().advance(Duration.ofHours(1));
    queue.bounced(about("of ahead"), bounce.status(), platform.clock().instant());

    assertThat(times).containsEntry("of ahead", now.plus(ahead).plus(Duration.ofHours(1)));
    assertThat(endedAt("of ahead")).isEqualTo(now.plus(ahead).plus(Duration.ofHours(1)));
  }

  @Test
  void aKindHasOneListener() {
    assertThatThrownBy(() -> queue.listen("invite", platform.tenancy(), MailListener.NONE))
        .hasMessageContaining("invite");
  }

  private MailView about(String subject) {
    return queue.list(workspace, null, subject, null, 1).getFirst();
  }

  private @Nullable Instant endedAt(String subject) {
    return about(subject).endedAt();
  }

  @Test
  void forgetsWhatEndedLongAgo() {
    put("inv_1");
    queue.sendDue(mailer);
    put("inv_2");
    platform.clock().advance(Duration.ofDays(91));

    queue.forget(platform.clock().instant().minus(Duration.ofDays(90)));

    assertThat(queue.list(workspace, null, null, null, 10))
        .extracting(MailView::subjectId)
        .containsExactly("inv_2");
  }
}

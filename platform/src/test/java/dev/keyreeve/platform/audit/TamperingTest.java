package dev.keyreeve.platform.audit;

import static dev.keyreeve.platform.audit.AuditWorld.CHAIN;
import static dev.keyreeve.platform.audit.AuditWorld.OTHER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.keyreeve.platform.Rounds;
import dev.keyreeve.platform.audit.Flaw.Kind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Whatever somebody with all rights does to the rows shows, and the first bad entry is named.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TamperingTest {
  /// Entries of each chain; checkpoints are at 10, 20, 30 and 40.
  private static final int LENGTH = 40;

  private final Random random = new Random(20_260_302);
  private AuditWorld world;

  @BeforeAll
  void write(@TempDir Path folder) {
    world = new AuditWorld(folder);
    for (int i = 0; i < LENGTH / 10; i++) {
      world.append(CHAIN, 10);
      world.append(OTHER, 10);
      world.sign();
    }
    world.tamper(
        "create table kept_entry as table audit_entry",
        "create table kept_chain as table audit_chain",
        "create table kept_checkpoint as table audit_checkpoint");
  }

  @AfterAll
  void close() {
    world.close();
  }

  @BeforeEach
  void restore() {
    world.tamper(
        "truncate audit_entry, audit_chain, audit_checkpoint",
        "insert into audit_chain select * from kept_chain",
        "insert into audit_entry select * from kept_entry",
        "insert into audit_checkpoint select * from kept_checkpoint");
  }

  private Flaw flaw() {
    return Objects.requireNonNull(world.verdict(CHAIN).flaw(), "nothing was found");
  }

  private void assertFound(Kind kind, long seq) {
    var flaw = flaw();
    assertThat(flaw.seq()).isEqualTo(seq);
    assertThat(flaw.kind()).isEqualTo(kind);
    assertThat(world.verdict(OTHER).flaw()).isNull();
  }

  private int anyEntry() {
    return 1 + random.nextInt(LENGTH);
  }

  private static String where(int seq) {
    return " where chain = '" + CHAIN + "' and seq = " + seq;
  }

  @Test
  void findsNothingWrongWithWhatWasLeftAlone() {
    assertThat(world.trail.verify(null))
        .containsExactly(
            new Verdict(CHAIN, LENGTH, LENGTH, null), new Verdict(OTHER, LENGTH, LENGTH, null));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "at = at + interval '1 microsecond'",
        "actor_kind = 'system'",
        "actor_id = 'per_2'",
        "actor_name = 'zoe@example.com'",
        "address = '2001:db8::2'",
        "action = 'key.revoked'",
        "target_kind = 'person'",
        "target_id = target_id || 'x'",
        "details = details || ' '",
        "hash = md5(hash) || md5(hash)"
      })
  void namesAnEntryOfWhichAnyColumnWasChanged(String change) {
    for (int i = 0; i < Rounds.of(4); i++) {
      restore();
      int seq = anyEntry();

      world.tamper("update audit_entry set " + change + where(seq));

      assertFound(Kind.CHANGED, seq);
    }
  }

  @Test
  void namesAnEntryThatWasRemoved() {
    for (int i = 0; i < Rounds.of(10); i++) {
      restore();
      int seq = anyEntry();

      world.tamper("delete from audit_entry" + where(seq));

      assertFound(seq == LENGTH ? Kind.MISSING_END : Kind.REMOVED, seq);
    }
  }

  @Test
  void namesTheFirstOfTwoEntriesThatChangedPlaces() {
    for (int i = 0; i < Rounds.of(10); i++) {
      restore();
      int first = 1 + random.nextInt(LENGTH - 1);
      int second = first + 1 + random.nextInt(LENGTH - first);

      world.tamper(
          "update audit_entry set seq = -1" + where(first),
          "update audit_entry set seq = " + first + where(second),
          "update audit_entry set seq = " + second + where(-1));

      assertFound(Kind.CHANGED, first);
    }
  }

  @Test
  void namesTheCopyOfAnEntryThatWasPutInBehindIt() {
    for (int i = 0; i < Rounds.of(10); i++) {
      restore();
      int seq = anyEntry();

      world.tamper(
          "update audit_entry set seq = -seq where chain = '" + CHAIN + "' and seq >= " + seq,
          "update audit_entry set seq = 1 - seq where chain = '" + CHAIN + "' and seq < 0",
          "insert into audit_entry select chain, "
              + seq
              + ", at, actor_kind, actor_id, actor_name, address, action, target_kind, target_id,"
              + " details, hash from audit_entry"
              + where(seq + 1));

      assertFound(Kind.CHANGED, seq + 1);
    }
  }

  @Test
  void namesTheEntryAfterOneThatWasPutInWithAHashThatFits() {
    int seq = 17;
    var before = entries().get(seq - 1);

    world.tamper(
        "update audit_entry set seq = -seq where chain = '" + CHAIN + "' and seq > " + seq,
        "update audit_entry set seq = 1 - seq where chain = '" + CHAIN + "' and seq < 0");
    insert(forged(before, seq + 1).after(before.hash()));

    assertFound(Kind.CHANGED, seq + 2);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -5})
  void namesAnEntryThatWasPutBeforeTheFirst(int seq) {
    insert(forged(entries().getFirst(), seq).after(ChainedEntry.BEFORE_THE_FIRST));

    assertFound(Kind.INSERTED, seq);
  }

  @Test
  void namesAnEntryThatWasPutBehindTheEnd() {
    var last = entries().getLast();
    insert(forged(last, LENGTH + 1).after(last.hash()));

    assertFound(Kind.INSERTED, LENGTH + 1);
  }

  @Test
  void namesAnEntryThatWasMovedToAnotherChain() {
    world.tamper(
        "update audit_entry set chain = '" + OTHER + "', seq = " + (LENGTH + 1) + where(23));

    assertThat(flaw().seq()).isEqualTo(23);
    assertThat(world.verdict(OTHER).flaw()).extracting("seq").isEqualTo(LENGTH + 1L);
  }

  @Test
  void namesTheFirstEntryOfAnEndThatWasCutOff() {
    for (int i = 0; i < Rounds.of(10); i++) {
      restore();
      int seq = anyEntry();

      world.tamper("delete from audit_entry where chain = '" + CHAIN + "' and seq >= " + seq);

      assertFound(Kind.MISSING_END, seq);
    }
  }

  @Test
  void missesAnEndThatWasCutOffTogetherWithItsRecord() {
    for (int i = 0; i < Rounds.of(10); i++) {
      restore();
      int seq = 2 + random.nextInt(LENGTH - 1);

      cut(seq);

      assertFound(Kind.MISSING_END, seq);
    }
  }

  @Test
  void missesAnEndThatWasCutOffTogetherWithEveryTraceInTheDatabase() {
    for (int i = 0; i < Rounds.of(10); i++) {
      restore();
      int seq = 2 + random.nextInt(LENGTH - 1);

      cut(seq);
      world.tamper("delete from audit_checkpoint where chain = '" + CHAIN + "' and seq >= " + seq);

      assertFound(Kind.MISSING_END, seq);
    }
  }

  @Test
  void missesAChainThatWasRemovedWithEveryTraceInTheDatabase() {
    for (var table : List.of("audit_entry", "audit_chain", "audit_checkpoint")) {
      world.tamper("delete from " + table + " where chain = '" + CHAIN + "'");
    }

    assertThat(world.trail.chains()).contains(CHAIN);
    assertFound(Kind.MISSING_END, 1);
  }

  @Test
  void findsAChainThatWasWrittenAnewFromSomeEntryToItsEnd() {
    for (int i = 0; i < Rounds.of(10); i++) {
      restore();
      int seq = anyEntry();
      var entries = entries();

      var before = seq == 1 ? ChainedEntry.BEFORE_THE_FIRST : entries.get(seq - 2).hash();
      for (var old : entries.subList(seq - 1, LENGTH)) {
        var forged = forged(old, old.seq()).after(before);
        before = forged.hash();
        world.tamper(
            "delete from audit_entry" + where((int) old.seq()),
            "update audit_chain set hash = '" + before + "' where chain = '" + CHAIN + "'");
        insert(forged);
      }

      assertFound(Kind.REWRITTEN, Math.ceilDiv(seq, 10) * 10L);
    }
  }

  @Test
  void missesTheRecordOfTheEnd() {
    world.tamper("delete from audit_chain where chain = '" + CHAIN + "'");

    assertFound(Kind.MISSING_END, LENGTH + 1);
  }

  @Test
  void findsARecordOfTheEndThatWasChanged() {
    world.tamper(
        "update audit_chain set hash = md5(hash) || md5(hash) where chain = '" + CHAIN + "'");

    assertFound(Kind.REWRITTEN, LENGTH);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "hash = md5(hash) || md5(hash)",
        "at = at + interval '1 microsecond'",
        "signer = 'somebody'",
        "signature = 'AAAA'",
        "signature = 'not base 64'"
      })
  void namesACheckpointOfWhichAnyColumnWasChanged(String change) {
    world.tamper("update audit_checkpoint set " + change + where(20));

    assertFound(Kind.BAD_CHECKPOINT, 20);
  }

  @Test
  void namesACheckpointThatWasMovedToAnotherEntry() {
    world.tamper("update audit_checkpoint set seq = 21" + where(20));

    assertFound(Kind.BAD_CHECKPOINT, 21);
  }

  @Test
  void findsACheckpointThatSomebodyElseSigned(@TempDir Path elsewhere) {
    var stranger = CheckpointKey.loadOrCreate(elsewhere.resolve("audit-key"));
    var entry = entries().get(24);
    var forged = stranger.sign(new ChainEnd(CHAIN, 25, entry.hash()), world.now);

    world.tamper(
        "insert into audit_checkpoint values ('%s', 25, '%s', '%s', '%s', '%s')"
            .formatted(CHAIN, forged.hash(), forged.at(), forged.signer(), forged.signature()));

    assertFound(Kind.BAD_CHECKPOINT, 25);
  }

  private void cut(int from) {
    world.tamper(
        "delete from audit_entry where chain = '" + CHAIN + "' and seq >= " + from,
        "update audit_chain set (seq, hash) = (select seq, hash from audit_entry"
            + where(from - 1)
            + ") where chain = '"
            + CHAIN
            + "'");
  }

  private List<ChainedEntry> entries() {
    return new ArrayList<>(world.trail.part(CHAIN, null).entries());
  }

  /// The same entry with another action, at another place.
  private static ChainedEntry forged(ChainedEntry entry, long seq) {
    return new ChainedEntry(
        entry.chain(),
        seq,
        entry.at(),
        entry.actorKind(),
        entry.actorId(),
        entry.actorName(),
        entry.address(),
        "key.activated",
        entry.targetKind(),
        entry.targetId(),
        entry.details(),
        "");
  }

  private void insert(ChainedEntry entry) {
    world.tamper(
        "insert into audit_entry values ('%s', %d, '%s', '%s', '%s', '%s', '%s', '%s', '%s', '%s',"
                .formatted(
                    entry.chain(),
                    entry.seq(),
                    entry.at(),
                    entry.actorKind(),
                    entry.actorId(),
                    entry.actorName(),
                    entry.address(),
                    entry.action(),
                    entry.targetKind(),
                    entry.targetId())
            + " '%s', '%s')".formatted(entry.details(), entry.hash()));
  }
}

package dev.keyreeve.identity.journal;

import static dev.keyreeve.identity.journal.Entries.ADDRESS;
import static dev.keyreeve.identity.journal.Entries.MISSING_SCOPE;
import static dev.keyreeve.identity.journal.Entries.RATE_LIMITED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.keyreeve.access.credential.KeyId;
import dev.keyreeve.access.network.Address;
import dev.keyreeve.identity.journal.Journal.Bounds;
import dev.keyreeve.platform.TestClock;
import dev.keyreeve.platform.Until;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class JournalTest {
  private static final Instant NOW = Instant.parse("2026-03-02T09:00:00Z");
  private static final KeyId KEY = KeyId.parse("1aB3xyzXYZ09");
  private static final String WORKSPACE = "wks_0123456789abcdef0123";

  /// So small that a few records fill it: four blocks of eight.
  private static final Bounds SMALL = new Bounds(0, 1000, 8);

  private static final int SMALL_PLACES = 32;

  @TempDir private Path folder;
  private final TestClock clock = new TestClock(NOW);

  private Journal open(Bounds bounds) throws IOException {
    return Journal.open(folder, bounds, clock);
  }

  private static Entry call(int number) {
    return Entries.ofKey(KEY, WORKSPACE, "req_" + number, End.OK, NOW);
  }

  private static List<String> requestIds(List<Entry> entries) {
    return entries.stream().map(Entry::requestId).toList();
  }

  private static List<String> idsTo(int end) {
    return IntStream.range(0, end).mapToObj(number -> "req_" + number).toList();
  }

  @Test
  void readsBackWhatWasWritten() throws IOException {
    var longId = "ses_" + "x".repeat(60);
    var entries =
        List.of(
            Entries.ofKey(KEY, WORKSPACE, "req_1", End.OK, NOW),
            Entries.ofKey(KEY, WORKSPACE, "req_2", MISSING_SCOPE, NOW),
            Entries.refused(KEY, WORKSPACE, "req_3", RATE_LIMITED, NOW),
            Entries.ofNobody("req_4", NOW),
            new Entry(
                NOW.toEpochMilli(),
                "req_5",
                new Entry.By.OfSession("ses_0123456789abcdef0123", WORKSPACE),
                Address.parse("2001:db8::1"),
                "keys.list",
                End.OK,
                3,
                Integer.MAX_VALUE,
                Entry.Kind.ADMITTED),
            new Entry(
                NOW.toEpochMilli(),
                "req_6",
                new Entry.By.OfSession(longId, WORKSPACE),
                Address.UNKNOWN,
                null,
                MISSING_SCOPE,
                1,
                0,
                Entry.Kind.SUM),
            new Entry(
                NOW.toEpochMilli(),
                "req_7",
                new Entry.By.OfCommandLine(),
                ADDRESS,
                "keys.issue",
                End.OK,
                1,
                9,
                Entry.Kind.ADMITTED),
            by("req_8", new Entry.By.OfAnother(200, "grt_0123456789abcdef0123", 7, WORKSPACE)),
            by("req_9", new Entry.By.OfAnother(255, "grt_" + "x".repeat(60), 65_535, null)));

    try (var journal = open(Bounds.USUAL)) {
      entries.forEach(journal::append);

      assertThat(journal.read(0, 100).entries()).isEqualTo(entries);
    }
    try (var next = open(Bounds.USUAL)) {
      assertThat(next.leftovers().getFirst().read(0, 100).entries()).isEqualTo(entries);
    }
  }

  private static Entry by(String requestId, Entry.By by) {
    return new Entry(
        NOW.toEpochMilli(), requestId, by, ADDRESS, null, End.OK, 1, 0, Entry.Kind.ADMITTED);
  }

  @Test
  void cutsARequestIdThatIsTooLong() throws IOException {
    try (var journal = open(Bounds.USUAL)) {
      journal.append(Entries.ofNobody("x".repeat(40), NOW));

      assertThat(requestIds(journal.read(0, 1).entries())).containsExactly("x".repeat(24));
    }
  }

  @Test
  void usesPlacesAgainOnceTheyAreRead() throws IOException {
    try (var journal = open(SMALL)) {
      int written = 0;
      long read = 0;
      var seen = new ArrayList<String>();
      for (int lap = 0; lap < 20; lap++) {
        for (int i = 0; i < 10; i++) journal.append(call(written++));
        var batch = journal.read(read, 100);
        seen.addAll(requestIds(batch.entries()));
        read = batch.to();
        journal.release(read);
        awaitRoom(journal);
      }

      assertThat(seen).isEqualTo(idsTo(200));
      assertThat(journal.loss()).isEqualTo(Loss.NONE);
    }
    assertThat(folder).isEmptyDirectory();
  }

  /// The keeper is at work on its own thread.
  private static void awaitRoom(Journal journal) {
    Until.isTrue(() -> journal.placesReady() >= 10);
  }

  @Test
  void losesRefusalsFirstAndCountsWhatIsLost() throws IOException {
    try (var journal = open(SMALL)) {
      awaitAllPlaces(journal);
      for (int i = 0; i < SMALL_PLACES; i++) {
        journal.append(Entries.refused(KEY, WORKSPACE, "req_refused", RATE_LIMITED, NOW));
        awaitAllPlaces(journal);
      }
      int refusals = SMALL_PLACES * 3 / 4;
      assertThat(journal.depth()).isEqualTo(refusals);

      for (int i = 0; i < SMALL_PLACES / 4; i++) journal.append(call(i));

      assertThat(journal.depth()).isEqualTo(SMALL_PLACES);
      assertThat(journal.loss())
          .isEqualTo(new Loss(SMALL_PLACES - refusals, 0, NOW.toEpochMilli()));
    }
  }

  private static void awaitAllPlaces(Journal journal) {
    Until.isTrue(() -> journal.placesReady() >= 8 || journal.isAtItsBound());
  }

  @Test
  void sumsUpAdmittedCallsForWhichThereIsNoRoomAndWritesTheSumOnceThereIs() throws IOException {
    try (var journal = open(SMALL)) {
      fill(journal);

      for (int i = 0; i < 50; i++) journal.append(call(i));
      journal.append(Entries.ofKey(KEY, WORKSPACE, "req_last", MISSING_SCOPE, NOW));
      assertThat(journal.loss().calls()).isEqualTo(51);

      journal.release(journal.read(0, 100).to());
      Until.isTrue(() -> journal.placesReady() >= 2);
      journal.writeSums();

      var sums = journal.read(SMALL_PLACES, 100).entries();
      assertThat(sums)
          .allSatisfy(
              sum -> {
                assertThat(sum.kind()).isEqualTo(Entry.Kind.SUM);
                assertThat(sum.latencyMicros()).isEqualTo(120);
              })
          .extracting(Entry::end, Entry::calls)
          .containsExactlyInAnyOrder(tuple(End.OK, 50), tuple(MISSING_SCOPE, 1));
    }
  }

  private static void fill(Journal journal) {
    while (journal.depth() < SMALL_PLACES) {
      awaitAllPlaces(journal);
      journal.append(Entries.ofKey(KEY, WORKSPACE, "req_filling", End.OK, NOW));
    }
  }

  @Test
  void boundsTheRateOfUnknownCallersAndCountsTheRest() throws IOException {
    try (var journal = open(new Bounds(Bounds.USUAL.bytes(), 10, 64))) {
      for (int i = 0; i < 25; i++) journal.append(Entries.ofNobody("req_unknown", NOW));
      journal.append(call(1));
      assertThat(journal.depth()).isEqualTo(11);

      journal.append(Entries.ofNobody("req_later", NOW.plusSeconds(1)));
      journal.append(Entries.ofNobody("req_set_back", NOW));

      assertThat(journal.depth()).isEqualTo(13);
      assertThat(journal.loss()).isEqualTo(new Loss(0, 15, NOW.toEpochMilli()));
    }
  }

  @Test
  void keepsWhatWasLostForTheNextStart() throws IOException {
    try (var journal = open(new Bounds(Bounds.USUAL.bytes(), 1, 64))) {
      for (int i = 0; i < 3; i++) journal.append(Entries.ofNobody("req_unknown", NOW));
    }
    try (var next = open(Bounds.USUAL)) {
      assertThat(next.leftovers().getFirst().loss()).isEqualTo(new Loss(0, 2, NOW.toEpochMilli()));
      assertThat(next.loss()).isEqualTo(Loss.NONE);
    }
  }

  @Test
  void findsAtTheNextStartWhatWasNotRead() throws IOException {
    try (var journal = open(SMALL)) {
      for (int i = 0; i < 10; i++) journal.append(call(i));
      journal.release(journal.read(0, 4).to());
    }
    try (var next = open(SMALL)) {
      var leftover = next.leftovers().getFirst();

      assertThat(requestIds(leftover.read(4, 3).entries())).isEqualTo(idsTo(7).subList(4, 7));
      var rest = leftover.read(7, 100);
      assertThat(requestIds(rest.entries())).isEqualTo(idsTo(10).subList(7, 10));
      leftover.release(rest.to());
      assertThat(leftover.isDone()).isTrue();
      next.forget(leftover);
    }
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void passesOverPlacesThatWereReservedAndNeverFilled() throws IOException {
    var file =
        writtenTo(
            journal -> {
              for (int i = 0; i < 10; i++) journal.append(call(i));
            });
    overwrite(file, recordAt(3), new byte[8]);

    try (var next = open(SMALL)) {
      var expected = new ArrayList<>(idsTo(10));
      expected.remove("req_3");
      assertThat(requestIds(next.leftovers().getFirst().read(0, 100).entries()))
          .isEqualTo(expected);
    }
  }

  @Test
  void passesOverRecordsThatAreDamaged() throws IOException {
    var file =
        writtenTo(
            journal -> {
              for (int i = 0; i < 10; i++) journal.append(call(i));
            });
    overwrite(file, recordAt(3) + 50, new byte[] {1, 2, 3});

    try (var next = open(SMALL)) {
      assertThat(next.leftovers().getFirst().read(0, 100).entries()).hasSize(9);
    }
  }

  @Test
  void setsAFileAsideThatItCannotRead() throws IOException {
    var file = writtenTo(journal -> journal.append(call(0)));
    overwrite(file, 20, new byte[] {42});
    Files.writeString(folder.resolve("stray.calls"), "not a journal");

    try (var next = open(SMALL)) {
      assertThat(next.leftovers()).isEmpty();
      next.append(call(1));
    }

    assertThat(folder)
        .isDirectoryContaining(path -> path.endsWith(file.getFileName() + ".unreadable"))
        .isDirectoryContaining(path -> path.endsWith("stray.calls.unreadable"));
  }

  @Test
  void losesNothingOfManyWritersAndKeepsTheOrderOfEach() throws Exception {
    int writers = 8;
    int each = 20_000;
    try (var journal = open(new Bounds(Bounds.USUAL.bytes(), 1000, 1024));
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int writer = 0; writer < writers; writer++) {
        int number = writer;
        threads.execute(
            () -> {
              var workspace = "wks_" + number;
              for (int i = 0; i < each; i++) {
                while (journal.placesReady() < writers) Thread.onSpinWait();
                journal.append(Entries.ofKey(KEY, workspace, "req_" + i, End.OK, NOW));
              }
            });
      }
      var next = new int[writers];
      long read = 0;
      while (read < (long) writers * each) {
        var batch = journal.read(read, 500);
        for (var entry : batch.entries()) {
          var workspace = entry.by().workspaceOrNull();
          int writer = Integer.parseInt(workspace == null ? "" : workspace.substring(4));
          assertThat(entry.requestId()).isEqualTo("req_" + next[writer]++);
        }
        read = batch.to();
        journal.release(read);
      }

      assertThat(next).containsOnly(each);
      assertThat(journal.loss()).isEqualTo(Loss.NONE);
    }
  }

  private interface Writing {
    void to(Journal journal) throws IOException;
  }

  private Path writtenTo(Writing writing) throws IOException {
    try (var journal = open(SMALL)) {
      writing.to(journal);
    }
    try (var files = Files.list(folder)) {
      return files.findFirst().orElseThrow();
    }
  }

  private static long recordAt(int place) {
    return JournalFile.BEFORE_BLOCKS
        + (long) (place / 8) * Block.bytes(8)
        + Block.HEAD
        + (long) (place % 8) * Block.RECORD;
  }

  private static void overwrite(Path file, long at, byte[] bytes) throws IOException {
    try (var access = new RandomAccessFile(file.toFile(), "rw")) {
      access.seek(at);
      access.write(bytes);
    }
  }
}

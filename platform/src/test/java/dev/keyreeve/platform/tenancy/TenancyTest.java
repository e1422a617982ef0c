package dev.keyreeve.platform.tenancy;

import static dev.keyreeve.platform.TestPlatform.START;
import static dev.keyreeve.platform.TestPlatform.WRITE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyreeve.platform.Rounds;
import dev.keyreeve.platform.TestPlatform;
import dev.keyreeve.platform.database.Database;
import dev.keyreeve.platform.event.Event;
import dev.keyreeve.platform.event.Occurrence;
import dev.keyreeve.platform.event.Origin;
import dev.keyreeve.procedure.Caller;
import dev.keyreeve.procedure.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TenancyTest {
  private static final int WRITERS = 16;

  private TestPlatform platform;
  private Notes notes;
  private String workspace;
  private Caller key;

  @BeforeEach
  void start() {
    platform = TestPlatform.start();
    notes = Notes.on(platform);
    workspace = platform.workspace();
    key = platform.caller(workspace, WRITE);
  }

  @AfterEach
  void stop() {
    platform.close();
  }

  @Test
  void keepsWhatIsDoneAndTellsOfIt() {
    var outcome = platform.call(notes.procedure(Notes::add), key, "{'text':'one'}");

    assertThat(TestPlatform.done(outcome).text()).isEqualTo("one");
    assertThat(notes.texts(workspace)).containsExactly("one");
    assertThat(notes.events(workspace)).extracting(Occurrence::seq).containsExactly(1L);
  }

  @Test
  void leavesNothingOfARefusal() {
    var refusing =
        notes.procedure(
            (tx, input) -> {
              Notes.add(tx, input);
              return Outcome.refused(Notes.NO_SHELF);
            });

    var outcome = platform.call(refusing, key, "{'text':'one'}");

    assertThat(outcome).isEqualTo(Outcome.refused(Notes.NO_SHELF));
    assertThat(notes.texts(workspace)).isEmpty();
    assertThat(notes.events(workspace)).isEmpty();
  }

  @Test
  void leavesNothingOfAFailure() {
    var exception = notes.procedure((tx, input) -> failAfter(tx, input, new ArithmeticException()));
    var error = notes.procedure((tx, input) -> failAfter(tx, input, new StackOverflowError()));

    assertThatThrownBy(() -> platform.call(exception, key, "{'text':'one'}"))
        .isInstanceOf(ArithmeticException.class);
    assertThatThrownBy(() -> platform.call(error, key, "{'text':'two','idempotencyKey':'k'}"))
        .isInstanceOf(StackOverflowError.class);

    assertThat(notes.texts(workspace)).isEmpty();
    assertThat(notes.events(workspace)).isEmpty();
    assertThat(notes.kept(workspace)).isZero();
  }

  @Test
  void letsAFeatureRefuseBecauseAStatementFailed() {
    var add = notes.procedure(TenancyTest::addOrRefuse);
    platform.call(add, key, "{'text':'one'}");

    var outcome = platform.call(add, key, "{'text':'one','idempotencyKey':'k'}");

    assertThat(outcome).isEqualTo(Outcome.refused(Notes.TAKEN));
    assertThat(notes.events(workspace)).hasSize(1);
  }

  @Test
  void changesNothingInAReading() {
    assertThatThrownBy(
            () ->
                platform
                    .tenancy()
                    .read(
                        workspace,
                        START,
                        tx -> Notes.add(tx, new Notes.AddNote("one", null, null))))
        .isInstanceOf(JdbiException.class)
        .hasMessageContaining("read-only");

    assertThat(notes.texts(workspace)).isEmpty();
  }

  @Test
  void leavesConnectionsAsItFoundThem() {
    var before = settingsOfAllConnections();
    var failing = notes.procedure((tx, input) -> failAfter(tx, input, new ArithmeticException()));
    for (int i = 0; i < 3 * Database.CONNECTIONS; i++) {
      notes.texts(workspace);
      platform.call(notes.procedure(Notes::add), key, "{'text':'note " + i + "'}");
      platform.call(notes.procedure((_, _) -> Outcome.refused(Notes.TAKEN)), key, "{'text':'x'}");
      assertThatThrownBy(() -> platform.call(failing, key, "{'text':'x'}"))
          .isInstanceOf(ArithmeticException.class);
    }

    assertThat(settingsOfAllConnections()).isEqualTo(before).hasSize(1);
  }

  @Test
  void numbersEventsWithoutAGapInTheOrderOfCommits() throws Exception {
    var other = platform.workspace();
    int each = Rounds.of(20);
    int all = WRITERS * each;
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var followers =
          List.of(
              threads.submit(() -> follow(workspace, all)),
              threads.submit(() -> follow(other, all)));
      var writers = new ArrayList<Callable<Void>>();
      for (int writer = 0; writer < 2 * WRITERS; writer++) {
        var into = writer % 2 == 0 ? workspace : other;
        writers.add(() -> write(into, each));
      }
      for (var writer : threads.invokeAll(writers)) writer.get();

      for (Future<List<Long>> follower : followers) {
        assertThat(follower.get())
            .containsExactlyElementsOf(LongStream.rangeClosed(1, all).boxed().toList());
      }
    }
    assertThat(lastEvent(workspace)).isEqualTo(all);
    assertThat(lastEvent(other)).isEqualTo(all);
  }

  /// Tells of one thing, of none because it is refused, and of two.
  private Void write(String into, int count) {
    int left = count;
    while (left > 0) {
      int now = Math.min(left, 1 + left % 2);
      platform
          .tenancy()
          .write(
              into,
              START,
              tx -> {
                tx.attempt(
                    () -> {
                      tx.emit(event("refused"));
                      return Outcome.refused(Notes.TAKEN);
                    });
                for (int i = 0; i < now; i++) tx.emit(event("told"));
                return now;
              });
      left -= now;
    }
    return null;
  }

  /// Reads on from what has been seen, as a subscription does.
  private List<Long> follow(String from, int count) {
    var seen = new ArrayList<Long>();
    while (seen.size() < count) {
      long after = seen.isEmpty() ? 0 : seen.getLast();
      platform
          .tenancy()
          .read(from, START, tx -> EventLog.read(tx, List.of("thing.changed"), null, after, 50))
          .forEach(
              told -> {
                assertThat(told.event().subjectId()).isEqualTo("told");
                seen.add(told.seq());
              });
    }
    return seen;
  }

  private long lastEvent(String of) {
    return platform.tenancy().read(of, START, EventLog::last);
  }

  private static Event event(String subject) {
    return new Event("thing.changed", subject, Origin.PROGRAM, null, null, "{}");
  }

  private static Outcome<Notes.NoteAdded> failAfter(Tx tx, Notes.AddNote input, Throwable failure) {
    Notes.add(tx, input);
    if (failure instanceof Error error) throw error;
    throw (RuntimeException) failure;
  }

  private static Outcome<Notes.NoteAdded> addOrRefuse(Tx tx, Notes.AddNote input) {
    try {
      return Notes.add(tx, input);
    } catch (JdbiException duplicate) {
      return Outcome.refused(Notes.TAKEN);
    }
  }

  /// What connections differ in; one element if in nothing.
  private Set<String> settingsOfAllConnections() {
    var settings = ConcurrentHashMap.<String>newKeySet();
    var handles = new ArrayList<Handle>();
    try {
      for (int i = 0; i < Database.CONNECTIONS; i++) {
        var handle = platform.database().jdbi().open();
        handles.add(handle);
        settings.add(
            handle
                .createQuery(
                    """
                    select concat_ws(' ', current_user, current_setting('lock_timeout'),
                      current_setting('search_path'), current_setting('transaction_read_only'),
                      coalesce(current_setting('keyreeve.workspace', true), ''))
                    """)
                .mapTo(String.class)
                .one());
      }
    } finally {
      handles.forEach(Handle::close);
    }
    return Set.copyOf(settings);
  }
}

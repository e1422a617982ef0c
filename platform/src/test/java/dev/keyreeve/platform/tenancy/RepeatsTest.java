package dev.keyreeve.platform.tenancy;

import static dev.keyreeve.platform.TestPlatform.WRITE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyreeve.platform.Rounds;
import dev.keyreeve.platform.TestPlatform;
import dev.keyreeve.platform.tenancy.Notes.NoteAdded;
import dev.keyreeve.procedure.Caller;
import dev.keyreeve.procedure.Outcome;
import dev.keyreeve.procedure.problem.Reasons;
import java.util.Collections;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RepeatsTest {
  private static final String CALL = "{'text':'one','idempotencyKey':'k'}";

  private TestPlatform platform;
  private Notes notes;
  private String workspace;
  private Caller key;
  private final AtomicInteger carriedOut = new AtomicInteger();

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
  void answersARepeatedCallWithoutCarryingItOutAgain() {
    var first = add(CALL);

    var second = add(CALL);

    assertThat(first.replayed()).isFalse();
    assertThat(second).isEqualTo(new NoteAdded("one", null, true));
    assertThat(carriedOut).hasValue(1);
    assertThat(notes.events(workspace)).hasSize(1);
  }

  @Test
  void refusesTheSameKeyForAnotherInput() {
    add(CALL);

    var outcome =
        platform.call(notes.procedure(this::adding), key, "{'text':'two','idempotencyKey':'k'}");

    assertThat(outcome).isEqualTo(Outcome.refused(Reasons.IDEMPOTENCY_KEY_REUSED));
    assertThat(notes.texts(workspace)).containsExactly("one");
  }

  @Test
  void takesFieldsInAnotherOrderForTheSameInput() {
    add("{'text':'one','idempotencyKey':'k','metadata':{'a':'1','b':'2'}}");

    var again = add("{'metadata':{'b':'2','a':'1'},'idempotencyKey':'k','text':'one'}");

    assertThat(again.replayed()).isTrue();
  }

  @Test
  void takesANullFieldForAnAbsentOne() {
    add(CALL);

    var again = add("{'text':'one','idempotencyKey':'k','metadata':null}");

    assertThat(again.replayed()).isTrue();
  }

  @Test
  void repeatsARefusalThatWouldComeAgain() {
    var refusing =
        notes.procedure(
            (_, _) -> {
              carriedOut.incrementAndGet();
              return Outcome.refused(Notes.TAKEN, Map.of("text", "one"));
            });

    var first = platform.call(refusing, key, CALL);
    var second = platform.call(refusing, key, CALL);

    assertThat(first).isEqualTo(Outcome.refused(Notes.TAKEN, Map.of("text", "one")));
    assertThat(second)
        .isEqualTo(Outcome.refused(Notes.TAKEN, Map.of("text", "one", "replayed", true)));
    assertThat(carriedOut).hasValue(1);
  }

  @Test
  void triesACallAgainThatWasRefusedForThisTime() {
    var refusing = notes.procedure((_, _) -> Outcome.refused(Notes.NO_SHELF));

    var first = platform.call(refusing, key, CALL);
    int kept = notes.kept(workspace);
    var second = add(CALL);

    assertThat(first).isEqualTo(Outcome.refused(Notes.NO_SHELF));
    assertThat(kept).isZero();
    assertThat(second.replayed()).isFalse();
  }

  @Test
  void leavesTheKeyFreeAfterAFailure() {
    var failing =
        notes.procedure(
            (tx, input) -> {
              Notes.add(tx, input);
              throw new ArithmeticException();
            });
    assertThatThrownBy(() -> platform.call(failing, key, CALL))
        .isInstanceOf(ArithmeticException.class);

    var second = add(CALL);

    assertThat(second.replayed()).isFalse();
  }

  @Test
  void leavesTheKeyFreeIfTheConnectionBreaksBeforeTheCommit() {
    var dying =
        notes.procedure(
            (tx, input) -> {
              var outcome = Notes.add(tx, input);
              int backend = tx.query("select pg_backend_pid()").mapTo(Integer.class).one();
              platform
                  .database()
                  .jdbi()
                  .useHandle(handle -> handle.execute("select pg_terminate_backend(?)", backend));
              return outcome;
            });
    assertThatThrownBy(() -> platform.call(dying, key, CALL)).isInstanceOf(RuntimeException.class);

    var second = add(CALL);

    assertThat(second.replayed()).isFalse();
    assertThat(notes.events(workspace)).hasSize(1);
  }

  @Test
  void keepsKeysOfWorkspacesAndProceduresApart() {
    var elsewhere = platform.caller(platform.workspace(), WRITE);
    add(CALL);

    var inAnotherWorkspace = platform.call(notes.procedure(this::adding), elsewhere, CALL);
    var inAnotherProcedure =
        platform.call(
            notes.procedure("notes.put", this::adding), key, "{'text':'2','idempotencyKey':'k'}");

    assertThat(TestPlatform.done(inAnotherWorkspace).replayed()).isFalse();
    assertThat(TestPlatform.done(inAnotherProcedure).replayed()).isFalse();
  }

  @Test
  void keepsNoSecretAndNoInput() {
    add("{'text':'one','idempotencyKey':'k','metadata':{'note':'plain-metadata'}}");

    var row =
        platform
            .tenancy()
            .read(
                workspace,
                TestPlatform.START,
                tx ->
                    tx.query("select i::text from idempotency i where workspace_id = :workspace")
                        .mapTo(String.class)
                        .one());

    assertThat(row).contains("one").doesNotContain("s3cr3t", "plain-metadata");
  }

  @Test
  void carriesOutConcurrentEqualCallsOnce() throws Exception {
    int callers = 32;
    for (int round = 0; round < Rounds.of(5); round++) {
      var call = "{'text':'note " + round + "','idempotencyKey':'k" + round + "'}";
      carriedOut.set(0);
      try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
        var answers =
            threads.invokeAll(Collections.nCopies(callers, (Callable<NoteAdded>) () -> add(call)));

        int first = 0;
        for (var answer : answers) {
          assertThat(answer.get().text()).isEqualTo("note " + round);
          if (!answer.get().replayed()) first++;
        }
        assertThat(first).isEqualTo(1);
      }
      assertThat(carriedOut).hasValue(1);
    }
    assertThat(notes.events(workspace)).hasSize(Rounds.of(5));
  }

  @Test
  void saysSoIfTheFirstCallIsStillBeingCarriedOut() {
    var impatient =
        notes.procedure(
            (tx, input) -> {
              var meanwhile =
                  CompletableFuture.supplyAsync(
                          () -> platform.call(notes.procedure(this::adding), key, CALL))
                      .join();
              assertThat(meanwhile).isEqualTo(Outcome.refused(Reasons.IDEMPOTENCY_IN_PROGRESS));
              return adding(tx, input);
            });

    var outcome = platform.call(impatient, key, CALL);

    assertThat(TestPlatform.done(outcome).replayed()).isFalse();
    assertThat(carriedOut).hasValue(1);
  }

  @Test
  void forgetsWhatIsOldEnoughAndNothingElse() {
    add("{'text':'old','idempotencyKey':'k'}");

    platform.tenancy().forgetRepeats(TestPlatform.START);
    var kept = add("{'text':'old','idempotencyKey':'k'}");
    platform.tenancy().forgetRepeats(TestPlatform.START.plusSeconds(1));
    var forgotten = add("{'text':'new','idempotencyKey':'k'}");

    assertThat(kept.replayed()).isTrue();
    assertThat(forgotten.replayed()).isFalse();
  }

  private NoteAdded add(String input) {
    return TestPlatform.done(platform.call(notes.procedure(this::adding), key, input));
  }

  private Outcome<NoteAdded> adding(Tx tx, Notes.AddNote input) {
    carriedOut.incrementAndGet();
    return Notes.add(tx, input);
  }
}

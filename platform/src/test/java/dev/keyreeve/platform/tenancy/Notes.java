package dev.keyreeve.platform.tenancy;

import static dev.keyreeve.access.decision.Requirement.holds;
import static dev.keyreeve.procedure.Declaration.mutation;
import static dev.keyreeve.procedure.Route.post;

import dev.keyreeve.platform.TestPlatform;
import dev.keyreeve.platform.event.Event;
import dev.keyreeve.platform.event.Occurrence;
import dev.keyreeve.platform.event.Origin;
import dev.keyreeve.procedure.Outcome;
import dev.keyreeve.procedure.Procedure;
import dev.keyreeve.procedure.Repeatable;
import dev.keyreeve.procedure.Replayable;
import dev.keyreeve.procedure.problem.Code;
import dev.keyreeve.procedure.problem.Reason;
import dev.keyreeve.procedure.shape.OneTime;
import dev.keyreeve.procedure.shape.Text;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The smallest feature: a workspace's notes, no two of the same text.
final class Notes {
  static final Reason TAKEN =
      new Reason(Code.CONFLICT, "text_taken", "There is a note with this text.");
  static final Reason NO_SHELF = new Reason(Code.NOT_FOUND, "no_shelf", "There is no shelf yet.");

  private final TestPlatform platform;

  private Notes(TestPlatform platform) {
    this.platform = platform;
  }

  record AddNote(
      @Text(min = 1, max = 100) String text,
      @Nullable @Text(min = 1, max = 128) String idempotencyKey,
      @Nullable Map<String, String> metadata)
      implements Repeatable {}

  record NoteAdded(String text, @Nullable OneTime secret, boolean replayed)
      implements Replayable<NoteAdded> {
    @Override
    public NoteAdded asReplay() {
      return new NoteAdded(text, secret, true);
    }
  }

  static Notes on(TestPlatform platform) {
    platform
        .database()
        .jdbi()
        .useHandle(
            handle ->
                handle.execute(
                    """
                    create table note (
                      workspace_id text not null references workspace,
                      text         text not null,
                      primary key (workspace_id, text)
                    );
                    alter table note enable row level security;
                    alter table note force row level security;
                    create policy own_workspace on note
                      using (workspace_id = current_setting('keyreeve.workspace', true));
                    grant select, insert, update, delete on note to keyreeve_call;
                    """));
    return new Notes(platform);
  }

  Procedure<AddNote, NoteAdded> procedure(Work<AddNote, NoteAdded> work) {
    return procedure("notes.add", work);
  }

  Procedure<AddNote, NoteAdded> procedure(String name, Work<AddNote, NoteAdded> work) {
    return mutation(name, holds(TestPlatform.WRITE), post("/notes"))
        .about("Adds a note.")
        .takes(AddNote.class)
        .gives(NoteAdded.class)
        .refuses(TAKEN, NO_SHELF)
        .by(platform.tenancy().writes(work));
  }

  /// Writes the note and tells of it.
  static Outcome<NoteAdded> add(Tx tx, AddNote input) {
    tx.update("insert into note (workspace_id, text) values (:workspace, :text)")
        .bind("text", input.text())
        .execute();
    tx.emit(new Event("note.added", input.text(), Origin.PROGRAM, null, null, "{}"));
    return Outcome.done(new NoteAdded(input.text(), new OneTime("s3cr3t-" + input.text()), false));
  }

  List<String> texts(String workspace) {
    return platform
        .tenancy()
        .read(
            workspace,
            TestPlatform.START,
            tx ->
                tx.query("select text from note where workspace_id = :workspace order by text")
                    .mapTo(String.class)
                    .list());
  }

  List<Occurrence> events(String workspace) {
    return platform
        .tenancy()
        .read(
            workspace,
            TestPlatform.START,
            tx -> EventLog.read(tx, List.of("note.added", "thing.changed"), null, 0, 100_000));
  }

  /// Rows that keep answers, of a workspace.
  int kept(String workspace) {
    return platform
        .tenancy()
        .read(
            workspace,
            TestPlatform.START,
            tx ->
                tx.query("select count(*) from idempotency where workspace_id = :workspace")
                    .mapTo(Integer.class)
                    .one());
  }
}

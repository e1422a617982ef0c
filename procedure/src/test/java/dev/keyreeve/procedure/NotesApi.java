package dev.keyreeve.procedure;

import static dev.keyreeve.access.decision.Requirement.holds;
import static dev.keyreeve.access.scope.ScopeCatalogue.Entry.scope;
import static dev.keyreeve.procedure.Declaration.mutation;
import static dev.keyreeve.procedure.Declaration.query;
import static dev.keyreeve.procedure.Route.delete;
import static dev.keyreeve.procedure.Route.get;
import static dev.keyreeve.procedure.Route.patch;
import static dev.keyreeve.procedure.Route.post;
import static dev.keyreeve.procedure.Route.put;
import static dev.keyreeve.procedure.Success.Status.ACCEPTED;
import static dev.keyreeve.procedure.Success.Status.CREATED;
import static dev.keyreeve.procedure.Success.Status.NO_CONTENT;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.keyreeve.access.decision.Audience;
import dev.keyreeve.access.scope.Role;
import dev.keyreeve.access.scope.ScopeCatalogue;
import dev.keyreeve.procedure.http.ETag;
import dev.keyreeve.procedure.http.ETags;
import dev.keyreeve.procedure.problem.Code;
import dev.keyreeve.procedure.problem.Problem;
import dev.keyreeve.procedure.problem.Reason;
import dev.keyreeve.procedure.problem.Reasons;
import dev.keyreeve.procedure.shape.Content;
import dev.keyreeve.procedure.shape.Media;
import dev.keyreeve.procedure.shape.Patch;
import dev.keyreeve.procedure.shape.Range;
import dev.keyreeve.procedure.shape.Shapes;
import dev.keyreeve.procedure.shape.Text;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;

/// A small API whose answers say more than a value, in the plain form. Every note is at version 3
/// and keeps nothing; 404 is not there.
@NullMarked
public final class NotesApi {
  private static final Reason NO_NOTE =
      new Reason(Code.NOT_FOUND, "no_such_note", "There is no such note.");

  private NotesApi() {}

  public record GetNote(@Range(min = 1, max = 999) int id) {}

  public record CreateNote(String text, @Nullable String idempotencyKey) implements Repeatable {}

  public record Signature(Patch<@Text(max = 20) String> name) {}

  public record UpdateNote(
      @Range(min = 1, max = 999) int id,
      ETags ifMatch,
      Patch<@Text(max = 20) String> remark,
      @Nullable Signature signature)
      implements Conditional {}

  public record RemoveNote(@Range(min = 1, max = 999) int id, @Nullable ETags ifMatch)
      implements Conditional {}

  public record Note(
      int id, @Nullable String text, @Nullable String remark, @Nullable String signature) {
    ETag tag() {
      return ETag.of(3);
    }
  }

  public record AttachFile(
      @Range(min = 1, max = 999) int id,
      @Nullable String caption,
      @Media(
              types = {"text/plain", "image/png"},
              maxBytes = 2_000)
          Content file) {}

  public record Illustrate(
      @Range(min = 1, max = 999) int id, @Nullable @Media(types = "image/png") Content picture) {}

  public record Attached(
      String mediaType, int bytes, @Nullable String fileName, @Nullable String caption) {}

  public record Printing(String job, int note, boolean done) {
    @Nullable Duration nextLook() {
      return done ? null : Duration.ofMillis(1_500);
    }
  }

  public static Api api() {
    return api(RestForm.PLAIN);
  }

  public static Api api(RestForm form) {
    return new Api(
        "notes",
        "Notes",
        new Audience.Keys("dd"),
        ScopeCatalogue.of(
            scope(MandatesApi.READ, "See notes.", Role.VIEWER),
            scope(MandatesApi.WRITE, "Change notes.", Role.OPERATOR)),
        Api.Options.USUAL.answeringIn(form),
        List.of(
            query("notes.get", holds(MandatesApi.READ), get("/notes/{id}"))
                .about("Shows a note.")
                .takes(GetNote.class)
                .gives(Note.class)
                .tagged(Note::tag)
                .refuses(NO_NOTE)
                .by(call -> find(call.input().id())),
            mutation("notes.create", holds(MandatesApi.WRITE), post("/notes"))
                .about("Writes a note.")
                .takes(CreateNote.class)
                .gives(Note.class)
                .answers(CREATED)
                .locatedAt(get("/notes/{id}"), Note::id)
                .tagged(Note::tag)
                .by(call -> Outcome.done(new Note(7, call.input().text(), null, null))),
            mutation("notes.update", holds(MandatesApi.WRITE), patch("/notes/{id}"))
                .about("Changes what is said of a note.")
                .takes(UpdateNote.class)
                .gives(Note.class)
                .tagged(Note::tag)
                .refuses(NO_NOTE)
                .by(call -> find(call.input().id()).then(note -> update(note, call.input()))),
            mutation("notes.remove", holds(MandatesApi.WRITE), delete("/notes/{id}"))
                .about("Throws a note away.")
                .takes(RemoveNote.class)
                .gives(Note.class)
                .answers(NO_CONTENT)
                .refuses(NO_NOTE)
                .by(call -> find(call.input().id()).then(note -> meant(note, call.input()))),
            mutation("notes.print", holds(MandatesApi.WRITE), post("/notes/{id}/print"))
                .about("Prints a note, a while later.")
                .takes(GetNote.class)
                .gives(Printing.class)
                .answers(ACCEPTED)
                .retriedAfter(Printing::nextLook)
                .by(call -> Outcome.done(printing(call.input().id()))),
            mutation("notes.attach", holds(MandatesApi.WRITE), post("/notes/{id}/files"))
                .about("Attaches a file to a note.")
                .takes(AttachFile.class)
                .gives(Attached.class)
                .answers(CREATED)
                .by(call -> Outcome.done(attached(call.input()))),
            mutation("notes.illustrate", holds(MandatesApi.WRITE), put("/notes/{id}/picture"))
                .about("Gives a note a picture, or takes it away.")
                .takes(Illustrate.class)
                .gives(Attached.class)
                .by(call -> Outcome.done(attached(call.input().picture(), null))),
            query("notes.file", holds(MandatesApi.READ), get("/notes/{id}/file"))
                .about("Gives what is attached to a note.")
                .takes(GetNote.class)
                .gives(Shapes.ofContent("text/plain", "image/png"))
                .tagged(_ -> ETag.of(3))
                .refuses(NO_NOTE)
                .by(call -> find(call.input().id()).then(note -> Outcome.done(file(note))))));
  }

  private static Outcome<Note> find(int id) {
    return id == 404
        ? Outcome.refused(NO_NOTE)
        : Outcome.done(new Note(id, "Buy milk.", "soon", "A. B."));
  }

  private static Outcome<Note> update(Note note, UpdateNote input) {
    var signature =
        input.signature() == null ? new Patch.Absent<String>() : input.signature().name();
    return meant(note, input)
        .then(
            old ->
                Outcome.done(
                    new Note(
                        old.id(),
                        old.text(),
                        input.remark().over(old.remark()),
                        signature.over(old.signature()))));
  }

  private static Outcome<Note> meant(Note note, Conditional input) {
    return input.means(note.tag())
        ? Outcome.done(note)
        : new Outcome.Refused<>(Problem.of(Reasons.PRECONDITION_FAILED));
  }

  private static Attached attached(AttachFile input) {
    return attached(input.file(), input.caption());
  }

  private static Attached attached(@Nullable Content content, @Nullable String caption) {
    return content == null
        ? new Attached("none", 0, null, caption)
        : new Attached(content.mediaType(), content.bytes().length, content.fileName(), caption);
  }

  /// A name that is not ASCII at an even note, none at a multiple of five, and at 9 a kind that is
  /// not declared.
  private static Content file(Note note) {
    var name =
        note.id() % 5 == 0 ? null : note.id() % 2 == 0 ? "r\u00e9sum\u00e9 \"1\".txt" : "a.txt";
    return new Content(
        note.id() == 9 ? "text/html" : "text/plain", "Buy milk.".getBytes(UTF_8), name);
  }

  /// That of an even note is done at once.
  private static Printing printing(int id) {
    return new Printing("job/" + id, id, id % 2 == 0);
  }
}

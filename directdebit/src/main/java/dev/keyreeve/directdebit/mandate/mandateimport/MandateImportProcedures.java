package dev.keyreeve.directdebit.mandate.mandateimport;

import static dev.keyreeve.access.decision.Requirement.holds;
import static dev.keyreeve.directdebit.mandate.MandateScopes.MANDATES_WRITE;
import static dev.keyreeve.procedure.Declaration.mutation;
import static dev.keyreeve.procedure.Declaration.query;
import static dev.keyreeve.procedure.Route.get;
import static dev.keyreeve.procedure.Route.post;

import dev.keyreeve.directdebit.mandate.MandateId;
import dev.keyreeve.platform.page.Cursor;
import dev.keyreeve.platform.page.Page;
import dev.keyreeve.platform.tenancy.Tenancy;
import dev.keyreeve.platform.tenancy.Tx;
import dev.keyreeve.procedure.Outcome;
import dev.keyreeve.procedure.Procedure;
import dev.keyreeve.procedure.Repeatable;
import dev.keyreeve.procedure.Replayable;
import dev.keyreeve.procedure.problem.Code;
import dev.keyreeve.procedure.problem.Problem;
import dev.keyreeve.procedure.problem.Reason;
import dev.keyreeve.procedure.problem.Reasons;
import dev.keyreeve.procedure.shape.Issue;
import dev.keyreeve.procedure.shape.Range;
import dev.keyreeve.procedure.shape.Text;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How callers bring in mandates by the file.
public final class MandateImportProcedures {
  static final Reason IMPORT_NOT_FOUND =
      new Reason(Code.NOT_FOUND, "import_not_found", "There is no such import.");

  private static final Cursor ROWS = new Cursor("import");

  private final Tenancy tenancy;
  private final MandateImports imports;

  public MandateImportProcedures(Tenancy tenancy, MandateImports imports) {
    this.tenancy = tenancy;
    this.imports = imports;
  }

  public List<Procedure<?, ?>> procedures() {
    return List.of(
        mutation("mandates.importStart", holds(MANDATES_WRITE), post("/mandates/imports"))
            .about("Begins to create the mandates of a CSV file, row by row.")
            .takes(StartImport.class)
            .gives(StartedImport.class)
            .refuses(Reasons.INVALID_INPUT)
            .by(tenancy.writes(this::start)),
        query("mandates.importStatus", holds(MANDATES_WRITE), get("/mandates/imports/{id}"))
            .about("Tells how far an import is, and what became of its rows.")
            .takes(OneImport.class)
            .gives(ImportStatus.class)
            .refuses(IMPORT_NOT_FOUND, Cursor.INVALID)
            .by(tenancy.reads(MandateImportProcedures::status)));
  }

  /// @param csv 1 to 5,000 rows under a header, whose columns are the paths of the fields of
  ///   `mandates.create`, such as `payer.name`
  record StartImport(
      @Text(max = 900_000, multiline = true) String csv,
      @Nullable @Text(max = 128) String idempotencyKey)
      implements Repeatable {}

  /// @param rows how many there are to do
  record StartedImport(String id, int rows, boolean replayed) implements Replayable<StartedImport> {
    @Override
    public StartedImport asReplay() {
      return new StartedImport(id, rows, true);
    }
  }

  /// @param limit 50 unless said
  /// @param cursor the `nextCursor` of the page before
  record OneImport(
      @Text(max = 40) String id,
      @Nullable @Range(min = 1, max = 200) Integer limit,
      @Nullable @Text(max = 100) String cursor) {}

  /// @param rows of the file that are not empty; each is created, refused or still pending
  /// @param items what became of the rows that are done, in the order of the file
  record ImportStatus(
      String id,
      Instant startedAt,
      int rows,
      int created,
      int refused,
      int pending,
      List<ImportedRow> items,
      @Nullable String nextCursor) {}

  /// @param row counts from 1 under the header, as in the file: rows of empty cells, which are
  ///   passed over, count too
  /// @param mandateId what it became, unless it was refused
  record ImportedRow(int row, @Nullable MandateId mandateId, @Nullable RowError error) {}

  /// @param reason a word that tells programs why, as `mandates.create` would
  record RowError(String reason, String message, List<RowIssue> issues) {
    static RowError of(Problem problem) {
      return new RowError(
          problem.reason().word(),
          problem.message(),
          problem.issues().stream().map(RowIssue::of).toList());
    }
  }

  /// @param path the column
  record RowIssue(String path, String code, String message) {
    static RowIssue of(Issue issue) {
      return new RowIssue(issue.path(), issue.code(), issue.message());
    }
  }

  private Outcome<StartedImport> start(Tx tx, StartImport input) {
    return switch (MandateCsv.read(input.csv())) {
      case MandateCsv.Faulty(var issues) -> new Outcome.Refused<>(Problem.invalidInput(issues));
      case MandateCsv.Rows(var rows) ->
          Outcome.done(new StartedImport(imports.start(tx, rows), rows.size(), false));
    };
  }

  private static Outcome<ImportStatus> status(Tx tx, OneImport input) {
    var found = MandateImports.find(tx, input.id());
    if (found.isEmpty()) return Outcome.refused(IMPORT_NOT_FOUND);

    var progress = found.get();
    int limit = Page.limit(input.limit());
    return ROWS.read(input.cursor(), Integer::valueOf)
        .then(
            after -> {
              var done = MandateImports.done(tx, input.id(), after.orElse(0), limit + 1);
              var page = Page.of(done, limit, last -> ROWS.after(Integer.toString(last.row())));
              return Outcome.done(
                  new ImportStatus(
                      progress.id(),
                      progress.startedAt(),
                      progress.rows(),
                      progress.created(),
                      progress.refused(),
                      progress.pending(),
                      page.items().stream().map(MandateImportProcedures::view).toList(),
                      page.nextCursor()));
            });
  }

  private static ImportedRow view(MandateImports.Done done) {
    var refusal = done.refusal();
    return new ImportedRow(
        done.row(), done.mandateId(), refusal == null ? null : RowError.of(refusal));
  }
}

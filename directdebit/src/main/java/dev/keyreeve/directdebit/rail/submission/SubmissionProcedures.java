package dev.keyreeve.directdebit.rail.submission;

import static dev.keyreeve.access.decision.Requirement.signedIn;
import static dev.keyreeve.procedure.Declaration.mutation;
import static dev.keyreeve.procedure.Declaration.query;
import static dev.keyreeve.procedure.Route.get;
import static dev.keyreeve.procedure.Route.post;

import dev.keyreeve.access.scope.Role;
import dev.keyreeve.directdebit.bacs.VolumeSerial;
import dev.keyreeve.directdebit.collection.Presentations;
import dev.keyreeve.directdebit.collector.serviceuser.ServiceUser;
import dev.keyreeve.directdebit.collector.serviceuser.ServiceUserOf;
import dev.keyreeve.directdebit.collector.serviceuser.ServiceUsers;
import dev.keyreeve.directdebit.mandate.instruction.Instructions;
import dev.keyreeve.platform.tenancy.Across;
import dev.keyreeve.platform.tenancy.InWorkspace;
import dev.keyreeve.platform.tenancy.Tenancy;
import dev.keyreeve.procedure.Actor;
import dev.keyreeve.procedure.Call;
import dev.keyreeve.procedure.Declared;
import dev.keyreeve.procedure.Outcome;
import dev.keyreeve.procedure.Procedure;
import dev.keyreeve.procedure.problem.Code;
import dev.keyreeve.procedure.problem.Reason;
import dev.keyreeve.procedure.shape.Range;
import dev.keyreeve.procedure.shape.SnakeCase;
import dev.keyreeve.procedure.shape.Text;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/// Submissions, for operators. A service user that others share is the command line's: its files
/// name payers of all of them.
public final class SubmissionProcedures {
  private static final int DEFAULT_PAGE = 50;

  static final Reason NO_SUCH_SUBMISSION =
      new Reason(Code.NOT_FOUND, "submission_not_found", "There is no such submission.");
  static final Reason NO_FILE =
      new Reason(Code.CONFLICT, "no_file", "This submission is not sent as a file.");
  static final Reason INVALID_STATE =
      new Reason(Code.CONFLICT, "invalid_state", "The submission's status does not allow this.");

  static final Declared<ListSubmissions, SubmissionList> SUBMISSIONS_LIST =
      query("submissions.list", signedIn(Role.VIEWER), get("/submissions"))
          .about("Lists what was submitted for the workspace's service user, newest first.")
          .takes(ListSubmissions.class)
          .gives(SubmissionList.class)
          .refuses(ServiceUserOf.UNSHARED_REFUSALS);

  private final Jdbi jdbi;
  private final Tenancy tenancy;
  private final ServiceUsers users;
  private final Submissions submissions;
  private final Presentations presentations;

  public SubmissionProcedures(
      Jdbi jdbi,
      Tenancy tenancy,
      ServiceUsers users,
      Submissions submissions,
      Presentations presentations) {
    this.jdbi = jdbi;
    this.tenancy = tenancy;
    this.users = users;
    this.submissions = submissions;
    this.presentations = presentations;
  }

  public List<Procedure<?, ?>> procedures() {
    return List.of(
        SUBMISSIONS_LIST.by(this::list),
        query("submissions.get", signedIn(Role.VIEWER), get("/submissions/{id}"))
            .about("Shows a submission, without its file.")
            .takes(OneSubmission.class)
            .gives(SubmissionView.class)
            .refuses(ServiceUserOf.UNSHARED_REFUSALS)
            .refuses(NO_SUCH_SUBMISSION)
            .by(call -> at(call, call.input().id(), (_, found) -> Outcome.done(view(found)))),
        mutation("submissions.export", signedIn(Role.ADMIN), post("/submissions/{id}/export"))
            .about(
                "Gives out the file of a submission, payers' accounts included, for upload, and"
                    + " counts it as sent.")
            .takes(OneSubmission.class)
            .gives(ExportedFile.class)
            .refuses(ServiceUserOf.UNSHARED_REFUSALS)
            .refuses(NO_SUCH_SUBMISSION, NO_FILE, INVALID_STATE)
            .by(call -> at(call, call.input().id(), this::export)),
        mutation(
                "submissions.markAccepted",
                signedIn(Role.ADMIN),
                post("/submissions/{id}/mark-accepted"))
            .about("Counts a submission as taken in, where no report says so.")
            .takes(OneSubmission.class)
            .gives(SubmissionView.class)
            .refuses(ServiceUserOf.UNSHARED_REFUSALS)
            .refuses(NO_SUCH_SUBMISSION, NO_FILE, INVALID_STATE)
            .by(
                call ->
                    at(
                        call,
                        call.input().id(),
                        (across, found) ->
                            found.serial() == null
                                ? Outcome.refused(NO_FILE)
                                : move(across, found, SubmissionStatus.ACCEPTED))),
        mutation("submissions.withdraw", signedIn(Role.ADMIN), post("/submissions/{id}/withdraw"))
            .about(
                "Takes back a submission that no payer's bank has seen; its instructions wait for"
                    + " the next run, and its debits were never presented.")
            .takes(OneSubmission.class)
            .gives(SubmissionView.class)
            .refuses(ServiceUserOf.UNSHARED_REFUSALS)
            .refuses(NO_SUCH_SUBMISSION, NO_FILE, INVALID_STATE)
            .by(call -> at(call, call.input().id(), this::withdraw)));
  }

  /// @param before only older ones than this submission
  @SnakeCase
  record ListSubmissions(
      @Nullable @Text(max = 40) String workspaceId,
      @Nullable @Text(max = 40) String before,
      @Nullable @Range(min = 1, max = 200) Integer limit)
      implements InWorkspace {}

  @SnakeCase
  record OneSubmission(@Text(max = 40) String id, @Nullable @Text(max = 40) String workspaceId)
      implements InWorkspace {}

  @SnakeCase
  record SubmissionList(List<SubmissionView> items) {}

  /// @param serial by which reports name it
  /// @param inputDay when it is sent
  /// @param debitTotal in pence
  /// @param duplicateOf a submission of the same day with as many debits of the same total: look at
  ///   both before this one is sent
  @SnakeCase
  record SubmissionView(
      String id,
      @Nullable VolumeSerial serial,
      SubmissionStatus status,
      LocalDate inputDay,
      @Nullable String sha256,
      int debits,
      long debitTotal,
      int instructions,
      Instant sealedAt,
      @Nullable Instant sentAt,
      @Nullable Instant answeredAt,
      @Nullable String duplicateOf) {}

  /// @param content the file, in Standard 18
  @SnakeCase
  record ExportedFile(
      String id,
      String fileName,
      String sha256,
      @Text(max = 60_000_000, multiline = true) String content) {
    /// Leaves the content out, so that a logged value names nobody.
    @Override
    public String toString() {
      return "ExportedFile[" + id + "]";
    }
  }

  private Outcome<SubmissionList> list(Call<ListSubmissions, SubmissionList> call) {
    var input = call.input();
    int limit = input.limit() == null ? DEFAULT_PAGE : input.limit();
    return ServiceUserOf.unshared(call, users)
        .then(
            user ->
                Outcome.done(
                    new SubmissionList(
                        jdbi
                            .withHandle(
                                handle ->
                                    Submissions.list(handle, user.id(), input.before(), limit))
                            .stream()
                            .map(SubmissionProcedures::view)
                            .toList())));
  }

  /// Does something with a submission of the call's service user, whose row is held before the
  /// submission's, as the run does it. The time is the workspace's.
  private <I, O> Outcome<O> at(
      Call<I, O> call, String id, BiFunction<Across, Submission, Outcome<O>> work) {
    return ServiceUserOf.unshared(call, users)
        .then(user -> at(user, call.caller().actor(), call.at(), id, work));
  }

  private <O> Outcome<O> at(
      ServiceUser user,
      Actor by,
      Instant now,
      String id,
      BiFunction<Across, Submission, Outcome<O>> work) {
    var at = jdbi.withHandle(handle -> ServiceUsers.clock(handle, user.id()));
    return tenancy.across(
        by,
        at.map(clock -> clock.at(now)).orElse(now),
        across -> {
          ServiceUsers.lock(across.handle(), user.id());
          return Submissions.lock(across.handle(), id)
              .filter(found -> found.serviceUser().equals(user.id()))
              .map(found -> work.apply(across, found))
              .orElseGet(() -> Outcome.refused(NO_SUCH_SUBMISSION));
        });
  }

  private Outcome<ExportedFile> export(Across across, Submission found) {
    var serial = found.serial();
    var sha256 = found.sha256();
    if (serial == null || sha256 == null) return Outcome.refused(NO_FILE);
    if (found.status() == SubmissionStatus.WITHDRAWN) return refused(found);

    Submissions.move(across, found, SubmissionStatus.SENT);
    var bytes = submissions.file(across.handle(), found.id());
    return Outcome.done(
        new ExportedFile(
            found.id(),
            found.inputDay() + "-" + serial.text() + ".txt",
            sha256,
            new String(bytes, StandardCharsets.US_ASCII)));
  }

  private static Outcome<SubmissionView> move(
      Across across, Submission found, SubmissionStatus status) {
    if (found.status() == status) return Outcome.done(view(found));

    return Submissions.move(across, found, status)
        ? Outcome.done(view(Submissions.find(across.handle(), found.id()).orElseThrow()))
        : refused(found);
  }

  /// Of what is sent item by item, a part may have left already.
  private Outcome<SubmissionView> withdraw(Across across, Submission found) {
    if (found.serial() == null) return Outcome.refused(NO_FILE);

    var moved = move(across, found, SubmissionStatus.WITHDRAWN);
    if (moved instanceof Outcome.Done && found.status() != SubmissionStatus.WITHDRAWN) {
      for (var workspace : ServiceUsers.workspaces(across.handle(), found.serviceUser())) {
        across.in(
            workspace,
            tx -> {
              presentations.withdrawn(tx, found.id());
              Instructions.takeBack(tx, found.id());
              return tx;
            });
      }
    }
    return moved;
  }

  private static <T> Outcome<T> refused(Submission found) {
    return Outcome.refused(INVALID_STATE, Map.of("status", found.status().word()));
  }

  private static SubmissionView view(Submission found) {
    return new SubmissionView(
        found.id(),
        found.serial(),
        found.status(),
        found.inputDay(),
        found.sha256(),
        found.debits(),
        found.debitTotal(),
        found.instructions(),
        found.sealedAt(),
        found.sentAt(),
        found.answeredAt(),
        found.duplicateOf());
  }
}

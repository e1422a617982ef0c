package dev.keyreeve.directdebit.rail.reconciliation;

import dev.keyreeve.directdebit.bacs.Fault;
import dev.keyreeve.directdebit.bacs.Reading;
import dev.keyreeve.directdebit.bacs.ServiceUserNumber;
import dev.keyreeve.directdebit.bacs.bankreport.Addacs;
import dev.keyreeve.directdebit.bacs.bankreport.Advice;
import dev.keyreeve.directdebit.bacs.bankreport.AdviceSubject;
import dev.keyreeve.directdebit.bacs.bankreport.Arudd;
import dev.keyreeve.directdebit.bacs.bankreport.Auddis;
import dev.keyreeve.directdebit.bacs.bankreport.Ddica;
import dev.keyreeve.directdebit.bacs.bankreport.Doubts;
import dev.keyreeve.directdebit.bacs.bankreport.InputReport;
import dev.keyreeve.directdebit.bacs.bankreport.Report;
import dev.keyreeve.directdebit.bacs.bankreport.ReportReader;
import dev.keyreeve.directdebit.bacs.calendar.BacsCalendar;
import dev.keyreeve.directdebit.bacs.origin.Origin;
import dev.keyreeve.directdebit.bacs.scheme.SchemeEvent;
import dev.keyreeve.directdebit.collection.AttemptId;
import dev.keyreeve.directdebit.collection.Presentations;
import dev.keyreeve.directdebit.collection.claim.ClaimNotice;
import dev.keyreeve.directdebit.collection.claim.Claims;
import dev.keyreeve.directdebit.collector.serviceuser.ServiceUser;
import dev.keyreeve.directdebit.collector.serviceuser.ServiceUsers;
import dev.keyreeve.directdebit.mandate.MandateId;
import dev.keyreeve.directdebit.mandate.Move;
import dev.keyreeve.directdebit.mandate.SchemeReports;
import dev.keyreeve.directdebit.mandate.instruction.Instructions;
import dev.keyreeve.directdebit.rail.submission.SubmissionStatus;
import dev.keyreeve.directdebit.rail.submission.Submissions;
import dev.keyreeve.platform.cipher.FieldCipher;
import dev.keyreeve.platform.event.Event;
import dev.keyreeve.platform.tenancy.Across;
import dev.keyreeve.platform.tenancy.Tx;
import dev.keyreeve.procedure.json.Json;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Reads reports and does what they say, each advice once, in the transaction that keeps the
/// report. The service user's row must be held: reports of one service user are imported one after
/// another.
public final class Imports {

  private final ReportFileRows files;
  private final SchemeReports mandates;
  private final Presentations presentations;
  private final Claims claims;
  private final AfterImport after;
  private final BacsCalendar calendar;

  public Imports(
      FieldCipher cipher,
      SchemeReports mandates,
      Presentations presentations,
      Claims claims,
      AfterImport after,
      BacsCalendar calendar,
      RandomGenerator random) {
    this.files = new ReportFileRows(cipher, random);
    this.mandates = mandates;
    this.presentations = presentations;
    this.claims = claims;
    this.after = after;
    this.calendar = calendar;
  }

  /// What reports have said of a service user and nobody has understood yet.
  public Doubts doubts(Across across, ServiceUser user) {
    return new Doubts(
        AdviceRows.waiting(across.handle(), user.id()),
        ReportFileRows.unread(across.handle(), user.id()));
  }

  ReportFileRows files() {
    return files;
  }

  /// Takes a report in. One whose bytes were applied before changes nothing; one that cannot be
  /// read, or is another service user's, is parked whole.
  public Imported take(Across across, ServiceUser user, byte[] bytes) {
    if (ReportFileRows.isRepeated(across.handle(), user.id(), bytes)) {
      return refused(across, user, bytes, null, Imported.Status.REPEATED, List.of());
    }
    return switch (ReportReader.read(bytes)) {
      case Reading.Refused<Report>(var faults) ->
          refused(across, user, bytes, null, Imported.Status.PARKED, faults);
      case Reading.Read<Report>(var report) when !isOf(user, report) ->
          refused(
              across,
              user,
              bytes,
              numbers(report).contains(user.number()) ? null : kind(report),
              Imported.Status.PARKED,
              List.of(new Fault(1, "the report is another service user's")));
      case Reading.Read<Report>(var report) -> apply(across, user, bytes, report);
    };
  }

  /// @param kind null where it may be about this service user
  private Imported refused(
      Across across,
      ServiceUser user,
      byte[] bytes,
      @Nullable String kind,
      Imported.Status status,
      List<Fault> faults) {
    var id = files.insert(across, user.id(), kind, status, bytes, faults);
    var imported = new Imported(id, kind, status, faults, 0, 0, 0);
    if (status == Imported.Status.PARKED) {
      only(across, user).ifPresent(workspace -> tell(across, workspace, imported, new Tally(0, 1)));
    }
    return imported;
  }

  /// How many advices a workspace has in a report.
  private record Tally(int applied, int parked) {
    Tally plus(Tally other) {
      return new Tally(applied + other.applied, parked + other.parked);
    }
  }

  private Imported apply(Across across, ServiceUser user, byte[] bytes, Report report) {
    var handle = across.handle();
    var kind = kind(report);
    var id = files.insert(across, user.id(), kind, Imported.Status.APPLIED, bytes, List.of());
    files(across, user, report);

    var fresh = new ArrayList<Advice>();
    int repeated = 0;
    for (var advice : report.advices()) {
      if (AdviceRows.claim(across, user.id(), id, advice)) {
        fresh.add(advice);
      } else {
        repeated++;
      }
    }
    var references =
        fresh.stream().map(advice -> advice.subject().reference()).collect(Collectors.toSet());
    var candidates = Candidates.of(across, user, references, calendar);
    var tallies = new TreeMap<String, Tally>();
    int applied = 0;
    var taken = new HashSet<String>();
    for (var advice : fresh) {
      var ending = end(across, user, candidates, advice, taken);
      switch (ending) {
        case Ending.Applied(var match) -> {
          AdviceRows.applied(handle, user.id(), advice.key(), match, across.now());
          tallies.merge(match.workspace(), new Tally(1, 0), Tally::plus);
          applied++;
        }
        case Ending.Parked(var why, var workspace) -> {
          AdviceRows.parked(handle, user.id(), advice.key(), withNews(why, advice), workspace);
          if (workspace != null) tallies.merge(workspace, new Tally(0, 1), Tally::plus);
        }
      }
    }
    var imported =
        new Imported(
            id,
            kind,
            Imported.Status.APPLIED,
            List.of(),
            applied,
            fresh.size() - applied,
            repeated);
    tallies.forEach((workspace, tally) -> tell(across, workspace, imported, tally));
    after.imported(across, user, imported);
    return imported;
  }

  private sealed interface Ending {
    record Applied(Candidates.Match match) implements Ending {}

    record Parked(String why, @Nullable String workspace) implements Ending {}
  }

  /// @param taken presentations that an advice of this report has been applied to
  private Ending end(
      Across across, ServiceUser user, Candidates candidates, Advice advice, Set<String> taken) {
    return switch (candidates.find(advice)) {
      case Candidates.Found.Unclear(var why, var mandate) -> {
        var workspace = mandate == null ? only(across, user).orElse(null) : mandate.workspace();
        boolean isDone =
            workspace != null
                && keepClaim(across, workspace, mandate == null ? null : mandate.id(), advice);
        yield isDone && mandate != null
            ? new Ending.Applied(new Candidates.Match(mandate.workspace(), mandate.id(), null))
            : new Ending.Parked(why, workspace);
      }
      case Candidates.Found.One(var match) -> end(across, match, advice, taken);
    };
  }

  /// The days to answer a claim run whether or not anybody knows yet which debit it means, and its
  /// end names the claim itself.
  ///
  /// @return whether that ends a claim, so that there is nothing left to find out
  private boolean keepClaim(
      Across across, String workspace, @Nullable String mandate, Advice advice) {
    if (!(advice.subject() instanceof AdviceSubject.Debit debit)
        || !(advice.meaning() instanceof Advice.Clear(var event))
        || !(event instanceof SchemeEvent.OfClaim claimed)) {
      return false;
    }
    var notice = notice(advice, debit, mandate, null);
    return across.in(workspace, tx -> claims.receive(tx, notice, claimed)).fits()
        && !(event instanceof SchemeEvent.ClaimRaised);
  }

  private static ClaimNotice notice(
      Advice advice,
      AdviceSubject.Debit debit,
      @Nullable String mandate,
      @Nullable String attempt) {
    var bankReference = advice.bankReference();
    return new ClaimNotice(
        advice.key().text(),
        bankReference == null ? advice.key().text() : bankReference,
        debit.reference(),
        debit.amount(),
        debit.day(),
        attempt,
        mandate,
        advice.takenOn());
  }

  private Ending end(Across across, Candidates.Match match, Advice advice, Set<String> taken) {
    return switch (advice.meaning()) {
      case Advice.Unclear(var why, _) -> new Ending.Parked(why, match.workspace());
      case Advice.Clear(var event) -> {
        if (match.attempt() != null && !taken.add(match.attempt() + event.getClass())) {
          keepClaim(across, match.workspace(), match.mandate(), advice);
          yield new Ending.Parked(
              "The report says the same of this debit twice.", match.workspace());
        }
        var answer =
            across.in(match.workspace(), tx -> apply(tx, match, advice, event, Word.BANKS));
        yield answer.open() == null
            ? new Ending.Applied(match)
            : new Ending.Parked(answer.open(), match.workspace());
      }
    };
  }

  /// A person sees whatever an advice brings that has not been used.
  private static String withNews(String why, Advice advice) {
    return advice.news() == null ? why : why + " " + advice.news();
  }

  /// Who stands by an advice.
  enum Word {
    BANKS,
    A_PERSONS
  }

  /// What became of an advice.
  ///
  /// @param isDone whether it fits what is known here; if not, nothing has changed
  /// @param open what is left for a person; null if nothing is
  record Answer(boolean isDone, @Nullable String open) {
    private static final Answer DONE = new Answer(true, null);
    private static final Answer MISFIT = new Answer(false, "It does not fit what is known here.");

    private static Answer of(boolean fits) {
      return fits ? DONE : MISFIT;
    }
  }

  /// Does what an advice says.
  Answer apply(Tx tx, Candidates.Match match, Advice advice, SchemeEvent event, Word word) {
    if (!(advice.subject() instanceof AdviceSubject.Debit debit)) {
      return instruction(tx, match.mandate(), advice, event, word);
    }
    var attempt = match.attempt();
    if (attempt == null) return Answer.MISFIT;

    return Answer.of(
        event instanceof SchemeEvent.OfClaim claimed
            ? claims.receive(tx, notice(advice, debit, match.mandate(), attempt), claimed).fits()
            : presentations.apply(tx, new AttemptId(attempt), event).fits());
  }

  private Answer instruction(Tx tx, String mandate, Advice advice, SchemeEvent event, Word word) {
    var id = new MandateId(mandate);
    var move =
        switch (word) {
          case BANKS -> mandates.apply(tx, id, event);
          case A_PERSONS -> mandates.confirm(tx, id, event);
        };
    return switch (move.orElse(null)) {
      case null -> Answer.MISFIT;
      case Move.Illegal _, Move.NotReactivatable _ -> Answer.MISFIT;
      case Move.Doubtful(_, var why, _) -> new Answer(false, why);
      case Move.Moved moved -> done(tx, mandate, advice, event, moved.usesNewAccount());
      case Move.Unchanged _ -> done(tx, mandate, advice, event, false);
    };
  }

  private static Answer done(
      Tx tx, String mandate, Advice advice, SchemeEvent event, boolean usesNewAccount) {
    if (event instanceof SchemeEvent.InstructionRejected(var reason, _)) {
      Instructions.comeBack(tx, mandate, reason);
    }
    return advice.news() == null || usesNewAccount
        ? Answer.DONE
        : new Answer(true, "It has been done, but the new account is not used.");
  }

  /// What a report says of whole submissions.
  private static void files(Across across, ServiceUser user, Report report) {
    switch (report) {
      case Auddis auddis -> {
        for (var file : auddis.files()) {
          var status =
              !file.accepted()
                  ? SubmissionStatus.REJECTED
                  : file.rejectedInstructions() > 0
                      ? SubmissionStatus.PARTLY_REJECTED
                      : SubmissionStatus.ACCEPTED;
          Submissions.answered(across, user.id(), file.serial(), status);
        }
      }
      case InputReport input -> {
        int rejected = 0;
        for (var file : input.files()) {
          int named =
              file.count(InputReport.Outcome.RETURNED) + file.count(InputReport.Outcome.REJECTED);
          rejected += Math.max(named, file.debits().rejected());
        }
        Submissions.answered(across, user.id(), input.serial(), rejected);
      }
      case Arudd _, Addacs _, Ddica _ -> {}
    }
  }

  private static boolean isOf(ServiceUser user, Report report) {
    return numbers(report).stream().allMatch(number -> number.equals(user.number()));
  }

  /// The service users that a report names.
  static List<ServiceUserNumber> numbers(Report report) {
    return switch (report) {
      case Arudd arudd -> List.of(arudd.serviceUser());
      case Auddis auddis -> List.of(auddis.serviceUser());
      case Addacs addacs -> List.of(addacs.serviceUser());
      case Ddica ddica -> List.of(ddica.serviceUser());
      case InputReport input ->
          input.files().stream().map(InputReport.UserFile::serviceUser).distinct().toList();
    };
  }

  private static String kind(Report report) {
    return switch (report) {
      case Arudd _ -> "arudd";
      case Auddis _ -> "auddis";
      case Addacs _ -> "addacs";
      case Ddica _ -> "ddica";
      case InputReport _ -> "input";
    };
  }

  /// The workspace of a service user that nobody shares.
  private static Optional<String> only(Across across, ServiceUser user) {
    var workspaces = ServiceUsers.workspaces(across.handle(), user.id());
    return workspaces.size() == 1 ? Optional.of(workspaces.getFirst()) : Optional.empty();
  }

  /// Tells a workspace what of a report was its own.
  private static void tell(Across across, String workspace, Imported imported, Tally tally) {
    across.in(
        workspace,
        tx -> {
          if (imported.status() == Imported.Status.APPLIED) {
            emit(tx, ReportEvent.IMPORTED, imported, tally);
          }
          if (tally.parked() > 0) emit(tx, ReportEvent.PARKED, imported, tally);
          return tx;
        });
  }

  private static void emit(Tx tx, ReportEvent event, Imported imported, Tally tally) {
    var snapshot = Json.object().put("id", imported.id());
    if (imported.kind() != null) snapshot.put("kind", imported.kind());
    snapshot.put("applied", tally.applied()).put("parked", tally.parked());
    tx.emit(
        new Event(
            event.type(), imported.id(), Origin.BANK.told(), null, null, snapshot.toString()));
  }
}

package dev.keyreeve.directdebit.rail.reconciliation;

import static dev.keyreeve.access.decision.Requirement.signedIn;
import static dev.keyreeve.procedure.Declaration.mutation;
import static dev.keyreeve.procedure.Declaration.query;
import static dev.keyreeve.procedure.Route.get;
import static dev.keyreeve.procedure.Route.post;

import dev.keyreeve.access.scope.Role;
import dev.keyreeve.directdebit.bacs.Reading;
import dev.keyreeve.directdebit.bacs.bankreport.Advice;
import dev.keyreeve.directdebit.bacs.bankreport.AdviceKey;
import dev.keyreeve.directdebit.bacs.bankreport.AdviceSubject;
import dev.keyreeve.directdebit.bacs.bankreport.Report;
import dev.keyreeve.directdebit.bacs.bankreport.ReportReader;
import dev.keyreeve.directdebit.collector.serviceuser.ServiceUser;
import dev.keyreeve.directdebit.collector.serviceuser.ServiceUserOf;
import dev.keyreeve.directdebit.collector.serviceuser.ServiceUsers;
import dev.keyreeve.directdebit.mandate.MandateId;
import dev.keyreeve.platform.tenancy.Across;
import dev.keyreeve.platform.tenancy.InWorkspace;
import dev.keyreeve.platform.tenancy.Tenancy;
import dev.keyreeve.procedure.Call;
import dev.keyreeve.procedure.Declared;
import dev.keyreeve.procedure.Outcome;
import dev.keyreeve.procedure.Procedure;
import dev.keyreeve.procedure.json.Caps;
import dev.keyreeve.procedure.problem.Code;
import dev.keyreeve.procedure.problem.Reason;
import dev.keyreeve.procedure.shape.Range;
import dev.keyreeve.procedure.shape.SnakeCase;
import dev.keyreeve.procedure.shape.Text;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.BiFunction;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/// Banks' reports, for operators: bringing them in, and deciding what is unclear in them.
public final class BankReportProcedures {
  private static final int DEFAULT_PAGE = 50;
  private static final int MAX_BASE64 = 900_000;

  static final Reason NOT_BASE64 =
      new Reason(Code.BAD_REQUEST, "not_base_encoded", "The content is no base 64 (RFC 4648).");
  static final Reason NO_SUCH_ADVICE =
      new Reason(Code.NOT_FOUND, "advice_not_found", "There is no such advice.");
  static final Reason ADVICE_ENDED =
      new Reason(Code.CONFLICT, "advice_ended", "The advice no longer waits for anybody.");
  static final Reason NO_SUCH_REPORT =
      new Reason(Code.NOT_FOUND, "report_not_found", "No such report waits for anybody.");
  static final Reason PROVIDERS_ADVICE =
      new Reason(
          Code.CONFLICT,
          "provider_advice",
          "The provider has named what it means, so there is nothing to choose: it is tried again"
              + " with what comes next, or dismissed.");
  static final Reason DOES_NOT_FIT =
      new Reason(
          Code.CONFLICT, "does_not_fit", "What the bank reports does not fit what was chosen.");

  static final Declared<ImportReport, ImportedReport> BANK_REPORTS_IMPORT =
      mutation("bankReports.import", signedIn(Role.ADMIN), post("/bank-reports"))
          .about("Takes in a report of the bank, and does what it says; once, however often.")
          .capped(Caps.BULK)
          .takes(ImportReport.class)
          .gives(ImportedReport.class)
          .refuses(ServiceUserOf.UNSHARED_REFUSALS)
          .refuses(NOT_BASE64);

  static final Declared<DismissReport, DismissedReport> BANK_REPORTS_DISMISS =
      mutation("bankReports.dismiss", signedIn(Role.ADMIN), post("/bank-reports/{id}/dismiss"))
          .about(
              "Ends the waiting of a report that could not be read, so that silence counts again.")
          .takes(DismissReport.class)
          .gives(DismissedReport.class)
          .refuses(ServiceUserOf.UNSHARED_REFUSALS)
          .refuses(NO_SUCH_REPORT);

  private final Jdbi jdbi;
  private final Tenancy tenancy;
  private final ServiceUsers users;
  private final Imports imports;
  private final ProvidersWord provider;

  public BankReportProcedures(
      Jdbi jdbi, Tenancy tenancy, ServiceUsers users, Imports imports, ProvidersWord provider) {
    this.provider = provider;
    this.jdbi = jdbi;
    this.tenancy = tenancy;
    this.users = users;
    this.imports = imports;
  }

  public List<Procedure<?, ?>> procedures() {
    return List.of(
        BANK_REPORTS_IMPORT.by(this::take),
        query("bankReports.list", signedIn(Role.VIEWER), get("/bank-reports"))
            .about("Lists the reports that were taken in, newest first.")
            .takes(ListReports.class)
            .gives(ReportList.class)
            .refuses(ServiceUserOf.UNSHARED_REFUSALS)
            .by(this::list),
        BANK_REPORTS_DISMISS.by(this::dismissReport),
        query("advices.list", signedIn(Role.VIEWER), get("/advices"))
            .about("Lists what reports say, newest first; what waits for a person unless said.")
            .takes(ListAdvices.class)
            .gives(AdviceList.class)
            .refuses(ServiceUserOf.UNSHARED_REFUSALS)
            .by(this::advices),
        mutation("advices.assign", signedIn(Role.ADMIN), post("/advices/{key}/assign"))
            .about(
                "Does what an advice says to the mandate or debit that a person has chosen; where"
                    + " that is not clear, what is certain of it.")
            .takes(AssignAdvice.class)
            .gives(AdviceView.class)
            .refuses(ServiceUserOf.UNSHARED_REFUSALS)
            .refuses(NO_SUCH_ADVICE, ADVICE_ENDED, PROVIDERS_ADVICE, DOES_NOT_FIT)
            .by(this::assign),
        mutation("advices.dismiss", signedIn(Role.ADMIN), post("/advices/{key}/dismiss"))
            .about("Ends an advice without doing what it says.")
            .takes(DismissAdvice.class)
            .gives(AdviceView.class)
            .refuses(ServiceUserOf.UNSHARED_REFUSALS)
            .refuses(NO_SUCH_ADVICE, ADVICE_ENDED)
            .by(this::dismiss));
  }

  /// @param content the file's bytes in base 64
  @SnakeCase
  record ImportReport(
      @Text(max = MAX_BASE64) String content, @Nullable @Text(max = 40) String workspaceId)
      implements InWorkspace {
    /// Leaves the content out, so that a logged value names nobody.
    @Override
    public String toString() {
      return "ImportReport[" + content.length() + " characters]";
    }
  }

  /// @param line counted from 1
  @SnakeCase
  record FaultView(int line, String problem) {}

  /// @param kind such as arudd; absent if it could not be read
  /// @param faults why it was refused whole
  /// @param applied how much of it was done
  /// @param parked how much of it waits for a person
  /// @param repeated how much of it another report had told before
  @SnakeCase
  record ImportedReport(
      String id,
      @Nullable String kind,
      Imported.Status status,
      List<FaultView> faults,
      int applied,
      int parked,
      int repeated) {
    static ImportedReport of(Imported imported) {
      return new ImportedReport(
          imported.id(),
          imported.kind(),
          imported.status(),
          imported.faults().stream().map(f -> new FaultView(f.line(), f.problem())).toList(),
          imported.applied(),
          imported.parked(),
          imported.repeated());
    }
  }

  @SnakeCase
  record ListReports(
      @Nullable @Text(max = 40) String workspaceId,
      @Nullable @Range(min = 1, max = 200) Integer limit)
      implements InWorkspace {}

  @SnakeCase
  record ReportView(String id, @Nullable String kind, Imported.Status status, Instant receivedAt) {}

  @SnakeCase
  record ReportList(List<ReportView> items) {}

  /// @param note why
  @SnakeCase
  record DismissReport(
      @Text(max = 40) String id,
      @Text(max = 400, plain = true) String note,
      @Nullable @Text(max = 40) String workspaceId)
      implements InWorkspace {}

  @SnakeCase
  record DismissedReport(String id) {}

  enum AdviceStatus {
    APPLIED,
    PARKED,
    DISMISSED
  }

  @SnakeCase
  record ListAdvices(
      @Nullable AdviceStatus status,
      @Nullable @Text(max = 40) String workspaceId,
      @Nullable @Range(min = 1, max = 200) Integer limit)
      implements InWorkspace {}

  @SnakeCase
  record AdviceList(List<AdviceView> items) {}

  /// @param reportId the file that it stands in; absent where a provider tells it
  /// @param words the bank's own
  /// @param why what is unclear
  /// @param amount of the debit that the bank means, in pence
  /// @param day of the debit, as the bank names it
  @SnakeCase
  record AdviceView(
      AdviceKey key,
      @Nullable String reportId,
      AdviceStatus status,
      @Nullable String why,
      @Text(min = 0) String words,
      @Text(min = 0) String reference,
      @Nullable Long amount,
      @Nullable LocalDate day,
      @Nullable String mandateId,
      @Nullable String attemptId,
      Instant toldAt,
      @Nullable Instant endedAt,
      @Nullable String note) {
    static AdviceView of(AdviceRows.Kept kept) {
      return new AdviceView(
          kept.key(),
          kept.report(),
          AdviceStatus.valueOf(kept.status().toUpperCase(Locale.ROOT)),
          kept.why(),
          kept.words(),
          kept.reference(),
          kept.amount(),
          kept.day(),
          kept.mandate(),
          kept.attempt(),
          kept.toldAt(),
          kept.endedAt(),
          kept.note());
    }
  }

  /// @param attemptId the presentation that the bank means; absent if it means the mandate itself
  @SnakeCase
  record AssignAdvice(
      AdviceKey key,
      MandateId mandateId,
      @Nullable @Text(max = 40) String attemptId,
      @Nullable @Text(max = 400, plain = true) String note,
      @Nullable @Text(max = 40) String workspaceId)
      implements InWorkspace {}

  @SnakeCase
  record DismissAdvice(
      AdviceKey key,
      @Text(max = 400, plain = true) String note,
      @Nullable @Text(max = 40) String workspaceId)
      implements InWorkspace {}

  private Outcome<ImportedReport> take(Call<ImportReport, ImportedReport> call) {
    return ServiceUserOf.unshared(call, users)
        .then(_ -> decoded(call.input().content()))
        .then(
            bytes ->
                holding(
                    call,
                    (across, user) ->
                        Outcome.done(ImportedReport.of(imports.take(across, user, bytes)))));
  }

  private static Outcome<byte[]> decoded(String content) {
    try {
      return Outcome.done(Base64.getDecoder().decode(content));
    } catch (IllegalArgumentException notBase64) {
      return Outcome.refused(NOT_BASE64);
    }
  }

  /// Does something with the service user's row held, at what its clock shows.
  private <I, O> Outcome<O> holding(
      Call<I, O> call, BiFunction<Across, ServiceUser, Outcome<O>> work) {
    return ServiceUserOf.unshared(call, users)
        .then(
            user -> {
              var clock = jdbi.withHandle(handle -> ServiceUsers.clock(handle, user.id()));
              return tenancy.across(
                  call.caller().actor(),
                  clock.map(c -> c.at(call.at())).orElse(call.at()),
                  across -> {
                    ServiceUsers.lock(across.handle(), user.id());
                    return work.apply(across, user);
                  });
            });
  }

  private Outcome<ReportList> list(Call<ListReports, ReportList> call) {
    int limit = call.input().limit() == null ? DEFAULT_PAGE : call.input().limit();
    return ServiceUserOf.unshared(call, users)
        .then(user -> Outcome.done(new ReportList(reports(user.id(), limit))));
  }

  private List<ReportView> reports(String user, int limit) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select id, kind, status, received_at from report_file
                    where service_user_id = :user
                    order by received_at desc, id desc
                    limit :limit
                    """)
                .bind("user", user)
                .bind("limit", limit)
                .map(
                    (row, _) ->
                        new ReportView(
                            row.getString("id"),
                            row.getString("kind"),
                            Imported.Status.valueOf(
                                row.getString("status").toUpperCase(Locale.ROOT)),
                            row.getTimestamp("received_at").toInstant()))
                .list());
  }

  private Outcome<AdviceList> advices(Call<ListAdvices, AdviceList> call) {
    var input = call.input();
    int limit = input.limit() == null ? DEFAULT_PAGE : input.limit();
    var status = input.status() == null ? AdviceStatus.PARKED : input.status();
    return ServiceUserOf.unshared(call, users)
        .then(
            user ->
                Outcome.done(
                    new AdviceList(
                        jdbi
                            .withHandle(
                                handle ->
                                    AdviceRows.list(
                                        handle,
                                        user.id(),
                                        status.name().toLowerCase(Locale.ROOT),
                                        limit))
                            .stream()
                            .map(AdviceView::of)
                            .toList())));
  }

  private Outcome<AdviceView> assign(Call<AssignAdvice, AdviceView> call) {
    var input = call.input();
    var by = call.caller().actor().name();
    return holding(
        call,
        (across, user) ->
            parked(across, user, input.key()).then(kept -> assign(across, user, kept, input, by)));
  }

  private Outcome<AdviceView> assign(
      Across across, ServiceUser user, AdviceRows.Kept kept, AssignAdvice input, String by) {
    var report = kept.report();
    if (report == null) return confirm(across, user, kept, input, by);

    var advice = reread(across, report, kept);
    var event =
        switch (advice.meaning()) {
          case Advice.Clear(var clear) -> clear;
          case Advice.Unclear(_, var fact) -> fact;
        };
    if ((advice.subject() instanceof AdviceSubject.Debit) != (input.attemptId() != null)) {
      return Outcome.refused(DOES_NOT_FIT);
    }
    var mandate = input.mandateId().text();
    for (var workspace : ServiceUsers.workspaces(across.handle(), user.id())) {
      var match = new Candidates.Match(workspace, mandate, input.attemptId());
      boolean done =
          across.in(
              workspace,
              tx ->
                  Candidates.holds(tx, mandate, input.attemptId())
                      && (event == null
                          || imports
                              .apply(tx, match, advice, event, Imports.Word.A_PERSONS)
                              .isDone()));
      if (done) return Outcome.done(applied(across, user, kept, match, input, by));
    }
    return Outcome.refused(DOES_NOT_FIT);
  }

  private Outcome<AdviceView> confirm(
      Across across, ServiceUser user, AdviceRows.Kept kept, AssignAdvice input, String by) {
    return provider
        .confirm(across, user, kept.key(), input.mandateId().text())
        .map(about -> new Candidates.Match(about.workspace(), about.mandate(), null))
        .map(match -> Outcome.done(applied(across, user, kept, match, input, by)))
        .orElseGet(() -> Outcome.refused(PROVIDERS_ADVICE));
  }

  private static AdviceView applied(
      Across across,
      ServiceUser user,
      AdviceRows.Kept kept,
      Candidates.Match match,
      AssignAdvice input,
      String by) {
    AdviceRows.applied(across.handle(), user.id(), kept.key(), match, across.now());
    AdviceRows.decided(across.handle(), user.id(), kept.key(), by, input.note());
    return AdviceView.of(AdviceRows.lock(across.handle(), user.id(), kept.key()).orElseThrow());
  }

  /// The advice as its report has it; one that was kept under a key of an older form is found by
  /// what it says.
  private Advice reread(Across across, String reportId, AdviceRows.Kept kept) {
    var bytes = imports.files().bytes(across.handle(), reportId);
    if (!(ReportReader.read(bytes) instanceof Reading.Read<Report>(var report))) {
      throw new IllegalStateException("what was read is read no more: " + reportId);
    }
    var advices = report.advices();
    return advices.stream()
        .filter(advice -> advice.key().equals(kept.key()))
        .findAny()
        .or(() -> advices.stream().filter(advice -> says(advice, kept)).findFirst())
        .orElseThrow();
  }

  private static boolean says(Advice advice, AdviceRows.Kept kept) {
    var debit = advice.subject() instanceof AdviceSubject.Debit subject ? subject : null;
    return advice.subject().reference().equals(kept.reference())
        && advice.words().equals(kept.words())
        && Objects.equals(debit == null ? null : debit.amount().amount(), kept.amount())
        && Objects.equals(debit == null ? null : debit.day(), kept.day());
  }

  private static Outcome<AdviceRows.Kept> parked(Across across, ServiceUser user, AdviceKey key) {
    var kept = AdviceRows.lock(across.handle(), user.id(), key);
    if (kept.isEmpty()) return Outcome.refused(NO_SUCH_ADVICE);

    return kept.get().status().equals("parked")
        ? Outcome.done(kept.get())
        : Outcome.refused(ADVICE_ENDED);
  }

  private Outcome<AdviceView> dismiss(Call<DismissAdvice, AdviceView> call) {
    var input = call.input();
    var by = call.caller().actor().name();
    return holding(
        call,
        (across, user) ->
            parked(across, user, input.key())
                .then(
                    kept -> {
                      AdviceRows.dismissed(across.handle(), user.id(), kept.key(), across.now());
                      AdviceRows.decided(across.handle(), user.id(), kept.key(), by, input.note());
                      return Outcome.done(
                          AdviceView.of(
                              AdviceRows.lock(across.handle(), user.id(), kept.key())
                                  .orElseThrow()));
                    }));
  }

  private Outcome<DismissedReport> dismissReport(Call<DismissReport, DismissedReport> call) {
    var input = call.input();
    var by = call.caller().actor().name();
    return holding(
        call,
        (across, user) ->
            ReportFileRows.dismiss(across, user.id(), input.id(), by, input.note())
                ? Outcome.done(new DismissedReport(input.id()))
                : Outcome.refused(NO_SUCH_REPORT));
  }
}

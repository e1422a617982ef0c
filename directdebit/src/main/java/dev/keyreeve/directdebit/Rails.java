package dev.keyreeve.directdebit;

import dev.keyreeve.directdebit.bacs.bankaccount.BankAccounts;
import dev.keyreeve.directdebit.bacs.bankreport.Doubts;
import dev.keyreeve.directdebit.bacs.calendar.BacsCalendar;
import dev.keyreeve.directdebit.collection.CollectionDays;
import dev.keyreeve.directdebit.collection.Presentations;
import dev.keyreeve.directdebit.collection.claim.Claims;
import dev.keyreeve.directdebit.collector.moment.Job;
import dev.keyreeve.directdebit.collector.moment.MomentKind;
import dev.keyreeve.directdebit.collector.moment.Moments;
import dev.keyreeve.directdebit.collector.serviceuser.SchemeKind;
import dev.keyreeve.directdebit.collector.serviceuser.ServiceUser;
import dev.keyreeve.directdebit.collector.serviceuser.ServiceUserProcedures;
import dev.keyreeve.directdebit.collector.serviceuser.ServiceUsers;
import dev.keyreeve.directdebit.mandate.MandateClock;
import dev.keyreeve.directdebit.mandate.SchemeReports;
import dev.keyreeve.directdebit.rail.bacsfile.BacsFileScheme;
import dev.keyreeve.directdebit.rail.bacsfile.BacsFiles;
import dev.keyreeve.directdebit.rail.gocardless.ApiAddress;
import dev.keyreeve.directdebit.rail.gocardless.GoCardless;
import dev.keyreeve.directdebit.rail.reconciliation.BankReportProcedures;
import dev.keyreeve.directdebit.rail.reconciliation.Imports;
import dev.keyreeve.directdebit.rail.sandbox.SandboxBank;
import dev.keyreeve.directdebit.rail.sandbox.SandboxProcedures;
import dev.keyreeve.directdebit.rail.sandbox.SandboxScheme;
import dev.keyreeve.directdebit.rail.sandbox.Simulations;
import dev.keyreeve.directdebit.rail.scheme.Scheme;
import dev.keyreeve.directdebit.rail.submission.Deliveries;
import dev.keyreeve.directdebit.rail.submission.Run;
import dev.keyreeve.directdebit.rail.submission.Silence;
import dev.keyreeve.directdebit.rail.submission.SubmissionProcedures;
import dev.keyreeve.directdebit.rail.submission.Submissions;
import dev.keyreeve.directdebit.watch.alert.Alerts;
import dev.keyreeve.directdebit.watch.reporting.Snapshots;
import dev.keyreeve.platform.cipher.FieldCipher;
import dev.keyreeve.platform.tenancy.Across;
import dev.keyreeve.platform.tenancy.Tenancy;
import dev.keyreeve.platform.tenancy.Tx;
import dev.keyreeve.procedure.Procedure;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/// The part of the object graph that speaks to banks, and lets time pass.
final class Rails {
  private final Moments moments;
  private final Deliveries deliveries;
  private final GoCardless goCardless;
  private final List<Procedure<?, ?>> procedures = new ArrayList<>();

  /// @param mandates moves them on by what schemes report
  /// @param days what the moments of a day do to debits
  /// @param presentations what goes out with runs, and what becomes of it
  /// @param claims hears what payers claim back
  /// @param alerts looks at what reports and days have changed
  /// @param goCardlessAt where GoCardless is looked for; null for where it is
  Rails(
      Jdbi jdbi,
      Tenancy tenancy,
      FieldCipher cipher,
      BankAccounts accounts,
      BacsCalendar calendar,
      MandateClock clock,
      SchemeReports mandates,
      CollectionDays days,
      Presentations presentations,
      Claims claims,
      Alerts alerts,
      Snapshots snapshots,
      @Nullable ApiAddress goCardlessAt,
      RandomGenerator random) {
    var users = new ServiceUsers(jdbi, cipher);
    var files = new BacsFiles(calendar);
    var bank = new SandboxBank(cipher, users, calendar);
    var schemes = new EnumMap<SchemeKind, Scheme>(SchemeKind.class);
    schemes.put(SchemeKind.SANDBOX, new SandboxScheme(files, bank));
    schemes.put(SchemeKind.BACS, new BacsFileScheme(files));
    goCardless =
        new GoCardless(
            jdbi,
            tenancy,
            cipher,
            users,
            accounts,
            mandates,
            presentations,
            claims,
            (across, user) -> look(alerts, across, user),
            goCardlessAt,
            random);
    schemes.put(SchemeKind.GOCARDLESS, goCardless.scheme());
    var submissions = new Submissions(cipher, random);
    var run = new Run(schemes, users, submissions, accounts, mandates, presentations, calendar);
    var imports =
        new Imports(
            cipher,
            mandates,
            presentations,
            claims,
            (across, user, _) -> look(alerts, across, user),
            calendar,
            random);
    var silence = new Silence(mandates, calendar);
    Map<MomentKind, List<Job>> jobs =
        Map.of(
            MomentKind.DAWN,
            List.of(
                Job.inEachWorkspace((moment, tx) -> snapshots.take(tx, moment.day())),
                bySilence(imports, days::dawn)),
            MomentKind.REPORTS,
            List.of(bank.reports(imports)),
            MomentKind.ENTRY,
            List.of(bySilence(imports, days::entry)),
            MomentKind.EVALUATION,
            List.of(Job.inEachWorkspace((moment, tx) -> alerts.evaluate(tx, moment.day()))),
            MomentKind.CLOSE,
            List.of(
                bySilence(imports, silence::close),
                bySilence(imports, days::close),
                bySilence(imports, claims::close)),
            MomentKind.SUBMISSION,
            List.of(run),
            MomentKind.INPUT,
            List.of(bank.input(imports)));
    moments = new Moments(tenancy, users, calendar, clock::lapse, jobs);
    deliveries = new Deliveries(jdbi, tenancy, schemes);

    var simulations = new Simulations(bank, imports, mandates, accounts);
    procedures.addAll(new ServiceUserProcedures(jdbi, users, random).procedures());
    procedures.addAll(goCardless.procedures());
    procedures.addAll(
        new SubmissionProcedures(jdbi, tenancy, users, submissions, presentations).procedures());
    procedures.addAll(
        new BankReportProcedures(jdbi, tenancy, users, imports, goCardless.word()).procedures());
    procedures.addAll(
        new SandboxProcedures(jdbi, tenancy, users, moments, simulations, calendar).procedures());
  }

  /// What a day's silence decides, save for what reports have left in doubt.
  @FunctionalInterface
  private interface Decided {
    void on(Tx tx, LocalDate day, Doubts doubts);
  }

  private static Job bySilence(Imports imports, Decided decided) {
    return (moment, user, across) -> {
      var doubts = imports.doubts(across, user);
      Job.inEachWorkspace((at, tx) -> decided.on(tx, at.day(), doubts)).at(moment, user, across);
    };
  }

  private static void look(Alerts alerts, Across across, ServiceUser user) {
    for (var workspace : ServiceUsers.workspaces(across.handle(), user.id())) {
      across.in(
          workspace,
          tx -> {
            alerts.afterImport(tx);
            return tx;
          });
    }
  }

  Moments moments() {
    return moments;
  }

  Deliveries deliveries() {
    return deliveries;
  }

  GoCardless goCardless() {
    return goCardless;
  }

  /// What belongs to the operators' API.
  List<Procedure<?, ?>> procedures() {
    return List.copyOf(procedures);
  }
}

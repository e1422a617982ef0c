package dev.keyreeve.directdebit.rail.sandbox;

import dev.keyreeve.directdebit.bacs.TransactionCode;
import dev.keyreeve.directdebit.bacs.bankaccount.BankAccounts;
import dev.keyreeve.directdebit.bacs.bankaccount.BankDetails;
import dev.keyreeve.directdebit.bacs.bankreport.ReportWriter;
import dev.keyreeve.directdebit.bacs.calendar.London;
import dev.keyreeve.directdebit.bacs.money.Pence;
import dev.keyreeve.directdebit.bacs.scheme.AddacsReason;
import dev.keyreeve.directdebit.bacs.scheme.AruddReason;
import dev.keyreeve.directdebit.bacs.scheme.AuddisReason;
import dev.keyreeve.directdebit.bacs.scheme.DdicReason;
import dev.keyreeve.directdebit.bacs.scheme.NewAccount;
import dev.keyreeve.directdebit.bacs.scheme.SchemeEvent;
import dev.keyreeve.directdebit.collector.serviceuser.ServiceUser;
import dev.keyreeve.directdebit.collector.serviceuser.ServiceUsers;
import dev.keyreeve.directdebit.mandate.MandateId;
import dev.keyreeve.directdebit.mandate.SchemeReports;
import dev.keyreeve.directdebit.rail.reconciliation.Imports;
import dev.keyreeve.directdebit.rail.sandbox.BankEvent.ClaimRaised;
import dev.keyreeve.directdebit.rail.sandbox.BankEvent.ClaimWithdrawn;
import dev.keyreeve.directdebit.rail.sandbox.BankEvent.DebitReturned;
import dev.keyreeve.directdebit.rail.sandbox.BankEvent.InstructionAmended;
import dev.keyreeve.directdebit.rail.sandbox.BankEvent.InstructionReturned;
import dev.keyreeve.directdebit.rail.sandbox.BankEvent.Quirk;
import dev.keyreeve.platform.tenancy.Across;
import dev.keyreeve.platform.tenancy.Tenancy;
import dev.keyreeve.platform.tenancy.Tx;
import dev.keyreeve.procedure.Actor;
import dev.keyreeve.procedure.Outcome;
import dev.keyreeve.procedure.problem.Code;
import dev.keyreeve.procedure.problem.Reason;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What the bank can be made to do to one mandate or debit, at once. It is told by the bytes of a
/// report wherever banks report it.
public final class Simulations {
  static final Reason NOTHING_TO_SIMULATE =
      new Reason(
          Code.NOT_FOUND, "nothing_to_simulate", "There is no such mandate, or no such debit.");
  static final Reason INVALID_STATE =
      new Reason(Code.CONFLICT, "invalid_state", "The bank cannot do this to it now.");

  private final SandboxBank bank;
  private final Imports imports;
  private final SchemeReports mandates;
  private final BankAccounts accounts;

  public Simulations(
      SandboxBank bank, Imports imports, SchemeReports mandates, BankAccounts accounts) {
    this.bank = bank;
    this.imports = imports;
    this.mandates = mandates;
    this.accounts = accounts;
  }

  /// What happens, and from which statuses of the mandate, or of the presentation, it can.
  public enum Verb {
    MANDATE_ACTIVATED(null, "submitted"),
    MANDATE_FAILED("auddis", "submitted"),
    MANDATE_CANCELLED("addacs", "submitted active suspended"),
    MANDATE_TRANSFERRED("addacs", "active suspended"),
    MANDATE_REINSTATED("addacs", "cancelled expired"),
    MANDATE_EXPIRED(null, "active"),
    DEBIT_FAILED("arudd", "submitted collected"),
    DEBIT_LATE_FAILED("arudd", "settled"),
    DEBIT_CLAIMED("ddica", "collected settled"),
    DEBIT_CLAIM_WITHDRAWN("ddica", "collected settled");

    private final @Nullable String report;
    private final String from;

    Verb(@Nullable String report, String from) {
      this.report = report;
      this.from = from;
    }

    boolean isPossibleFrom(String status) {
      return List.of(from.split(" ")).contains(status);
    }

    boolean isOfDebit() {
      return name().startsWith("DEBIT_");
    }

    /// As the wire spells it.
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// @param kind of the report in which it was told; null where banks say nothing
  record Told(@Nullable String kind) {}

  /// What the bank knows of a mandate, and of one of its debits.
  private record Known(
      String mandate,
      String reference,
      String status,
      BankDetails payer,
      TransactionCode code,
      Pence amount,
      @Nullable LocalDate processingDay,
      @Nullable LocalDate entryDay,
      String serial) {}

  Outcome<Told> simulate(
      Tenancy tenancy,
      ServiceUser user,
      String workspace,
      Verb verb,
      String id,
      Actor by,
      Instant now) {
    try {
      return tenancy.across(
          by,
          now,
          across -> {
            ServiceUsers.lock(across.handle(), user.id());
            var known =
                across.in(workspace, tx -> verb.isOfDebit() ? debit(tx, id) : mandate(tx, id));
            if (known.isEmpty()) return Outcome.refused(NOTHING_TO_SIMULATE);
            if (!verb.isPossibleFrom(known.get().status())) {
              return Outcome.refused(INVALID_STATE);
            }
            return happen(across, user, workspace, verb, known.get());
          });
    } catch (DoesNotFit unsaid) {
      return Outcome.refused(INVALID_STATE);
    }
  }

  /// What the bank says does not fit what is known, so the transaction ends without it.
  private static final class DoesNotFit extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  private Outcome<Told> happen(
      Across across, ServiceUser user, String workspace, Verb verb, Known known) {
    var kind = verb.report;
    if (kind == null) {
      var event =
          verb == Verb.MANDATE_ACTIVATED
              ? new SchemeEvent.InstructionAccepted()
              : new SchemeEvent.DormancyReached();
      across.in(workspace, tx -> mandates.apply(tx, new MandateId(known.mandate()), event));
      return Outcome.done(new Told(null));
    }
    var today = London.dateOf(across.now());
    var entry =
        new BankEntry(
            known.serial(),
            known.code(),
            known.reference(),
            known.payer(),
            known.amount(),
            known.processingDay() == null ? today : known.processingDay(),
            known.entryDay() == null ? today : known.entryDay(),
            what(verb, known));
    bank.change(across.handle(), user, List.of(entry));
    var report = bank.write(across, user, today, kind, List.of(entry));
    var imported = imports.take(across, user, ReportWriter.write(report));
    if (imported.applied() == 1) return Outcome.done(new Told(kind));

    throw new DoesNotFit();
  }

  private static BankEvent what(Verb verb, Known known) {
    return switch (verb) {
      case MANDATE_FAILED -> new InstructionReturned(AuddisReason.NO_ACCOUNT);
      case MANDATE_CANCELLED -> new InstructionAmended(AddacsReason.CANCELLED_BY_PAYER, null);
      case MANDATE_TRANSFERRED ->
          new InstructionAmended(
              AddacsReason.ACCOUNT_TRANSFERRED,
              new NewAccount(SandboxScript.PAYS.sortCode(), known.payer().accountNumber()));
      case MANDATE_REINSTATED -> new InstructionAmended(AddacsReason.REINSTATED, null);
      case DEBIT_FAILED, DEBIT_LATE_FAILED ->
          new DebitReturned(AruddReason.REFER_TO_PAYER, Quirk.NONE);
      case DEBIT_CLAIMED -> new ClaimRaised(DdicReason.NO_NOTICE);
      case DEBIT_CLAIM_WITHDRAWN -> new ClaimWithdrawn(DdicReason.NO_NOTICE);
      case MANDATE_ACTIVATED, MANDATE_EXPIRED ->
          throw new IllegalArgumentException("banks do not report " + verb.word());
    };
  }

  private Optional<Known> mandate(Tx tx, String id) {
    return tx.query(
            """
            select m.id, m.reference, m.status, b.id as account_id, b.sealed_details, b.holder_name
            from mandate m
            join bank_account b on b.workspace_id = :workspace and b.id = m.bank_account_id
            where m.workspace_id = :workspace and m.id = :id
            for update of m
            """)
        .bind("id", id)
        .map(
            (row, _) ->
                new Known(
                    row.getString("id"),
                    row.getString("reference"),
                    row.getString("status"),
                    accounts.open(
                        row.getString("account_id"),
                        row.getBytes("sealed_details"),
                        row.getString("holder_name")),
                    TransactionCode.NEW_INSTRUCTION,
                    Pence.ZERO,
                    null,
                    null,
                    "SIMULA"))
        .findOne();
  }

  private Optional<Known> debit(Tx tx, String collection) {
    return tx.query(
            """
            select m.id, m.reference, a.status, a.code, a.amount, a.processing_on, a.entry_on,
                   b.id as account_id, b.sealed_details, b.holder_name,
                   coalesce(s.serial, 'SIMULA') as serial
            from attempt a
            join mandate m on m.workspace_id = :workspace and m.id = a.mandate_id
            join bank_account b on b.workspace_id = :workspace and b.id = m.bank_account_id
            left join submission s on s.id = a.submission_id
            where a.workspace_id = :workspace and a.collection_id = :id
            order by a.n desc
            limit 1
            for update of m
            """)
        .bind("id", collection)
        .map(
            (row, _) ->
                new Known(
                    row.getString("id"),
                    row.getString("reference"),
                    row.getString("status"),
                    accounts.open(
                        row.getString("account_id"),
                        row.getBytes("sealed_details"),
                        row.getString("holder_name")),
                    TransactionCode.find(row.getString("code")).orElseThrow(),
                    new Pence(row.getLong("amount")),
                    row.getObject("processing_on", LocalDate.class),
                    row.getObject("entry_on", LocalDate.class),
                    row.getString("serial")))
        .findOne();
  }
}

package dev.keyreeve.directdebit.submission;

import dev.keyreeve.directdebit.bacs.TransactionCode;
import dev.keyreeve.directdebit.bankaccount.BankAccounts;
import dev.keyreeve.directdebit.calendar.BacsCalendar;
import dev.keyreeve.directdebit.calendar.Cycle;
import dev.keyreeve.directdebit.mandate.MandateId;
import dev.keyreeve.directdebit.mandate.SchemeReports;
import dev.keyreeve.directdebit.moment.Duty;
import dev.keyreeve.directdebit.moment.Moment;
import dev.keyreeve.directdebit.money.Pence;
import dev.keyreeve.directdebit.scheme.Batch;
import dev.keyreeve.directdebit.scheme.Item;
import dev.keyreeve.directdebit.scheme.Scheme;
import dev.keyreeve.directdebit.scheme.SchemeEvent;
import dev.keyreeve.directdebit.scheme.Sealed;
import dev.keyreeve.directdebit.scheme.Sealing.Unsendable;
import dev.keyreeve.directdebit.serviceuser.SchemeKind;
import dev.keyreeve.directdebit.serviceuser.ServiceUser;
import dev.keyreeve.directdebit.serviceuser.ServiceUsers;
import dev.keyreeve.directdebit.submission.Submissions.Contents;
import dev.keyreeve.platform.tenancy.Across;
import dev.keyreeve.platform.tenancy.Tx;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// The run: what is due of all workspaces of a service user is put into submissions and sealed, in
/// the one transaction of its moment. If it fails, nothing is sealed and it is begun again.
public final class Run implements Duty {
  private final Map<SchemeKind, Scheme> schemes;
  private final ServiceUsers users;
  private final Submissions submissions;
  private final BankAccounts accounts;
  private final SchemeReports mandates;
  private final Presenter presenter;
  private final BacsCalendar calendar;

  public Run(
      Map<SchemeKind, Scheme> schemes,
      ServiceUsers users,
      Submissions submissions,
      BankAccounts accounts,
      SchemeReports mandates,
      Presenter presenter,
      BacsCalendar calendar) {
    this.schemes = Map.copyOf(schemes);
    this.users = users;
    this.submissions = submissions;
    this.accounts = accounts;
    this.mandates = mandates;
    this.presenter = presenter;
    this.calendar = calendar;
  }

  @Override
  public void at(Moment moment, ServiceUser user, Across across) {
    var scheme = schemes.get(user.scheme());
    if (scheme == null) return;

    var handle = across.handle();
    var cycle = calendar.cycleFrom(moment.day(), scheme.capabilities().leadDays());
    var items = new ArrayList<Item>();
    for (var workspace : ServiceUsers.workspaces(handle, user.id())) {
      items.addAll(across.in(workspace, tx -> due(tx, cycle)));
    }
    if (items.isEmpty()) return;

    var collector = scheme.capabilities().needsFiles() ? users.account(handle, user) : null;
    var before = Submissions.count(handle, user.id(), cycle.inputDay());
    var sealing = scheme.seal(new Batch(user, collector, cycle, before, items));
    for (var sealed : sealing.submissions()) keep(across, user, scheme, cycle, sealed);
    for (var unsendable : sealing.unsendable()) refuse(across, cycle, unsendable);
  }

  private List<Item> due(Tx tx, Cycle cycle) {
    var items = new ArrayList<Item>(instructions(tx));
    items.addAll(presenter.due(tx, cycle));
    return items;
  }

  /// Withdrawals before what is lodged anew under the same reference.
  private List<Item> instructions(Tx tx) {
    tx.query(
            """
            select m.id from mandate m
            where m.workspace_id = :workspace and m.id in (
              select i.mandate_id from instruction i
              where i.workspace_id = :workspace and i.status = 'queued')
            order by m.id
            for update of m
            """)
        .mapTo(String.class)
        .list();
    return tx.query(
            """
            select i.id, i.mandate_id, i.kind, m.reference, m.provider_ref,
                   b.id as account_id, b.sealed_details, b.holder_name
            from instruction i
            join mandate m on m.workspace_id = :workspace and m.id = i.mandate_id
            join bank_account b on b.workspace_id = :workspace and b.id = i.bank_account_id
            where i.workspace_id = :workspace and i.status = 'queued'
            order by i.mandate_id, i.kind desc, i.id
            """)
        .map(
            (row, _) ->
                new Item(
                    row.getString("id"),
                    tx.workspace(),
                    row.getString("mandate_id"),
                    row.getString("kind").equals("lodge")
                        ? TransactionCode.NEW_INSTRUCTION
                        : TransactionCode.CANCELLED_INSTRUCTION,
                    row.getString("reference"),
                    accounts.open(
                        row.getString("account_id"),
                        row.getBytes("sealed_details"),
                        row.getString("holder_name")),
                    Pence.ZERO,
                    row.getString("provider_ref")))
        .list();
  }

  private void keep(Across across, ServiceUser user, Scheme scheme, Cycle cycle, Sealed sealed) {
    var handle = across.handle();
    var id = submissions.insert(across, user.id(), cycle.inputDay(), sealed);
    var submission = Submissions.lock(handle, id).orElseThrow();
    byWorkspace(sealed.items())
        .forEach(
            (workspace, items) ->
                across.in(
                    workspace,
                    tx -> {
                      submitted(tx, id, cycle, items);
                      Submissions.tell(tx, submission, SubmissionStatus.SEALED, Contents.of(items));
                      return tx;
                    }));
    if (scheme.handOver(handle, user, id, sealed)) {
      Submissions.move(across, submission, SubmissionStatus.SENT);
    }
  }

  private void submitted(Tx tx, String submission, Cycle cycle, List<Item> items) {
    var instructions = items.stream().filter(item -> !item.code().isDebit()).toList();
    // A withdrawal keeps which of a provider's mandates it ends: what is lodged anew gets another.
    tx.update(
            """
            update instruction i
            set status = 'submitted', submission_id = :submission, input_day = :inputDay,
                entry_day = :entryDay,
                provider_ref = case when i.kind = 'withdraw' then m.provider_ref end
            from mandate m
            where i.workspace_id = :workspace and i.id = any(:ids)
              and m.workspace_id = :workspace and m.id = i.mandate_id
            """)
        .bind("submission", submission)
        .bind("inputDay", cycle.inputDay())
        .bind("entryDay", cycle.entryDay())
        .bindArray("ids", String.class, instructions.stream().map(Item::id).toList())
        .execute();
    var lodged =
        instructions.stream().filter(item -> item.code() == TransactionCode.NEW_INSTRUCTION);
    tx.update(
            """
            update mandate set provider_ref = null
            where workspace_id = :workspace and id = any(:ids) and provider_ref is not null
            """)
        .bindArray("ids", String.class, lodged.map(Item::mandate).toList())
        .execute();
    for (var item : instructions) {
      if (item.code() == TransactionCode.NEW_INSTRUCTION) {
        mandates.apply(tx, new MandateId(item.mandate()), new SchemeEvent.InstructionSubmitted());
      }
    }
    var debits = items.stream().filter(item -> item.code().isDebit()).toList();
    if (!debits.isEmpty()) presenter.presented(tx, submission, cycle, debits);
  }

  /// What no file can carry ends as if the payer's bank had returned it.
  private void refuse(Across across, Cycle cycle, Unsendable unsendable) {
    var item = unsendable.item();
    across.in(
        item.workspace(),
        tx -> {
          tx.update(
                  """
                  update instruction
                  set status = 'returned', reason = :reason, ended_at = :now, input_day = :day
                  where workspace_id = :workspace and id = :id
                  """)
              .bind("id", item.id())
              .bind("reason", unsendable.reason().code())
              .bind("day", cycle.inputDay())
              .execute();
          if (item.code() == TransactionCode.NEW_INSTRUCTION) {
            var mandate = new MandateId(item.mandate());
            mandates.apply(tx, mandate, new SchemeEvent.InstructionSubmitted());
            mandates.apply(tx, mandate, new SchemeEvent.InstructionRejected(unsendable.reason()));
          }
          return tx;
        });
  }

  private static Map<String, List<Item>> byWorkspace(List<Item> items) {
    return items.stream()
        .collect(Collectors.groupingBy(Item::workspace, TreeMap::new, Collectors.toList()));
  }
}

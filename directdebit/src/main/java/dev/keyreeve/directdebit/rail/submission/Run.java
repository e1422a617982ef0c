package dev.keyreeve.directdebit.rail.submission;

import dev.keyreeve.directdebit.bacs.TransactionCode;
import dev.keyreeve.directdebit.bacs.bankaccount.BankAccounts;
import dev.keyreeve.directdebit.bacs.bankaccount.BankDetails;
import dev.keyreeve.directdebit.bacs.calendar.BacsCalendar;
import dev.keyreeve.directdebit.bacs.calendar.Cycle;
import dev.keyreeve.directdebit.bacs.money.Pence;
import dev.keyreeve.directdebit.bacs.scheme.SchemeEvent;
import dev.keyreeve.directdebit.collection.Presentable;
import dev.keyreeve.directdebit.collection.Presentations;
import dev.keyreeve.directdebit.collector.moment.Job;
import dev.keyreeve.directdebit.collector.moment.Moment;
import dev.keyreeve.directdebit.collector.serviceuser.SchemeKind;
import dev.keyreeve.directdebit.collector.serviceuser.ServiceUser;
import dev.keyreeve.directdebit.collector.serviceuser.ServiceUsers;
import dev.keyreeve.directdebit.mandate.MandateId;
import dev.keyreeve.directdebit.mandate.SchemeReports;
import dev.keyreeve.directdebit.mandate.instruction.DueInstruction;
import dev.keyreeve.directdebit.mandate.instruction.InstructionKind;
import dev.keyreeve.directdebit.mandate.instruction.Instructions;
import dev.keyreeve.directdebit.rail.scheme.Batch;
import dev.keyreeve.directdebit.rail.scheme.Item;
import dev.keyreeve.directdebit.rail.scheme.Scheme;
import dev.keyreeve.directdebit.rail.scheme.Sealed;
import dev.keyreeve.directdebit.rail.scheme.Sealing.Unsendable;
import dev.keyreeve.directdebit.rail.submission.Submissions.Contents;
import dev.keyreeve.platform.tenancy.Across;
import dev.keyreeve.platform.tenancy.Tx;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The run: what is due of all workspaces of a service user is put into submissions and sealed, in
/// the one transaction of its moment. If it fails, nothing is sealed and it is begun again.
public final class Run implements Job {
  private final Map<SchemeKind, Scheme> schemes;
  private final ServiceUsers users;
  private final Submissions submissions;
  private final BankAccounts accounts;
  private final SchemeReports mandates;
  private final Presentations presentations;
  private final BacsCalendar calendar;

  public Run(
      Map<SchemeKind, Scheme> schemes,
      ServiceUsers users,
      Submissions submissions,
      BankAccounts accounts,
      SchemeReports mandates,
      Presentations presentations,
      BacsCalendar calendar) {
    this.schemes = Map.copyOf(schemes);
    this.users = users;
    this.submissions = submissions;
    this.accounts = accounts;
    this.mandates = mandates;
    this.presentations = presentations;
    this.calendar = calendar;
  }

  @Override
  public void at(Moment moment, ServiceUser user, Across across) {
    var scheme = schemes.get(user.scheme());
    if (scheme == null) return;

    var handle = across.handle();
    var cycle = calendar.cycleFrom(moment.day(), user.scheme().leadDays());
    var due = new Due();
    var items = new ArrayList<Item>();
    for (var workspace : ServiceUsers.workspaces(handle, user.id())) {
      items.addAll(across.in(workspace, tx -> due(tx, cycle, due)));
    }
    if (items.isEmpty()) return;

    var collector = scheme.needsFiles() ? users.account(handle, user) : null;
    var before = Submissions.count(handle, user.id(), cycle.inputDay());
    var sealing = scheme.seal(new Batch(user, collector, cycle, before, items));
    for (var sealed : sealing.submissions()) keep(across, user, scheme, cycle, due, sealed);
    for (var unsendable : sealing.unsendable()) refuse(across, cycle, due, unsendable);
  }

  /// What is due of all workspaces, by the ids of the items that the scheme is given of it.
  private record Due(Map<String, DueInstruction> instructions, Map<String, Presentable> debits) {
    Due() {
      this(new HashMap<>(), new HashMap<>());
    }

    List<DueInstruction> instructions(List<Item> items) {
      return items.stream().map(Item::id).map(instructions::get).filter(Objects::nonNull).toList();
    }

    List<Presentable> debits(List<Item> items) {
      return items.stream().map(Item::id).map(debits::get).filter(Objects::nonNull).toList();
    }
  }

  private List<Item> due(Tx tx, Cycle cycle, Due due) {
    var instructions = Instructions.due(tx);
    var debits = presentations.due(tx, cycle.inputDay());
    instructions.forEach(each -> due.instructions().put(each.id(), each));
    debits.forEach(each -> due.debits().put(each.attempt().text(), each));
    var payers =
        accounts.details(
            tx,
            Stream.concat(
                    instructions.stream().map(DueInstruction::bankAccountId),
                    debits.stream().map(Presentable::bankAccountId))
                .toList());
    return Stream.concat(
            instructions.stream().map(each -> item(tx, each, payers)),
            debits.stream().map(each -> item(tx, each, payers)))
        .toList();
  }

  private static Item item(Tx tx, DueInstruction due, Map<String, BankDetails> payers) {
    return new Item(
        due.id(),
        tx.workspace(),
        due.mandate(),
        switch (due.kind()) {
          case LODGE -> TransactionCode.NEW_INSTRUCTION;
          case WITHDRAW -> TransactionCode.CANCELLED_INSTRUCTION;
        },
        due.reference(),
        Objects.requireNonNull(payers.get(due.bankAccountId())),
        Pence.ZERO,
        due.mandateProviderRef());
  }

  private static Item item(Tx tx, Presentable debit, Map<String, BankDetails> payers) {
    return new Item(
        debit.attempt().text(),
        tx.workspace(),
        debit.mandate().text(),
        debit.code(),
        debit.reference().text(),
        Objects.requireNonNull(payers.get(debit.bankAccountId())),
        debit.amount(),
        debit.mandateProviderRef());
  }

  private void keep(
      Across across, ServiceUser user, Scheme scheme, Cycle cycle, Due due, Sealed sealed) {
    var handle = across.handle();
    var id = submissions.insert(across, user.id(), cycle.inputDay(), sealed);
    var submission = Submissions.lock(handle, id).orElseThrow();
    byWorkspace(sealed.items())
        .forEach(
            (workspace, items) ->
                across.in(
                    workspace,
                    tx -> {
                      submitted(tx, id, cycle, due, items);
                      Submissions.tell(tx, submission, SubmissionStatus.SEALED, Contents.of(items));
                      return tx;
                    }));
    if (scheme.handOver(handle, user, id, sealed)) {
      Submissions.move(across, submission, SubmissionStatus.SENT);
    }
  }

  private void submitted(Tx tx, String submission, Cycle cycle, Due due, List<Item> items) {
    var instructions = due.instructions(items);
    var lodged =
        instructions.stream()
            .filter(each -> each.kind() == InstructionKind.LODGE)
            .map(each -> new MandateId(each.mandate()))
            .toList();
    Instructions.submit(tx, submission, cycle, instructions);
    mandates.lodgedAnew(tx, lodged);
    for (var mandate : lodged) mandates.apply(tx, mandate, new SchemeEvent.InstructionSubmitted());

    var debits = due.debits(items);
    if (!debits.isEmpty()) presentations.presented(tx, submission, debits);
  }

  /// What no file can carry ends as if the payer's bank had returned it.
  private void refuse(Across across, Cycle cycle, Due due, Unsendable unsendable) {
    var reason = unsendable.reason();
    across.in(
        unsendable.item().workspace(),
        tx -> {
          for (var refused : due.instructions(List.of(unsendable.item()))) {
            Instructions.refuse(tx, refused, cycle, reason);
            if (refused.kind() == InstructionKind.LODGE) {
              var mandate = new MandateId(refused.mandate());
              mandates.apply(tx, mandate, new SchemeEvent.InstructionSubmitted());
              mandates.apply(tx, mandate, new SchemeEvent.InstructionRejected(reason));
            }
          }
          return tx;
        });
  }

  private static Map<String, List<Item>> byWorkspace(List<Item> items) {
    return items.stream()
        .collect(Collectors.groupingBy(Item::workspace, TreeMap::new, Collectors.toList()));
  }
}

package dev.keyreeve.directdebit;

import dev.keyreeve.directdebit.bankaccount.BankAccounts;
import dev.keyreeve.directdebit.bankaccount.BankDetails;
import dev.keyreeve.directdebit.calendar.Cycle;
import dev.keyreeve.directdebit.collection.AttemptId;
import dev.keyreeve.directdebit.collection.CollectionId;
import dev.keyreeve.directdebit.collection.Presentable;
import dev.keyreeve.directdebit.collection.Presentations;
import dev.keyreeve.directdebit.reconciliation.AttemptReports;
import dev.keyreeve.directdebit.scheme.Item;
import dev.keyreeve.directdebit.scheme.SchemeEvent;
import dev.keyreeve.directdebit.submission.Presenter;
import dev.keyreeve.platform.tenancy.Tx;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// Hands collections to the run, and what banks say of them back to the collections.
final class DebitDesk implements Presenter, AttemptReports {
  private final Presentations presentations;
  private final BankAccounts accounts;

  DebitDesk(Presentations presentations, BankAccounts accounts) {
    this.presentations = presentations;
    this.accounts = accounts;
  }

  @Override
  public List<Item> due(Tx tx, Cycle cycle) {
    var due = presentations.due(tx, cycle.inputDay());
    var details = details(tx, due.stream().map(Presentable::bankAccountId).distinct().toList());
    return due.stream()
        .map(
            debit ->
                new Item(
                    debit.collection().text(),
                    tx.workspace(),
                    debit.mandate().text(),
                    debit.code(),
                    debit.reference().text(),
                    Objects.requireNonNull(details.get(debit.bankAccountId())),
                    debit.amount(),
                    debit.mandateProviderRef()))
        .toList();
  }

  private Map<String, BankDetails> details(Tx tx, List<String> ids) {
    var found = new HashMap<String, BankDetails>();
    tx.query(
            """
            select id, sealed_details, holder_name from bank_account
            where workspace_id = :workspace and id = any(:ids)
            """)
        .bindArray("ids", String.class, ids)
        .map(
            (row, _) ->
                found.put(
                    row.getString("id"),
                    accounts.open(
                        row.getString("id"),
                        row.getBytes("sealed_details"),
                        row.getString("holder_name"))))
        .list();
    return found;
  }

  @Override
  public void presented(Tx tx, String submission, Cycle cycle, List<Item> debits) {
    var collections = debits.stream().map(debit -> new CollectionId(debit.id())).toList();
    presentations.presented(tx, submission, collections, cycle);
  }

  @Override
  public void withdrawn(Tx tx, String submission) {
    for (var attempt : Presentations.sentWith(tx, submission)) {
      presentations.apply(tx, attempt, new SchemeEvent.DebitCancelled());
    }
  }

  @Override
  public boolean apply(Tx tx, String attempt, SchemeEvent event) {
    return fits(presentations.apply(tx, new AttemptId(attempt), event));
  }

  @Override
  public boolean returnedForNow(Tx tx, String attempt, SchemeEvent.DebitReturned event) {
    return fits(presentations.returnedForNow(tx, new AttemptId(attempt), event));
  }

  private static boolean fits(Presentations.Applied applied) {
    return switch (applied) {
      case Presentations.Applied.Moved _, Presentations.Applied.Unchanged _ -> true;
      case Presentations.Applied.Illegal _, Presentations.Applied.Unknown _ -> false;
    };
  }
}

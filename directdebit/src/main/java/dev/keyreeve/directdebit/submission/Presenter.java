package dev.keyreeve.directdebit.submission;

import dev.keyreeve.directdebit.calendar.Cycle;
import dev.keyreeve.directdebit.scheme.Item;
import dev.keyreeve.platform.tenancy.Tx;
import java.util.List;

/// The debits of a workspace, as the run needs them.
public interface Presenter {

  /// Locks and lists what can be presented in this cycle; each item is named by its collection.
  List<Item> due(Tx tx, Cycle cycle);

  /// Keeps that these have been presented in a submission.
  void presented(Tx tx, String submission, Cycle cycle, List<Item> debits);

  /// The submission has been taken back before any payer was asked: none of its debits was
  /// presented.
  void withdrawn(Tx tx, String submission);
}

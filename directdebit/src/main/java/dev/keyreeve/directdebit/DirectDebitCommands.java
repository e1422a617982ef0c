package dev.keyreeve.directdebit;

import dev.keyreeve.directdebit.collector.serviceuser.ServiceUserCommands;
import dev.keyreeve.directdebit.rail.gocardless.GoCardlessCommands;
import dev.keyreeve.directdebit.rail.reconciliation.ReportCommands;
import dev.keyreeve.directdebit.rail.sandbox.SandboxCommands;
import dev.keyreeve.directdebit.rail.submission.SubmissionCommands;
import dev.keyreeve.procedure.command.Word;
import java.util.List;

/// What direct debit adds to a server's command line.
final class DirectDebitCommands {
  private DirectDebitCommands() {}

  static List<Word> words() {
    return List.of(
        SandboxCommands.group(),
        Word.group(
            "dd",
            "Lists submissions, brings in banks' reports, and sets up GoCardless.",
            GoCardlessCommands.group(),
            ReportCommands.importReport(),
            SubmissionCommands.list()),
        ServiceUserCommands.group());
  }
}

package dev.keyreeve.directdebit;

import dev.keyreeve.directdebit.gocardless.GoCardlessCommands;
import dev.keyreeve.directdebit.reconciliation.ReportCommands;
import dev.keyreeve.directdebit.sandbox.SandboxCommands;
import dev.keyreeve.directdebit.serviceuser.ServiceUserCommands;
import dev.keyreeve.directdebit.submission.SubmissionCommands;
import dev.keyreeve.procedure.command.Word;
import java.util.List;

/// What direct debit adds to a server's command line.
public final class DirectDebitCommands {
  private DirectDebitCommands() {}

  public static List<Word> words() {
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

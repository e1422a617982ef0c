package dev.keyreeve.directdebit.rail.submission;

import static dev.keyreeve.procedure.command.Flag.*;
import static dev.keyreeve.procedure.command.Table.column;

import dev.keyreeve.platform.tenancy.WorkspaceFlag;
import dev.keyreeve.procedure.command.Command;
import dev.keyreeve.procedure.command.Table;

/// What was submitted, on a server's command line.
public final class SubmissionCommands {
  private static final Table SUBMISSIONS =
      Table.of(
          column("ID", "id"),
          column("SERIAL", "serial"),
          column("STATUS", "status"),
          column("INPUT DAY", "input_day"),
          column("DEBITS", "debits"),
          column("PENCE", "debit_total"),
          column("INSTRUCTIONS", "instructions"));

  private SubmissionCommands() {}

  public static Command list() {
    return Command.command(
            "submissions",
            "Lists what was submitted, newest first.",
            SubmissionProcedures.SUBMISSIONS_LIST)
        .with(
            WorkspaceFlag.of("workspace_id"),
            flag("before", "--before ID", "Only older ones than this submission."),
            flag("limit", "How many, %s (default: 50)."))
        .listing(SUBMISSIONS);
  }
}

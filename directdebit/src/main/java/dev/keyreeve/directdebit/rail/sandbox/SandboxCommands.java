package dev.keyreeve.directdebit.rail.sandbox;

import static dev.keyreeve.directdebit.rail.sandbox.SandboxProcedures.*;
import static dev.keyreeve.procedure.command.Command.command;
import static dev.keyreeve.procedure.command.Flag.*;
import static dev.keyreeve.procedure.command.Table.column;

import dev.keyreeve.platform.tenancy.WorkspaceFlag;
import dev.keyreeve.procedure.command.Flag;
import dev.keyreeve.procedure.command.Invocation;
import dev.keyreeve.procedure.command.Refusal;
import dev.keyreeve.procedure.command.Table;
import dev.keyreeve.procedure.command.Word;
import java.io.IOException;

/// The sandbox of a workspace, on a server's command line: its clock and its bank.
public final class SandboxCommands {
  private static final Table CLOCK =
      Table.of(
          column("NOW", "now"),
          column("TODAY", "today"),
          column("FROZEN", "frozen"),
          column("PROCESSING DAY", "processing_day"));

  private static final Table ADVANCED =
      Table.of(column("FROM", "from"), column("NOW", "now"), column("MOMENTS", "moments"));

  private static final Table SIMULATED =
      Table.of(column("DONE", "verb"), column("TO", "id"), column("REPORTED IN", "report"));

  private static final Table SEEDED =
      Table.of(
          column("SEED", "seed"),
          column("FAILURES", "failure_rate"),
          column("CLAIMS", "claim_rate"));

  private static final Flag WORKSPACE = WorkspaceFlag.of("workspace_id");

  private SandboxCommands() {}

  public static Word group() {
    return Word.group(
        "sandbox",
        "Moves a sandbox's clock, and has its bank do things.",
        command(
                "advance",
                "Moves the clock on, two weeks at a time; everything on the way happens, in its"
                    + " order.",
                SANDBOX_ADVANCE_TO,
                SANDBOX_ADVANCE_WORKING_DAYS)
            .with(
                WORKSPACE,
                flag("date", "--to DATE", "To the beginning of a day."),
                flag("days", "--working-days", "By so many processing days of Bacs."),
                // It goes by whole days.
                without("instant"))
            .doing(SandboxCommands::advance),
        command("clock", SANDBOX_CLOCK).with(WORKSPACE).showing(CLOCK::facts),
        command("freeze", "Stops the clock; it can still be advanced.", SANDBOX_FREEZE)
            .with(WORKSPACE)
            .showing(CLOCK::facts),
        command("run", "Lets the clock run again, from where it stands.", SANDBOX_RUN)
            .with(WORKSPACE)
            .showing(CLOCK::facts),
        command("seed", SANDBOX_SEED)
            .with(
                WORKSPACE,
                flag("seed", "SEED", "Any number; the same one chooses the same debits."),
                flag(
                    "failure_rate",
                    "--failures PARTS",
                    "How many of 10,000 come back for want of funds (default: none)."),
                flag(
                    "claim_rate",
                    "--claims PARTS",
                    "How many of 10,000, of the others, are claimed back (default: none)."))
            .doing(SandboxCommands::seed),
        command(
                "simulate",
                "Has the bank do something to a mandate or a collection, and report it.",
                SANDBOX_SIMULATE)
            .with(
                WORKSPACE,
                flag("verb", "VERB", "Such as mandate_cancelled or debit_failed."),
                flag("id", "ID", "The mandate, or the collection."))
            .showing(SIMULATED::facts));
  }

  private static void advance(Invocation typed) throws IOException, Refusal {
    boolean toDay = typed.isFor(SANDBOX_ADVANCE_TO, SANDBOX_ADVANCE_WORKING_DAYS);
    if (toDay == typed.isFor(SANDBOX_ADVANCE_WORKING_DAYS, SANDBOX_ADVANCE_TO)) {
      throw new Refusal("Say either --to or --working-days.");
    }
    var walk = new SandboxWalk(typed);
    typed.show(toDay ? walk.toDay() : walk.byDays(), ADVANCED::facts);
  }

  private static void seed(Invocation typed) throws IOException, Refusal {
    var input = typed.input(SANDBOX_SEED);
    if (!input.has("seed") && (input.has("failure_rate") || input.has("claim_rate"))) {
      throw new Refusal("--failures and --claims need a seed.");
    }
    typed.show(typed.call(SANDBOX_SEED, input), SEEDED::facts);
  }
}

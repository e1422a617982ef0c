package dev.keyreeve.directdebit.rail.reconciliation;

import static dev.keyreeve.directdebit.rail.reconciliation.BankReportProcedures.*;
import static dev.keyreeve.procedure.command.Flag.*;
import static dev.keyreeve.procedure.command.Table.column;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.keyreeve.platform.tenancy.WorkspaceFlag;
import dev.keyreeve.procedure.command.Command;
import dev.keyreeve.procedure.command.Invocation;
import dev.keyreeve.procedure.command.Refusal;
import dev.keyreeve.procedure.command.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/// Reports of the bank, on a server's command line.
public final class ReportCommands {
  private static final Table REPORTS =
      Table.of(
          column("ID", "id"),
          column("KIND", "kind"),
          column("STATUS", "status"),
          column("APPLIED", "applied"),
          column("PARKED", "parked"),
          column("REPEATED", "repeated"));

  private ReportCommands() {}

  public static Command importReport() {
    return Command.command(
            "import-report",
            "Brings in reports of the bank; one that came before changes nothing.",
            BANK_REPORTS_IMPORT)
        .with(
            WorkspaceFlag.of("workspace_id"),
            flag("content", "FILE", "As the bank sent them.").manyTimes())
        .doing(ReportCommands::importAll);
  }

  private static void importAll(Invocation typed) throws IOException, Refusal {
    var files = typed.texts("FILE");
    var reports = JsonNodeFactory.instance.arrayNode();
    var input = typed.input(BANK_REPORTS_IMPORT);
    for (var file : files) {
      var content = Base64.getEncoder().encodeToString(Files.readAllBytes(Path.of(file)));
      reports.add(typed.call(BANK_REPORTS_IMPORT, input.put("content", content)));
    }
    typed.show(reports, REPORTS::rows);
    refuseUnread(files, reports);
  }

  /// Ends with what is wrong with reports that were kept, but not done.
  private static void refuseUnread(List<String> files, JsonNode reports) throws Refusal {
    var faults = new ArrayList<String>();
    for (int i = 0; i < files.size(); i++) {
      for (var fault : reports.get(i).path("faults")) {
        faults.add(
            files.get(i)
                + ", line "
                + fault.path("line").asInt()
                + ": "
                + fault.path("problem").asText());
      }
    }
    if (!faults.isEmpty()) {
      throw new Refusal("Kept, but not done:\n  " + String.join("\n  ", faults));
    }
  }
}

package dev.keyreeve.server.command;

import static dev.keyreeve.procedure.command.Table.column;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.keyreeve.procedure.command.Table;
import dev.keyreeve.server.config.Configuration;
import dev.keyreeve.server.doctor.Doctor;
import dev.keyreeve.server.doctor.Finding;
import java.io.PrintWriter;
import java.time.InstantSource;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Says what would keep a server from its work.
@Command(
    name = "doctor",
    mixinStandardHelpOptions = true,
    modelTransformer = SettingFlags.class,
    description =
        "Looks at the settings, files, database, clock, certificate and port of a server, whether"
            + " or not it runs. Ends with 1 if anything failed; warnings do not count.")
public final class DoctorCommand extends SettingsCommand {
  private static final Table COLUMNS =
      Table.of(
          column("SUBJECT", "subject"), column("VERDICT", "verdict"), column("FOUND", "message"));

  @Option(
      names = "--output",
      paramLabel = "json|table",
      description = "How to show the answer (default: ${DEFAULT-VALUE}).",
      defaultValue = "table")
  private Output output = Output.TABLE;

  @Override
  int run(Configuration.Good configuration, PrintWriter out) {
    var findings = new Doctor(configuration.settings(), InstantSource.system()).examine();
    var rows = JsonNodeFactory.instance.arrayNode();
    for (var finding : findings) {
      rows.addObject()
          .put("subject", finding.subject())
          .put("verdict", finding.verdict().name().toLowerCase(Locale.ROOT))
          .put("message", finding.message());
    }
    output.show(rows, COLUMNS, out);
    return findings.stream().anyMatch(f -> f.verdict() == Finding.Verdict.FAILED) ? 1 : 0;
  }
}

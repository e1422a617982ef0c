package dev.keyreeve.server.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.keyreeve.server.config.Configuration;
import dev.keyreeve.server.doctor.Doctor;
import dev.keyreeve.server.doctor.Finding;
import java.io.PrintWriter;
import java.time.InstantSource;
import java.util.List;
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
  private static final List<Output.Column> COLUMNS =
      List.of(
          new Output.Column("SUBJECT", "subject"),
          new Output.Column("VERDICT", "verdict"),
          new Output.Column("FOUND", "message"));

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
    switch (output) {
      case JSON -> Output.print(rows, out);
      case TABLE -> Output.print(rows, COLUMNS, out);
    }
    return findings.stream().anyMatch(f -> f.verdict() == Finding.Verdict.FAILED) ? 1 : 0;
  }
}

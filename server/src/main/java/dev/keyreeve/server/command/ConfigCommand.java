package dev.keyreeve.server.command;

import static dev.keyreeve.procedure.command.Table.column;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.keyreeve.procedure.command.Table;
import dev.keyreeve.server.config.Configuration;
import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// The settings, without a server.
@Command(
    name = "config",
    mixinStandardHelpOptions = true,
    description = "Checks and prints the settings that a server would run with.",
    subcommands = {ConfigCommand.Check.class, ConfigCommand.Print.class})
public final class ConfigCommand {
  private static final Table COLUMNS =
      Table.of(
          column("SETTING", "name"),
          column("VALUE", "value"),
          column("FROM", "from"),
          column("PLACE", "place"));

  @Command(
      name = "check",
      mixinStandardHelpOptions = true,
      modelTransformer = SettingFlags.class,
      description = "Says whether a server would start with these settings, or all that is wrong.")
  static final class Check extends SettingsCommand {
    @Override
    int run(Configuration.Good configuration, PrintWriter out) {
      var file = configuration.file();
      out.println("The settings are good" + (file == null ? "." : "; " + file + " was read."));
      return 0;
    }
  }

  @Command(
      name = "print",
      mixinStandardHelpOptions = true,
      modelTransformer = SettingFlags.class,
      description = "Shows every setting, its value, and where that comes from; no secrets.")
  static final class Print extends SettingsCommand {
    @Option(
        names = "--output",
        paramLabel = "json|table",
        description = "How to show the answer (default: ${DEFAULT-VALUE}).",
        defaultValue = "table")
    private Output output = Output.TABLE;

    @Override
    int run(Configuration.Good configuration, PrintWriter out) {
      var rows = JsonNodeFactory.instance.arrayNode();
      for (var line : configuration.lines()) {
        rows.addObject()
            .put("name", line.name())
            .put("value", line.value())
            .put("from", line.from())
            .put("place", line.place());
      }
      output.show(rows, COLUMNS, out);
      return 0;
    }
  }
}

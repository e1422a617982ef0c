package dev.keyreeve.server;

import dev.keyreeve.procedure.Golden;
import dev.keyreeve.server.config.Flag;
import dev.keyreeve.server.node.Services;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/// The committed reference of the command line is what the commands say of themselves.
final class CommandLineReferenceTest {
  private static final String INTRODUCTION =
      """
      # Command line

      Written from the commands; do not edit.

      Every command has `--help`. Those that show something take `--output json` for programs; `table`, the default, is for people and may change.

      ## Exit codes

      | Code | Meaning |
      |---|---|
      """;

  @Test
  void tellsEveryCommandEveryOptionAndEveryExitCode() {
    var keyreeve = Keyreeve.commandLine().getCommandSpec();
    var page = new StringBuilder(INTRODUCTION);
    keyreeve
        .usageMessage()
        .exitCodeList()
        .forEach((code, meaning) -> row(page, "`" + code + "`", meaning));
    page.append("\nA server that is stopped by Ctrl-C ends with `130`, by `kill` with `143`.\n");
    for (var command : commands(keyreeve)) describe(command, page);

    Golden.assertMatches(Path.of("../docs/reference/command-line.md"), page.toString());
  }

  /// Those that do something, groups left out.
  private static List<CommandSpec> commands(CommandSpec group) {
    var commands = new ArrayList<CommandSpec>();
    for (var line : group.subcommands().values()) {
      var command = line.getCommandSpec();
      if (command.subcommands().isEmpty()) commands.add(command);
      commands.addAll(commands(command));
    }
    return commands;
  }

  private static void describe(CommandSpec command, StringBuilder page) {
    page.append("\n## `./").append(command.qualifiedName()).append("`\n\n");
    page.append(String.join(" ", command.usageMessage().description())).append('\n');
    var flags = Flag.all(Services.SHIPPED.settings()).stream().map(Flag::name).toList();
    var options =
        command.options().stream()
            .filter(option -> !flags.contains(option.longestName()) || isOfItsOwn(command))
            .filter(option -> !option.usageHelp() && !option.versionHelp())
            .toList();
    if (options.size() + command.positionalParameters().size() > 0) {
      page.append("\n| Option | Meaning |\n|---|---|\n");
    }
    for (var parameter : command.positionalParameters()) {
      row(page, "`" + parameter.paramLabel() + "`", text(parameter.description()));
    }
    for (var option : options) row(page, name(option), described(option));
    if (!isOfItsOwn(command)) {
      page.append("\nEach [setting](settings.md) that is no secret is an option too.\n");
    }
  }

  /// Whether it reads no settings but where the server is.
  private static boolean isOfItsOwn(CommandSpec command) {
    return command.findOption("--config") == null;
  }

  private static String name(OptionSpec option) {
    var name = "`" + option.longestName() + " " + option.paramLabel() + "`";
    return option.required() ? name + ", required" : name;
  }

  private static String described(OptionSpec option) {
    return text(option.description())
        .replace("${DEFAULT-VALUE}", String.valueOf(option.defaultValue()));
  }

  private static String text(String[] description) {
    return List.of(description).stream().collect(Collectors.joining(" "));
  }

  private static void row(StringBuilder page, String... cells) {
    for (var cell : cells) page.append("| ").append(cell.replace("|", "\\|")).append(' ');
    page.append("|\n");
  }
}

package dev.keyreeve.server;

import dev.keyreeve.identity.explain.ExplainCommand;
import dev.keyreeve.identity.key.KeyCommands;
import dev.keyreeve.identity.member.MemberCommands;
import dev.keyreeve.identity.organisation.OrganisationCommands;
import dev.keyreeve.platform.audit.AuditCommands;
import dev.keyreeve.procedure.command.Word;
import dev.keyreeve.server.command.ConfigCommand;
import dev.keyreeve.server.command.DoctorCommand;
import dev.keyreeve.server.command.FieldKeysCommand;
import dev.keyreeve.server.command.ServeCommand;
import dev.keyreeve.server.command.Words;
import dev.keyreeve.server.node.Services;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// The command line.
@Command(
    name = "keyreeve",
    mixinStandardHelpOptions = true,
    version = "Keyreeve 0.1.0",
    description =
        "Decides for every API call who is calling, whether they may, and whether they still may"
            + " now.",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done",
      "1:refused or failed; the reason is on standard error",
      "2:the command line or a setting is wrong",
      "3:no server runs on the data directory"
    })
public final class Keyreeve {
  private Keyreeve() {}

  static void main(String[] args) {
    System.exit(commandLine().execute(args));
  }

  static CommandLine commandLine() {
    var keyreeve = new CommandLine(new Keyreeve());
    // A line of its own for each: picocli gives settings their options where a line is made.
    keyreeve.addSubcommand(new CommandLine(ServeCommand.class));
    for (var word : words()) keyreeve.addSubcommand(Words.line(word));
    keyreeve.addSubcommand(new CommandLine(ConfigCommand.class));
    keyreeve.addSubcommand(new CommandLine(DoctorCommand.class));
    keyreeve.addSubcommand(new CommandLine(FieldKeysCommand.class));
    return keyreeve
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExecutionExceptionHandler(
            (failure, line, _) -> {
              line.getErr().println("keyreeve: " + sentence(failure));
              return CommandLine.ExitCode.SOFTWARE;
            });
  }

  /// What rooms and services declare, each by itself.
  private static List<Word> words() {
    var words = new ArrayList<Word>();
    words.add(OrganisationCommands.group());
    words.add(KeyCommands.group());
    words.add(MemberCommands.group());
    words.addAll(Services.SHIPPED.commands());
    words.add(AuditCommands.group());
    words.add(ExplainCommand.command());
    return words;
  }

  private static String sentence(Throwable failure) {
    var cause = failure.getCause();
    var message = failure.getMessage() == null ? failure.toString() : failure.getMessage();
    return cause == null || cause.getMessage() == null || message.contains(cause.getMessage())
        ? message
        : message + ": " + cause.getMessage();
  }
}

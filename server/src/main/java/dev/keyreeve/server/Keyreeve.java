package dev.keyreeve.server;

import dev.keyreeve.server.command.AuditCommand;
import dev.keyreeve.server.command.ConfigCommand;
import dev.keyreeve.server.command.DirectDebitCommand;
import dev.keyreeve.server.command.DoctorCommand;
import dev.keyreeve.server.command.ExplainCommand;
import dev.keyreeve.server.command.FieldKeysCommand;
import dev.keyreeve.server.command.KeysCommand;
import dev.keyreeve.server.command.MembersCommand;
import dev.keyreeve.server.command.OrganisationsCommand;
import dev.keyreeve.server.command.SandboxCommand;
import dev.keyreeve.server.command.ServeCommand;
import dev.keyreeve.server.command.ServiceUsersCommand;
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
    subcommands = {
      ServeCommand.class,
      OrganisationsCommand.class,
      KeysCommand.class,
      MembersCommand.class,
      SandboxCommand.class,
      DirectDebitCommand.class,
      ServiceUsersCommand.class,
      AuditCommand.class,
      ExplainCommand.class,
      ConfigCommand.class,
      DoctorCommand.class,
      FieldKeysCommand.class
    },
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
    return new CommandLine(new Keyreeve())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExecutionExceptionHandler(
            (failure, line, _) -> {
              line.getErr().println("keyreeve: " + sentence(failure));
              return CommandLine.ExitCode.SOFTWARE;
            });
  }

  private static String sentence(Throwable failure) {
    var cause = failure.getCause();
    var message = failure.getMessage() == null ? failure.toString() : failure.getMessage();
    return cause == null || cause.getMessage() == null || message.contains(cause.getMessage())
        ? message
        : message + ": " + cause.getMessage();
  }
}

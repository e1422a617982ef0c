package dev.keyreeve.server.command;

import dev.keyreeve.procedure.command.Command;
import dev.keyreeve.procedure.command.Invocation;
import dev.keyreeve.procedure.command.Parameter;
import dev.keyreeve.procedure.command.Refusal;
import dev.keyreeve.procedure.command.Terminal;
import dev.keyreeve.procedure.command.Word;
import java.io.IOException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/// Makes words of the command line that picocli reads of those that rooms declare.
public final class Words {
  private static final int REFUSED = 1;
  private static final int NO_SERVER = 3;

  private Words() {}

  public static CommandLine line(Word word) {
    return new CommandLine(spec(word));
  }

  private static CommandSpec spec(Word word) {
    var spec =
        switch (word) {
          case Word.Group group -> {
            var grouped = CommandSpec.create();
            group.words().forEach(each -> grouped.addSubcommand(each.name(), spec(each)));
            yield grouped;
          }
          case Command command -> new Made(command).spec;
        };
    spec.name(word.name()).mixinStandardHelpOptions(true);
    spec.usageMessage().description(word.about().split("\n"));
    return spec;
  }

  /// A command with what picocli reads for it.
  private static final class Made implements Callable<Integer> {
    private final Command command;
    private final ServerFlags flags = new ServerFlags();
    private final Map<Parameter, ArgSpec> arguments = new LinkedHashMap<>();
    private final CommandSpec spec = CommandSpec.wrapWithoutInspection(this);

    Made(Command command) {
      this.command = command;
      spec.addMixin("server", CommandSpec.forAnnotatedObject(flags));
      int position = 0;
      for (var parameter : command.parameters()) {
        var argument = parameter.isOption() ? option(parameter) : at(position++, parameter);
        spec.add(argument);
        arguments.put(parameter, argument);
      }
    }

    @Override
    public Integer call() throws IOException {
      var line = spec.commandLine();
      var terminal =
          new Terminal(flags.output() == Output.JSON, System.in, line.getOut(), line.getErr());
      var typed = new LinkedHashMap<Parameter, List<?>>();
      arguments.forEach((parameter, argument) -> typed.put(parameter, values(argument)));
      try (var server = flags.server()) {
        new Invocation(command, typed, server, terminal).run();
        return CommandLine.ExitCode.OK;
      } catch (Refusal e) {
        line.getErr().println("keyreeve: " + e.getMessage());
        return REFUSED;
      } catch (ServerClient.NoServer e) {
        line.getErr().println("keyreeve: " + e.getMessage());
        return NO_SERVER;
      }
    }
  }

  private static OptionSpec option(Parameter parameter) {
    return OptionSpec.builder(parameter.name())
        .type(typeOf(parameter))
        .auxiliaryTypes(parameter.type())
        .arity(parameter.type() == Boolean.class ? "0" : "1")
        .required(parameter.required())
        .paramLabel(parameter.label())
        .description(parameter.about())
        .build();
  }

  private static PositionalParamSpec at(int position, Parameter parameter) {
    return PositionalParamSpec.builder()
        .index(parameter.isRepeated() ? position + "..*" : Integer.toString(position))
        .type(typeOf(parameter))
        .auxiliaryTypes(parameter.type())
        .arity((parameter.required() ? "1" : "0") + ".." + (parameter.isRepeated() ? "*" : "1"))
        .required(parameter.required())
        .paramLabel(parameter.label())
        .description(parameter.about())
        .build();
  }

  private static Class<?> typeOf(Parameter parameter) {
    return parameter.isRepeated() ? List.class : parameter.type();
  }

  private static List<?> values(ArgSpec argument) {
    Object value = argument.getValue();
    if (value == null) return List.of();

    return value instanceof Collection<?> many ? List.copyOf(many) : List.of(value);
  }
}

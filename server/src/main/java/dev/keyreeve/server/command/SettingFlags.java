package dev.keyreeve.server.command;

import dev.keyreeve.server.config.Flag;
import dev.keyreeve.server.node.Services;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.IModelTransformer;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/// Gives a command a flag for each setting that has one. Their texts are read with the other
/// sources of settings, not here.
final class SettingFlags implements IModelTransformer {
  @Override
  public CommandSpec transform(CommandSpec command) {
    for (var flag : Flag.all(Services.SHIPPED.settings())) command.addOption(option(flag));
    return command;
  }

  private static OptionSpec option(Flag flag) {
    var option =
        OptionSpec.builder(flag.name())
            // A text of the declarations, not a pattern.
            .description(flag.description().replace("%", "%%"))
            .required(false);
    if (flag.truth()) {
      return option
          .type(String.class)
          .arity("0..1")
          .fallbackValue("true")
          .paramLabel("true|false")
          .build();
    }
    if (flag.several()) {
      return option.type(List.class).auxiliaryTypes(String.class).paramLabel("ITEM").build();
    }
    return option.type(String.class).paramLabel("VALUE").build();
  }

  /// The texts of the flags that were given, by the names of their settings.
  static Map<String, String> of(ParseResult parsed) {
    var texts = new HashMap<String, String>();
    for (var flag : Flag.all(Services.SHIPPED.settings())) {
      if (!parsed.hasMatchedOption(flag.name())) continue;
      var option = parsed.matchedOption(flag.name());
      if (option.getValue() instanceof List<?> items) {
        texts.put(flag.setting(), String.join(",", items.stream().map(String::valueOf).toList()));
      } else {
        texts.put(flag.setting(), String.valueOf(option.<Object>getValue()));
      }
    }
    return texts;
  }
}

package dev.keyreeve.server.config;

import dev.keyreeve.platform.setting.Setting;
import dev.keyreeve.server.node.Services;
import java.util.stream.Collectors;

/// What people read about the settings, written from their declarations.
final class SettingsReference {
  private SettingsReference() {}

  /// The page of the reference, in Markdown.
  static String page() {
    var page =
        new StringBuilder(
            """
            # Settings

            Written from the declarations; do not edit.

            A setting is given by a flag of `./keyreeve serve`, by a variable of the environment or in one YAML file. A flag wins over the environment, and
            that over the file. The file is the one that `--config` or `KEYREEVE_CONFIG` names, or else `keyreeve.yaml` in the data directory, if it is there.
            In it, groups are written with dots or as mappings: `http.port: 8080`, or `http:` with `port: 8080` below it; paths are seen from the file, and
            `~/` is the home directory. [An example](../keyreeve.example.yaml) has them all.

            A setting that is unknown or has a bad value stops the start; all of them are named at once. `./keyreeve config check` does only that, and
            `./keyreeve config print` shows what holds and where it comes from. Secrets have no flag, since other users of the machine can see flags; a file
            that holds one must be readable by its owner alone.

            | Setting | Variable | Flag | Default | Meaning | Form |
            |---|---|---|---|---|---|
            """);
    for (var setting : KnownSettings.with(Services.SHIPPED.settings())) {
      var flag = setting.flag();
      row(
          page,
          code(setting.name()),
          code(setting.environment()),
          flag == null ? "" : code(flag),
          setting.standard() == null ? setting.unset() : code(setting.standard()),
          setting.meaning(),
          setting.kind().expects());
    }
    return page.append(
            """

            `./keyreeve` itself reads two more variables: `KEYREEVE_JAVA_HOME`, the JDK to use, and `KEYREEVE_JAVA_OPTS`, further options for the JVM.
            `KEYREEVE_URL` and `KEYREEVE_KEY`, which the examples of this documentation set for callers, are left alone.
            """)
        .toString();
  }

  /// A file with every setting, each commented out and with its default or an example.
  static String example() {
    return KnownSettings.with(Services.SHIPPED.settings()).stream()
        .map(SettingsReference::example)
        .collect(
            Collectors.joining(
                "\n",
                """
                # The settings of Keyreeve, each with its default; remove the '# ' before a name to set it.
                # Written from the declarations; docs/reference/settings.md has the whole reference.

                """,
                ""));
  }

  private static String example(Setting<?> setting) {
    var lines = new StringBuilder();
    lines.append("## ").append(setting.meaning()).append('\n');
    lines.append("## It is ").append(setting.kind().expects()).append(".\n");
    if (setting.standard() == null) {
      lines.append("## Unless given: ").append(setting.unset()).append(".\n");
    }
    var text = setting.standard() == null ? "" : " " + setting.standard();
    return lines
        .append("# ")
        .append(setting.name())
        .append(':')
        .append(text)
        .append('\n')
        .toString();
  }

  private static String code(String text) {
    return "`" + text + "`";
  }

  private static void row(StringBuilder page, String... cells) {
    page.append("| ").append(String.join(" | ", cells)).append(" |\n");
  }
}

package dev.keyreeve.server.config;

import dev.keyreeve.platform.setting.Kind;
import dev.keyreeve.platform.setting.Setting;
import dev.keyreeve.platform.setting.SettingGroup;
import java.util.List;
import java.util.stream.Stream;

/// A setting as a flag of the command line.
///
/// @param setting the setting's name
/// @param name such as `--port`
/// @param several whether it may be repeated, or hold commas
/// @param truth whether the flag alone means `true`
public record Flag(
    String setting, String name, boolean several, boolean truth, String description) {

  /// All of them, in the order of the reference.
  ///
  /// @param services what can be set of the services, beside what is the server's own
  public static List<Flag> all(List<SettingGroup<?>> services) {
    return KnownSettings.with(services).stream().flatMap(Flag::of).toList();
  }

  private static Stream<Flag> of(Setting<?> setting) {
    var name = setting.flag();
    if (name == null) return Stream.empty();
    var description =
        "%s (%s; default: %s)"
            .formatted(setting.meaning(), setting.environment(), setting.otherwise());
    var form = setting.kind().form();
    return Stream.of(
        new Flag(
            setting.name(), name, form == Kind.Form.LIST, form == Kind.Form.TRUTH, description));
  }
}

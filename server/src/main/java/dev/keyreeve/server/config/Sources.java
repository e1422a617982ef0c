package dev.keyreeve.server.config;

import static dev.keyreeve.server.config.KnownSettings.*;

import dev.keyreeve.platform.setting.Setting;
import dev.keyreeve.platform.setting.SettingGroup;
import dev.keyreeve.platform.setting.Values;
import dev.keyreeve.server.config.Given.Origin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The places where settings are given. A flag wins over the environment, that over the file, and
/// that over the default. Whatever is wrong anywhere is told at once.
///
/// @param services what can be set of the services, beside what is the server's own
/// @param flags the text of each flag that was given, by the setting's name
/// @param file the file that was asked for; null for what `KEYREEVE_CONFIG` names, or else
///   `keyreeve.yaml` in the data directory, if it is there
/// @param home what `~` stands for
public record Sources(
    List<SettingGroup<?>> services,
    Map<String, String> flags,
    Map<String, String> environment,
    @Nullable Path file,
    Path home) {
  private static final String VARIABLES = "KEYREEVE_";
  private static final String FILE_NAME = "keyreeve.yaml";
  private static final int LONGEST_SHOWN = 60;

  public Sources {
    services = List.copyOf(services);
    flags = Map.copyOf(flags);
    environment = Map.copyOf(environment);
  }

  /// With the environment and the home directory of this process.
  public static Sources ofProcess(
      List<SettingGroup<?>> services, Map<String, String> flags, @Nullable Path file) {
    return new Sources(
        services, flags, System.getenv(), file, Path.of(System.getProperty("user.home")));
  }

  private List<Setting<?>> all() {
    return KnownSettings.with(services);
  }

  public Configuration read() {
    var problems = new ArrayList<String>();
    var given = new LinkedHashMap<String, Given>();
    var all = all();
    for (var setting : all) addStandard(setting, given);
    var path = addFile(given, problems);
    addEnvironment(given, problems);
    addFlags(given);

    var values = values(given, problems);
    var server = new ServerValues(values);
    problems.addAll(server.contradictions());
    var ofServices = ofServices(values, problems);
    if (!problems.isEmpty()) return new Configuration.Bad(problems);

    var lines = all.stream().map(s -> Configuration.Line.of(s, given.get(s.name()))).toList();
    return new Configuration.Good(server.settings(ofServices), path, lines);
  }

  private Map<SettingGroup<?>, Object> ofServices(Values values, List<String> problems) {
    var read = new HashMap<SettingGroup<?>, Object>();
    for (var group : services) {
      read.put(group, group.reader().read(values.of(group.settings()), problems));
    }
    return read;
  }

  /// Where the data directory is, for who only looks for a server. What else is wrong with the
  /// settings is not their matter.
  public Path dataDirectory() {
    var given = new LinkedHashMap<String, Given>();
    addStandard(DATA_DIRECTORY, given);
    addFile(given, new ArrayList<>());
    addEnvironment(given, new ArrayList<>());
    addFlags(given);
    var directory = given.get(DATA_DIRECTORY.name());
    return directory == null ? home : resolve(Path.of(directory.text()), directory);
  }

  private static void addStandard(Setting<?> setting, Map<String, Given> given) {
    var standard = setting.standard();
    if (standard != null) given.put(setting.name(), new Given(standard, Origin.DEFAULT, ""));
  }

  /// @return the file that was read, or null if there is none
  private @Nullable Path addFile(Map<String, Given> given, List<String> problems) {
    var named = namedFile();
    var path = named == null ? standardFile() : named;
    if (named == null && Files.notExists(path)) return null;
    if (Files.notExists(path)) {
      problems.add("The file of settings " + path + " does not exist.");
      return null;
    }
    try {
      var texts = new TreeMap<>(SettingsFile.read(path).texts());
      if (named == null && texts.remove(DATA_DIRECTORY.name()) != null) {
        problems.add(
            DATA_DIRECTORY.name()
                + ": cannot be given in "
                + path
                + ", which is found by it. Name the file with --config.");
      }
      for (var entry : texts.entrySet()) addFromFile(entry, path, given, problems);
      return path;
    } catch (SettingsFile.Malformed e) {
      problems.add("The file of settings " + path + " is refused: " + e.getMessage() + ".");
      return null;
    }
  }

  private @Nullable Path namedFile() {
    if (file != null) return file;
    var variable = environment.getOrDefault(FILE_VARIABLE, "");
    return variable.isBlank() ? null : Path.of(variable);
  }

  /// In the data directory that flags and environment name.
  private Path standardFile() {
    var text = flags.get(DATA_DIRECTORY.name());
    if (text == null) text = environment.get(DATA_DIRECTORY.environment());
    if (text == null || text.isBlank()) text = DATA_DIRECTORY.otherwise();
    return expand(Path.of(text)).resolve(FILE_NAME);
  }

  private void addFromFile(
      Map.Entry<String, String> entry, Path path, Map<String, Given> given, List<String> problems) {
    var name = entry.getKey();
    var setting = find(name);
    if (setting == null) {
      var names = all().stream().map(Setting::name).toList();
      problems.add(unknown(clean(name) + " in " + path, NearestName.of(name, names)));
    } else if (setting.secret() && isOpenToOthers(path)) {
      problems.add(
          name
              + ": is a secret, and "
              + path
              + " is open to others. Allow its owner alone: chmod"
              + " 600 "
              + path);
    } else {
      given.put(name, new Given(entry.getValue(), Origin.FILE, path.toString()));
    }
  }

  private static boolean isOpenToOthers(Path path) {
    try {
      return !Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE)
          .containsAll(Files.getPosixFilePermissions(path));
    } catch (IOException e) {
      return true;
    }
  }

  private void addEnvironment(Map<String, Given> given, List<String> problems) {
    for (var entry : new TreeMap<>(environment).entrySet()) {
      var variable = entry.getKey();
      if (!variable.startsWith(VARIABLES)
          || variable.equals(FILE_VARIABLE)
          || VARIABLES_OF_OTHERS.contains(variable)) {
        continue;
      }
      var setting =
          all().stream().filter(s -> s.environment().equals(variable)).findFirst().orElse(null);
      if (setting == null) {
        var names = new ArrayList<>(all().stream().map(Setting::environment).toList());
        names.add(FILE_VARIABLE);
        problems.add(
            unknown(clean(variable) + " in the environment", NearestName.of(variable, names)));
      } else if (!entry.getValue().isBlank()) {
        given.put(
            setting.name(), new Given(entry.getValue().strip(), Origin.ENVIRONMENT, variable));
      }
    }
  }

  private static String unknown(String what, @Nullable String nearest) {
    return "There is no setting "
        + what
        + (nearest == null ? "." : ". Did you mean " + nearest + "?");
  }

  private void addFlags(Map<String, Given> given) {
    for (var entry : flags.entrySet()) {
      var setting = find(entry.getKey());
      var flag = setting == null ? null : setting.flag();
      if (flag == null) throw new IllegalArgumentException("no flag: " + entry.getKey());
      given.put(entry.getKey(), new Given(entry.getValue().strip(), Origin.FLAG, flag));
    }
  }

  private @Nullable Setting<?> find(String name) {
    return all().stream().filter(setting -> setting.name().equals(name)).findFirst().orElse(null);
  }

  private Values values(Map<String, Given> given, List<String> problems) {
    var values = new LinkedHashMap<String, Object>();
    for (var setting : all()) {
      var text = given.get(setting.name());
      if (text == null) continue;
      var value = value(setting, text, problems);
      if (value != null) values.put(setting.name(), value);
    }
    return new Values(values);
  }

  private @Nullable Object value(Setting<?> setting, Given given, List<String> problems) {
    var more = "";
    try {
      var value = given.text().isEmpty() ? null : setting.kind().reader().read(given.text());
      if (value instanceof Path path) return resolve(path, given);
      if (value != null) return value;
    } catch (IllegalArgumentException e) {
      if (!setting.secret()) more = ": " + e.getMessage();
    }
    problems.add(
        setting.name()
            + (given.place().isEmpty() ? "" : " (" + given.place() + ")")
            + ": must be "
            + setting.kind().expects()
            + (setting.secret() ? "" : ", and not '" + clean(given.text()) + "'")
            + more
            + ".");
    return null;
  }

  /// A path in the file is seen from where the file is.
  private Path resolve(Path path, Given given) {
    var expanded = expand(path);
    return given.origin() == Origin.FILE
        ? Path.of(given.place()).toAbsolutePath().resolveSibling(expanded)
        : expanded;
  }

  private Path expand(Path path) {
    return path.startsWith("~") ? home.resolve(Path.of("~").relativize(path)) : path;
  }

  private static String clean(String text) {
    var printable = text.replaceAll("\\p{Cntrl}", "?");
    return printable.length() <= LONGEST_SHOWN
        ? printable
        : printable.substring(0, LONGEST_SHOWN) + "…";
  }
}

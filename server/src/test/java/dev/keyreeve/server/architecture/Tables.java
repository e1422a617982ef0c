package dev.keyreeve.server.architecture;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.regex.Pattern.CASE_INSENSITIVE;
import static java.util.stream.Collectors.toCollection;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// Who writes which table: each has one home, the package whose SQL inserts, updates and deletes
/// its rows. Read off the texts in compiled classes.
final class Tables {

  /// The tables that several packages write, and which.
  static final Map<String, Set<String>> SHARED =
      Map.of(
          // Its owner makes it; events are numbered under the lock of its row.
          "workspace", Set.of("identity.organisation", "platform.tenancy"));

  /// The tables that no SQL of ours writes.
  static final Map<String, String> UNWRITTEN =
      Map.of("scheduled_task", "the library that platform.schedule works by");

  /// Who writes tables that it is told, here the columns that hold what is sealed.
  static final Set<String> TOLD = Set.of("platform.fieldkey");

  private static final Pattern CREATE =
      Pattern.compile(
          "\\bcreate\\s+(?:unlogged\\s+)?table\\s+(?:if\\s+not\\s+exists\\s+)?(\\w+)",
          CASE_INSENSITIVE);

  /// What is written, or the place for it in a template, such as `<table>`.
  private static final Pattern WRITE =
      Pattern.compile(
          "\\b(?:insert\\s+into|update|delete\\s+from|merge\\s+into"
              + "|truncate(?:\\s+table)?)\\s+(?:only\\s+)?(\\w+|<\\w+>|%s|\\x01)",
          CASE_INSENSITIVE);

  private Tables() {}

  /// The tables that migrations make.
  static SortedSet<String> ofProduct() {
    return ClassPath.read("db/migration", ".sql", bytes -> made(new String(bytes, UTF_8))).stream()
        .flatMap(Collection::stream)
        .collect(toCollection(TreeSet::new));
  }

  private static List<String> made(String migration) {
    return CREATE.matcher(migration).results().map(match -> match.group(1)).toList();
  }

  /// Tables that have not just the writers that they are known to have.
  static List<String> withoutOneHome(Collection<CompiledClass> classes, Set<String> tables) {
    var writers = writers(classes, tables);
    var findings = new ArrayList<String>();
    for (var table : tables) {
      var found = writers.getOrDefault(table, new TreeMap<>());
      var declared = SHARED.getOrDefault(table, Set.of());
      boolean isWell =
          declared.isEmpty()
              ? found.size() == (UNWRITTEN.containsKey(table) ? 0 : 1)
              : found.keySet().equals(declared);
      if (!isWell) findings.add(table + " is written by " + found.values());
    }
    return findings;
  }

  /// Classes that write a table whose name they do not know.
  static List<String> writtenUnseen(Collection<CompiledClass> classes) {
    return classes.stream()
        .filter(type -> !TOLD.contains(packageOf(type)))
        .filter(type -> written(type).stream().anyMatch(name -> !name.matches("\\w+")))
        .map(type -> type.name() + " writes a table that it is told")
        .sorted()
        .toList();
  }

  /// For each table, the packages that write it, with a class of each that does.
  private static Map<String, SortedMap<String, String>> writers(
      Collection<CompiledClass> classes, Set<String> tables) {
    var writers = new TreeMap<String, SortedMap<String, String>>();
    for (var type : classes) {
      for (var table : written(type)) {
        if (tables.contains(table)) {
          writers
              .computeIfAbsent(table, _ -> new TreeMap<>())
              .merge(packageOf(type), type.name(), (one, other) -> one + " and " + other);
        }
      }
    }
    return writers;
  }

  private static List<String> written(CompiledClass type) {
    return type.texts().stream()
        .flatMap(text -> WRITE.matcher(text).results())
        .map(match -> match.group(1).toLowerCase(Locale.ROOT))
        .distinct()
        .toList();
  }

  private static String packageOf(CompiledClass type) {
    return type.packageName().replace("dev.keyreeve.", "");
  }
}
